package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import java.util.Collections;
import java.util.List;

/**
 * Makes {@code (x − mean) / deviation} of every number, with moments that are kept: those of the
 * training part, for whichever part is read.
 *
 * @param means of each place in an example, row-major, or one for all
 * @param deviations as many, each above 0
 */
public record Standardization(List<Double> means, List<Double> deviations) implements Transform {
  /** The type that it is saved as. */
  public static final String TYPE = "standardize";

  /** @throws VaeException if there are not as many of both, or one cannot be used */
  public Standardization {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.isEmpty() || means.size() != deviations.size()) {
      throw new DataException("the transform " + TYPE + " needs as many deviations as means, not "
          + deviations.size() + " and " + means.size());
    }
    if (!means.stream().allMatch(Double::isFinite)
        || !deviations.stream().allMatch(value -> value > 0 && Double.isFinite(value))) {
      throw new DataException(
          "the transform " + TYPE + " needs finite means, and deviations above 0");
    }
  }

  /**
   * Returns the standardisation by the moments of each place in the examples of a training part.
   * Where a number never changes, it is not divided.
   *
   * @param train is read once; numbers that were not observed do not count
   */
  public static Standardization of(Examples train) {
    return ElementMoments.of(train).standardization();
  }

  /** Returns the standardisation by the moments of all numbers of a training part together. */
  public static Standardization ofAll(Examples train) {
    return ElementMoments.ofAll(train).standardization();
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public ElementKind elements(ElementKind given) {
    if (given == ElementKind.CATEGORIES) {
      throw given.refusedBy(this, "numbers that have a mean");
    }
    return ElementKind.FLOATS;
  }

  @Override
  public Change in(Pass pass) {
    return (index, values, begin, end) -> {
      List<Double> mean = each(means, end - begin);
      List<Double> deviation = each(deviations, end - begin);
      for (int i = begin; i < end; i++) {
        values[i] = (float) ((values[i] - mean.get(i - begin)) / deviation.get(i - begin));
      }
    };
  }

  @Override
  public void undo(float[] values, int begin, int end) {
    List<Double> mean = each(means, end - begin);
    List<Double> deviation = each(deviations, end - begin);
    for (int i = begin; i < end; i++) {
      values[i] = (float) (values[i] * deviation.get(i - begin) + mean.get(i - begin));
    }
  }

  private static List<Double> each(List<Double> numbers, int places) {
    if (numbers.size() != 1 && numbers.size() != places) {
      throw new DataException("the transform " + TYPE + " has moments of " + numbers.size()
          + " numbers, but an example has " + places);
    }
    return numbers.size() == places ? numbers : Collections.nCopies(places, numbers.get(0));
  }

  @Override
  public String toString() {
    return TYPE;
  }
}
