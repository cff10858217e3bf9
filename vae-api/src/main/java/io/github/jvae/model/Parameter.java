package io.github.jvae.model;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;

/**
 * The declaration of a trained tensor.
 *
 * @param name the portable name, such as {@code encoder.0.weight}
 * @param shape the portable (PyTorch) layout: dense [out, in]; convolution [out, in, height,
 *     width]; transposed convolution [in, out, height, width]
 * @param initializer how its first value is made
 */
public record Parameter(String name, Shape shape, Initializer initializer) {

  /** The first value, from a stream of this parameter's own, so that order does not matter. */
  public HostTensor initialValue(long seed) {
    return initializer.values(shape, RandomStream.of(seed).child("weights").child(name));
  }
}
