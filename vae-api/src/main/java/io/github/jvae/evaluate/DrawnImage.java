package io.github.jvae.evaluate;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;

/**
 * An image that latent vectors are drawn for.
 *
 * @param pixels [1, C, H, W]
 * @param noise of its draws, and of no other image's
 * @param weights what its draws have given so far
 */
record DrawnImage(HostTensor pixels, RandomStream noise, WeightSum weights) {}
