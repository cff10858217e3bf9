package io.github.jvae.data;

import io.github.jvae.error.VaeException;
import java.util.Optional;

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

  /** Returns what undoes this, exactly but for rounding; empty if nothing does. */
  default Optional<Change> inverse() {
    return Optional.empty();
  }

  /**
   * Returns the logarithm of how much this stretches a number: what is added to a log-density of
   * the number afterwards to make it one of the number before. 0 unless a transform stretches.
   *
   * @param place of the number in its example
   */
  default double logStretch(int place) {
    return 0;
  }

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
