/** Rate and distortion of models that were trained with several weights of the divergence. */
@NullMarked
package io.github.jvae.bench.curve;

import org.jspecify.annotations.NullMarked;
