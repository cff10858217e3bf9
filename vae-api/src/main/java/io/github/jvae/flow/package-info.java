/**
 * Normalising flows: invertible maps of vectors and the logarithms of their determinants, over
 * portable tensors. Priors and posteriors are made of them.
 *
 * <p>May use {@code model} and everything below.
 */
@NullMarked
package io.github.jvae.flow;

import org.jspecify.annotations.NullMarked;
