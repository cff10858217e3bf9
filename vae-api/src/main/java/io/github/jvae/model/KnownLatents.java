package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;

/**
 * Latent vectors of which some groups are known.
 *
 * @param values [B, L]; where nothing is known, any finite numbers
 * @param places 1 where they are known and 0 elsewhere, [B, L]
 */
public record KnownLatents(Tensor values, Tensor places) {

  /**
   * Returns some dimensions as they were drawn, with what is known in its place.
   *
   * @param drawn [B, N]
   * @param from the place of the first of them in the latent vector
   */
  public Tensor over(Tensor drawn, int from) {
    int end = from + drawn.shape().dimension(1);
    Tensor known = places.slice(1, from, end);
    return values
        .slice(1, from, end)
        .multiply(known)
        .add(drawn.multiply(known.negate().add(1)));
  }
}
