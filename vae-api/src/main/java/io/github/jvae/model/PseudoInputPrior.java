package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;

/**
 * A prior that is made of the posteriors of examples of its own, as a VampPrior is. A model encodes
 * these in the same pass as its batch, so that the encoder runs once.
 */
public interface PseudoInputPrior extends Prior {

  /** Returns the examples that this prior needs the posteriors of, [K, ...]. */
  Tensor pseudoInputs(Trace trace);

  /**
   * Returns this prior, with the posteriors of {@link #pseudoInputs} as they were recorded.
   *
   * @param posteriors of K examples
   */
  Prior madeOf(Posterior posteriors);
}
