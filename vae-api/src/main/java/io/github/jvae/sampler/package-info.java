/**
 * Samplers that are fitted to a trained model: they draw latent vectors as the posteriors of the
 * data lie, where draws from the prior miss them, and are kept in the model's folder. May use
 * everything below {@link io.github.jvae.Vae} and that itself.
 */
@NullMarked
package io.github.jvae.sampler;

import org.jspecify.annotations.NullMarked;
