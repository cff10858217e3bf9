/** Tests of {@link io.github.jvae.bench.reproduce}. */
@NullMarked
package io.github.jvae.bench.reproduce;

import org.jspecify.annotations.NullMarked;
