/**
 * What a variational autoencoder is made of. Objectives, evaluation and sampling see a
 * {@link io.github.jvae.model.LatentModel}; the standard one, {@link io.github.jvae.model.Model},
 * has an {@link io.github.jvae.model.Encoder}, whose {@link io.github.jvae.model.Posterior} may be
 * of any {@link io.github.jvae.model.PosteriorFamily}, a {@link io.github.jvae.model.Decoder}, a
 * {@link io.github.jvae.model.Prior} and a {@link io.github.jvae.model.Likelihood}, and is trained
 * by an {@link io.github.jvae.model.Objective}. All of them are
 * {@link io.github.jvae.model.Component}s, may own networks, and see what a model is told of each
 * example ({@link io.github.jvae.model.Inputs}, {@link io.github.jvae.model.Conditions}).
 *
 * <p>Networks are data ({@link io.github.jvae.model.Network}, {@link io.github.jvae.model.Layer}),
 * which every engine computes in its own way.
 *
 * <p>Log-probabilities are per example, shape [B], in nats. Images are [B, channels, height,
 * width], latent vectors [B, L]. May use {@code column}, {@code option}, {@code tensor},
 * {@code random} and {@code error}.
 */
@NullMarked
package io.github.jvae.model;

import org.jspecify.annotations.NullMarked;
