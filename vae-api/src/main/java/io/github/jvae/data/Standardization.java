package io.github.jvae.data;

import io.github.jvae.column.ColumnKind;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

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
   * Returns the standardisation by the moments of each place in the examples of a training part; of
   * a table's rows, by those of its numeric columns. Where a number never changes, it is not
   * divided.
   *
   * @param train is read once; numbers that were not observed do not count
   */
  public static Standardization of(Examples train) {
    return of(
        train,
        place -> train
            .columns()
            .map(columns -> columns.get(place).kind() == ColumnKind.NUMERIC)
            .orElse(true));
  }

  /**
   * Returns the standardisation of some places in the examples of a training part by the moments of
   * each; other numbers stay as they are.
   *
   * @param train is read once; numbers that were not observed do not count
   * @param places row-major
   */
  public static Standardization of(Examples train, IntPredicate places) {
    return ElementMoments.of(train).standardization(places);
  }

  /**
   * Returns the standardisation of each channel, the first axis of an example, by the moments of
   * its numbers in a training part together: of each column of a series, each feature of a vector.
   *
   * @param train is read once; numbers that were not observed do not count
   */
  public static Standardization perChannel(Examples train) {
    Standardization channels =
        ElementMoments.of(train).perChannel().standardization(channel -> true);
    int each = train.shape().size() / channels.means.size();
    return new Standardization(repeated(channels.means, each), repeated(channels.deviations, each));
  }

  private static List<Double> repeated(List<Double> numbers, int times) {
    return numbers.stream()
        .flatMap(number -> Collections.nCopies(times, number).stream())
        .toList();
  }

  /** Returns the standardisation by the moments of all numbers of a training part together. */
  public static Standardization ofAll(Examples train) {
    return ElementMoments.ofAll(train).standardization(place -> true);
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
    return given == ElementKind.MIXED ? given : ElementKind.FLOATS;
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
  public Optional<Change> inverse() {
    return Optional.of((index, values, begin, end) -> {
      List<Double> mean = each(means, end - begin);
      List<Double> deviation = each(deviations, end - begin);
      for (int i = begin; i < end; i++) {
        values[i] = (float) (values[i] * deviation.get(i - begin) + mean.get(i - begin));
      }
    });
  }

  @Override
  public double logStretch(int place) {
    return -Math.log(deviations.get(deviations.size() == 1 ? 0 : place));
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
