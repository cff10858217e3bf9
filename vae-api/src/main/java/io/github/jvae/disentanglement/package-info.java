/**
 * How the latent dimensions of a model go together with the known factors of its data: whether each
 * holds one factor, and each factor is held by one. May use what evaluates models and all below it.
 */
@NullMarked
package io.github.jvae.disentanglement;

import org.jspecify.annotations.NullMarked;
