package io.github.jvae.evaluate;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/**
 * An image that latent vectors are drawn for.
 *
 * @param index its place in the data set
 * @param inputs images, [B, C, H, W], and the model's conditions of them, of which it is a row
 * @param row which, from 0
 * @param noise of its draws, and of no other image's
 * @param sums what its draws have given so far
 */
record DrawnImage(int index, List<HostTensor> inputs, int row, RandomStream noise, DrawSums sums) {}
