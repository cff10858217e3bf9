package io.github.jvae.bench.tracking;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How many of some numbers lie where: between their least and their greatest, in buckets of one
 * width.
 *
 * @param min the least
 * @param max the greatest
 * @param count how many there are
 * @param sum of all
 * @param sumOfSquares of all
 * @param limits the upper end of each bucket, which belongs to it; the last one is the greatest
 *     number
 * @param buckets how many numbers each holds
 */
record Histogram(
    double min,
    double max,
    long count,
    double sum,
    double sumOfSquares,
    List<Double> limits,
    List<Long> buckets) {
  private static final int BUCKETS = 30;

  /** Counts numbers, those that are finite; empty if there is none. */
  static Optional<Histogram> of(List<float[]> numbers) {
    double min = finite(numbers).min().orElse(Double.NaN);
    if (Double.isNaN(min)) {
      return Optional.empty();
    }
    double max = finite(numbers).max().orElse(min);
    double[] limits = limits(min, max);
    long[] buckets = new long[limits.length];
    finite(numbers).forEach(number -> buckets[bucket(limits, number)]++);
    return Optional.of(new Histogram(
        min,
        max,
        finite(numbers).count(),
        finite(numbers).sum(),
        finite(numbers).map(number -> number * number).sum(),
        Arrays.stream(limits).boxed().toList(),
        Arrays.stream(buckets).boxed().toList()));
  }

  private static DoubleStream finite(List<float[]> numbers) {
    return numbers.stream().flatMapToDouble(Histogram::doubles).filter(Double::isFinite);
  }

  private static DoubleStream doubles(float[] numbers) {
    return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]);
  }

  private static double[] limits(double min, double max) {
    if (min == max) {
      return new double[] {max};
    }
    double[] limits = new double[BUCKETS];
    // Single precision leaves room in double precision for thirty numbers between any two.
    Arrays.setAll(limits, i -> min + (max - min) * (i + 1) / BUCKETS);
    limits[BUCKETS - 1] = max;
    return limits;
  }

  private static int bucket(double[] limits, double number) {
    int place = Arrays.binarySearch(limits, number);
    return place >= 0 ? place : -place - 1;
  }
}
