package io.github.jvae.objective;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * A random order of a batch, another one for each latent dimension, as a function of noise: the
 * number that an example has in a dimension goes to the example whose place is the rank of its
 * noise there.
 */
final class Permutation {
  private Permutation() {}

  /**
   * Returns the latent vectors with each dimension permuted over the batch, independently of the
   * others: the dimensions' distributions stay, and what they tell of each other goes.
   *
   * @param z [B, L]
   * @param noise any without ties but by chance, [B, L]
   * @return [B, L]
   */
  static Tensor of(Tensor z, Tensor noise) {
    int batch = z.shape().dimension(0);
    int latent = z.shape().dimension(1);
    Tensor own = noise.reshape(batch, 1, latent);
    Tensor other = noise.reshape(1, batch, latent);
    Tensor greater = own.greater(other);
    // Of equal ones the earlier is the smaller, so that no place is taken twice.
    Tensor equal = greater.add(other.greater(own)).negate().add(1);
    Tensor earlier = z.trace().constant(earlier(batch));
    Tensor rank = greater.add(equal.multiply(earlier)).sum(1).reshape(1, batch, latent);
    Tensor distance = rank.subtract(z.trace().constant(places(batch))).abs();
    Tensor chosen = distance.greater(0.5).negate().add(1);
    return chosen.multiply(z.reshape(1, batch, latent)).sum(1);
  }

  /** The places of a batch in order, [B, 1, 1]. */
  private static HostTensor places(int batch) {
    HostTensor places = HostTensor.zeros(Shape.of(batch, 1, 1));
    for (int i = 0; i < batch; i++) {
      places.data()[i] = i;
    }
    return places;
  }

  /** 1 where the second of two examples comes before the first, [B, B, 1]. */
  private static HostTensor earlier(int batch) {
    HostTensor earlier = HostTensor.zeros(Shape.of(batch, batch, 1));
    for (int i = 0; i < batch; i++) {
      for (int j = 0; j < i; j++) {
        earlier.data()[i * batch + j] = 1;
      }
    }
    return earlier;
  }
}
