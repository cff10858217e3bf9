package io.github.jvae.data;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Mean and standard deviation of the numbers of examples of any kind: of each place, or of several
 * together. Numbers that were not observed do not count. Updated one by one after Welford ("Note on
 * a method for calculating corrected sums of squares and products", 1962), so that a small spread
 * about a large mean is not lost.
 */
public final class ElementMoments {
  private final Shape shape;
  private final long[] counts;
  private final double[] means;
  private final double[] squares;

  private ElementMoments(Shape shape) {
    this.shape = shape;
    counts = new long[shape.size()];
    means = new double[shape.size()];
    squares = new double[shape.size()];
  }

  /** Returns the moments of each place in an example. */
  public static ElementMoments of(Examples examples) {
    return of(examples, Transforms.none());
  }

  /**
   * Returns the moments of each place in an example as a model sees it. The coins of a stochastic
   * binarization are not tossed; what they come to on average is taken.
   *
   * @param transforms what is done to the examples
   * @throws VaeException if it cannot be done to such examples
   */
  public static ElementMoments of(Examples examples, Transforms transforms) {
    transforms.elements(examples.elements());
    ElementMoments moments = new ElementMoments(examples.shape());
    boolean tossed = transforms.equals(Transforms.of(Binarization.STOCHASTIC));
    moments.read(examples, (tossed ? Transforms.none() : transforms).in(Pass.test(0)));
    if (tossed) {
      // A coin is its own square.
      Arrays.setAll(
          moments.squares,
          place -> moments.counts[place] * moments.means[place] * (1 - moments.means[place]));
    }
    return moments;
  }

  /** Returns the moments of all numbers together, as of a single place. */
  public static ElementMoments ofAll(Examples examples) {
    ElementMoments moments = new ElementMoments(Shape.of(1));
    moments.read(examples, Transforms.none().in(Pass.test(0)));
    return moments;
  }

  private void read(Examples examples, Transform.Change change) {
    Optional<Mask> mask = examples.mask();
    ExampleReader reader = examples.reader();
    float[] values = new float[examples.shape().size()];
    for (int i = 0; i < examples.size(); i++) {
      reader.read(i, values, 0);
      change.apply(i, values, 0, values.length);
      for (int j = 0; j < values.length; j++) {
        if (mask.isEmpty() || mask.get().isObserved(i, j)) {
          add(j % means.length, values[j]);
        }
      }
    }
  }

  private void add(int place, double value) {
    double difference = value - means[place];
    means[place] += difference / ++counts[place];
    squares[place] += difference * (value - means[place]);
  }

  /**
   * Returns the moments of all places of each channel together, of shape [channels, 1, …]. Joined
   * after Chan, Golub and LeVeque ("Updating formulae and a pairwise algorithm for computing sample
   * variances", 1979).
   */
  public ElementMoments perChannel() {
    int[] extents = shape.toArray();
    Arrays.fill(extents, 1, extents.length, 1);
    ElementMoments channels = new ElementMoments(Shape.of(extents));
    int each = means.length / channels.means.length;
    for (int place = 0; place < means.length; place++) {
      channels.join(place / each, counts[place], means[place], squares[place]);
    }
    return channels;
  }

  private void join(int place, long count, double mean, double square) {
    if (count > 0) {
      long all = counts[place] + count;
      double difference = mean - means[place];
      squares[place] += square + difference * difference * counts[place] / all * count;
      means[place] += difference * count / all;
      counts[place] = all;
    }
  }

  /** Returns the shape of the places. */
  public Shape shape() {
    return shape;
  }

  /** Returns the mean of a place, row-major; 0 where nothing was observed. */
  public double mean(int place) {
    return means[place];
  }

  /** Returns the standard deviation of a place, row-major; 0 where nothing was observed. */
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
