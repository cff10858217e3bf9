/** Tests of the comparison. */
@NullMarked
package io.github.jvae.bench.compare;

import org.jspecify.annotations.NullMarked;
