package io.github.jvae.data;

import io.github.jvae.tensor.Shape;

/**
 * Numbers that are known beside each example and that a model may ask for by name: what a
 * distribution is conditional on.
 */
public sealed interface Condition permits Labels, Covariates, LibrarySize, Mask {
  /** Returns the name that models ask for. */
  String name();

  /** Returns the shape of what goes with one example. */
  Shape shape();

  /** Returns the number of examples it is known of. */
  int size();

  /**
   * Reads what goes with one example.
   *
   * @param index which example, from 0
   * @param target receives as many numbers as the shape has
   * @param offset where in the target they begin
   */
  void read(int index, float[] target, int offset);

  /** Returns the same for some of the examples. */
  Condition select(Selection selection);
}
