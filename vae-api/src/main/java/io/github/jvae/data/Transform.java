package io.github.jvae.data;

import io.github.jvae.error.VaeException;

/**
 * What is done to examples on their way to a model. A transform is data, so that it is saved with a
 * model and the model is used on data as it was trained; hence the closed list.
 */
public sealed interface Transform permits Binarization, Dequantization, Scaling, Standardization {
  /** Returns the type that it is saved as. */
  String type();

  /**
   * Returns what the numbers are afterwards.
   *
   * @param given what they are before
   * @throws VaeException if this cannot be done to such numbers
   */
  ElementKind elements(ElementKind given);

  /** Returns what is done in a pass over the data; it depends on the seed and the epoch alone. */
  Change in(Pass pass);

  /**
   * Gives back what numbers were before, as far as that can be told: those of a model in the units
   * of the data.
   *
   * @param values hold the example, and are changed in place
   * @param begin where it begins
   * @param end where it ends
   */
  default void undo(float[] values, int begin, int end) {}

  /** Changes one example after the other; keeps nothing from one to the next. */
  @FunctionalInterface
  interface Change {
    /**
     * Changes an example in place.
     *
     * @param index which example of the data set: two with the same one have the same coins
     * @param values hold the example
     * @param begin where it begins
     * @param end where it ends
     */
    void apply(int index, float[] values, int begin, int end);
  }
}
