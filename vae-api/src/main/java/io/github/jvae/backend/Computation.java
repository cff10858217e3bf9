package io.github.jvae.backend;

import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.List;

/**
 * A pure function over tensors, which a backend records once per combination of input shapes (rule
 * R1).
 */
@FunctionalInterface
public interface Computation {

  /**
   * How outputs follow from the examples of a batch. Where that is known, a backend may compute
   * parts of the batch apart, by threads that need not wait for each other. Inputs then have one
   * row per example along their first axis, but for single numbers, which count for all of them.
   */
  enum Examples {
    /** Nothing is known: a batch is computed as a whole. */
    TOGETHER,
    /** Each output is the mean, over the examples, of something that follows from one example. */
    AVERAGED,
    /**
     * Each output has one row per example along its first axis, which follows from that example.
     */
    APART
  }

  /**
   * Records the computation.
   *
   * @param trace where parameters and constants come from
   * @param inputs one for each number array the executable will be given; fewer rows of them where
   *     {@link #examples} allows it
   * @return the outputs, at least one
   */
  List<Tensor> record(Trace trace, List<Tensor> inputs);

  /** How outputs follow from the examples; {@link Examples#TOGETHER} unless one says more. */
  default Examples examples() {
    return Examples.TOGETHER;
  }

  /** A computation of which more is known. */
  static Computation of(Examples examples, Computation computation) {
    return new DeclaredComputation(examples, computation);
  }
}
