package io.github.jvae.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Mean and standard deviation of the numbers of examples of any kind: of each place, or of all
 * together. Numbers that were not observed do not count. Updated one by one after Welford ("Note on
 * a method for calculating corrected sums of squares and products", 1962), so that a small spread
 * about a large mean is not lost.
 */
public final class ElementMoments {
  private final long[] counts;
  private final double[] means;
  private final double[] squares;

  private ElementMoments(int groups) {
    counts = new long[groups];
    means = new double[groups];
    squares = new double[groups];
  }

  /** Returns the moments of each place in an example. */
  public static ElementMoments of(Examples examples) {
    return read(examples, examples.shape().size());
  }

  /** Returns the moments of all numbers together, as of a single place. */
  public static ElementMoments ofAll(Examples examples) {
    return read(examples, 1);
  }

  private static ElementMoments read(Examples examples, int groups) {
    ElementMoments moments = new ElementMoments(groups);
    Optional<Mask> mask = examples.mask();
    float[] values = new float[examples.shape().size()];
    for (int i = 0; i < examples.size(); i++) {
      examples.read(i, values, 0);
      for (int j = 0; j < values.length; j++) {
        if (mask.isEmpty() || mask.get().isObserved(i, j)) {
          moments.add(j % groups, values[j]);
        }
      }
    }
    return moments;
  }

  private void add(int group, double value) {
    double difference = value - means[group];
    means[group] += difference / ++counts[group];
    squares[group] += difference * (value - means[group]);
  }

  /** Returns the mean of a place; 0 where nothing was observed. */
  public double mean(int place) {
    return means[place];
  }

  /** Returns the standard deviation of a place; 0 where nothing was observed. */
  public double standardDeviation(int place) {
    return counts[place] == 0 ? 0 : Math.sqrt(squares[place] / counts[place]);
  }

  Standardization standardization(IntPredicate places) {
    List<Double> deviations = new ArrayList<>();
    List<Double> centres = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      boolean spreads = places.test(i) && standardDeviation(i) > 0;
      centres.add(places.test(i) ? (Double) mean(i) : (Double) 0.0);
      deviations.add(spreads ? (Double) standardDeviation(i) : (Double) 1.0);
    }
    return new Standardization(centres, deviations);
  }
}
