/** Tests of rate and distortion, by the exact answers that there are. */
@NullMarked
package io.github.jvae.bench.curve;

import org.jspecify.annotations.NullMarked;
