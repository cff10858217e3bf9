package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;

/**
 * A likelihood of elements that are independent of each other given the latent vector: {@code log
 * p(x|z)} is the sum of what each element adds.
 */
public interface IndependentLikelihood extends Likelihood {

  /**
   * Records {@code log p} of each element, in nats, with its full normaliser. It must be finite,
   * with a finite gradient, also where an element is 0 that could not be: an element that was not
   * observed is read as 0.
   *
   * @param x [B, ...]
   * @param decoded [B, ...] as {@link #decoded} says
   * @return [B, ...], of the shape of x
   */
  Tensor elementLogProb(Tensor x, Tensor decoded);

  @Override
  default Tensor logProbs(Inputs in, Tensor decoded) {
    return in.observed(elementLogProb(in.x(), decoded));
  }

  @Override
  default Tensor logProb(Inputs in, Tensor decoded) {
    return Rows.sum(logProbs(in, decoded));
  }
}
