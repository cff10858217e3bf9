/**
 * Models whose latent variables are entries of a codebook: the vector-quantised autoencoder, its
 * codebook, and distributions over its codes. May use {@code prior}, {@code posterior},
 * {@code plugin}, {@code model} and everything below.
 */
@NullMarked
package io.github.jvae.quantized;

import org.jspecify.annotations.NullMarked;
