/**
 * What a variational autoencoder is made of: the interfaces that components implement
 * ({@link io.github.jvae.model.Encoder}, {@link io.github.jvae.model.Decoder},
 * {@link io.github.jvae.model.Posterior}, {@link io.github.jvae.model.Prior},
 * {@link io.github.jvae.model.Likelihood}, {@link io.github.jvae.model.Objective}) and the
 * description of networks as data ({@link io.github.jvae.model.Network},
 * {@link io.github.jvae.model.Layer}, {@link io.github.jvae.model.Architecture}).
 *
 * <p>Log-probabilities are per example, shape [B], in nats. Images are [B, channels, height,
 * width], latent variables [B, L]. May use {@code tensor}, {@code random} and {@code error}.
 */
@NullMarked
package io.github.jvae.model;

import org.jspecify.annotations.NullMarked;
