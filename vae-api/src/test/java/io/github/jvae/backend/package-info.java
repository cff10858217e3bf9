/** Tests of {@link io.github.jvae.backend}. */
@NullMarked
package io.github.jvae.backend;

import org.jspecify.annotations.NullMarked;
