package io.github.jvae.bench.image;

import io.github.jvae.bench.image.PrincipalPlane.Point;
import io.github.jvae.error.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A picture of points in which neighbours stay neighbours: t-distributed stochastic neighbour
 * embedding (van der Maaten and Hinton, "Visualizing data using t-SNE", 2008), of all pairs of
 * points. It starts from the plane of the principal components and has nothing random in it.
 */
public final class NeighborEmbedding {
  /** How many points are placed at most: work grows with the square of their number. */
  public static final int MOST_POINTS = 2000;

  private static final double PERPLEXITY = 30;
  private static final int STEPS = 500;

  /** Steps in which neighbours attract more than in the end, so that groups find together. */
  private static final int EARLY_STEPS = 100;

  private static final double EXAGGERATION = 12;
  private static final double START = 1e-4;
  private static final double TINY = 1e-12;

  private final int count;
  private final double[] affinities;

  /**
   * Finds how much the points are neighbours.
   *
   * @param rows points of as many dimensions each
   * @param perplexity how many neighbours each has, about
   */
  NeighborEmbedding(List<float[]> rows, double perplexity) {
    this.count = rows.size();
    double[] conditional = new double[count * count];
    double[] squares = new double[count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        squares[j] = squaredDistance(rows.get(i), rows.get(j));
      }
      fillRow(conditional, i, squares, Math.log(perplexity));
    }
    this.affinities = new double[count * count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        affinities[i * count + j] =
            (conditional[i * count + j] + conditional[j * count + i]) / (2.0 * count);
      }
    }
  }

  /**
   * Places points in a plane.
   *
   * @param rows points of as many dimensions each, from 4 to {@value #MOST_POINTS}
   * @return the places, in their order, about their mean
   * @throws io.github.jvae.error.VaeException if there are fewer or more
   */
  public static List<Point> of(List<float[]> rows) {
    if (rows.size() < 4 || rows.size() > MOST_POINTS) {
      throw new DataException(
          "neighbours are shown of 4 to " + MOST_POINTS + " examples, not of " + rows.size());
    }
    double[] places = start(PrincipalPlane.of(rows).points());
    double perplexity = Math.min(PERPLEXITY, (rows.size() - 1) / 3.0);
    new NeighborEmbedding(rows, perplexity).descend(places);
    return IntStream.range(0, rows.size())
        .mapToObj(i -> new Point(places[2 * i], places[2 * i + 1]))
        .toList();
  }

  private static double[] start(List<Point> plane) {
    double squares = plane.stream().mapToDouble(point -> point.x() * point.x()).sum();
    double scale = START / Math.max(TINY, Math.sqrt(squares / plane.size()));
    return plane.stream()
        .flatMapToDouble(point -> DoubleStream.of(scale * point.x(), scale * point.y()))
        .toArray();
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Fills in how likely a point picks each other one: a Gaussian whose entropy is as wanted. */
  private void fillRow(double[] conditional, int row, double[] squares, double entropy) {
    double least = Double.MAX_VALUE;
    for (int j = 0; j < count; j++) {
      least = j == row ? least : Math.min(least, squares[j]);
    }
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double precision = 1;
    for (int i = 0; i < 100; i++) {
      double found = fillRow(conditional, row, squares, least, precision);
      if (Math.abs(found - entropy) < 1e-7) {
        return;
      }
      if (found > entropy) {
        low = precision;
        precision = Double.isInfinite(high) ? 2 * precision : (low + high) / 2;
      } else {
        high = precision;
        precision = (low + high) / 2;
      }
    }
  }

  private double fillRow(
      double[] conditional, int row, double[] squares, double least, double precision) {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      double weight = j == row ? 0 : Math.exp(-precision * (squares[j] - least));
      conditional[row * count + j] = weight;
      sum += weight;
    }
    double entropy = 0;
    for (int j = 0; j < count; j++) {
      double share = conditional[row * count + j] / sum;
      conditional[row * count + j] = share;
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    return entropy;
  }

  /** Returns how much two points are neighbours; all pairs add up to 1. */
  double affinity(int i, int j) {
    return affinities[i * count + j];
  }

  /**
   * Returns the divergence of the neighbours in the plane from those of the points, in nats.
   *
   * @param places of the points, x and y in turn
   */
  double cost(double[] places) {
    double sum = 0;
    for (int i = 0; i < count * count; i++) {
      sum += i / count == i % count ? 0 : closeness(places, i / count, i % count);
    }
    double cost = 0;
    for (int i = 0; i < count * count; i++) {
      double wanted = affinities[i];
      double found = closeness(places, i / count, i % count) / sum;
      cost += wanted > 0 ? wanted * Math.log(wanted / found) : 0;
    }
    return cost;
  }

  private static double closeness(double[] places, int i, int j) {
    double x = places[2 * i] - places[2 * j];
    double y = places[2 * i + 1] - places[2 * j + 1];
    return 1 / (1 + x * x + y * y);
  }

  /**
   * Returns the derivative of the cost by the places.
   *
   * @param exaggeration by which neighbours attract more; 1 for the cost itself
   */
  double[] gradient(double[] places, double exaggeration) {
    double[] closeness = new double[count * count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        double value = closeness(places, i, j);
        closeness[i * count + j] = value;
        closeness[j * count + i] = value;
        sum += 2 * value;
      }
    }
    double[] gradient = new double[2 * count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        int pair = i * count + j;
        double pull =
            4 * (exaggeration * affinities[pair] - closeness[pair] / sum) * closeness[pair];
        gradient[2 * i] += pull * (places[2 * i] - places[2 * j]);
        gradient[2 * i + 1] += pull * (places[2 * i + 1] - places[2 * j + 1]);
      }
    }
    return gradient;
  }

  /** Moves places downhill, with momentum and a gain for each coordinate that keeps its way. */
  private void descend(double[] places) {
    double rate = Math.max(50, count / EXAGGERATION / 4);
    double[] steps = new double[places.length];
    double[] gains = new double[places.length];
    Arrays.fill(gains, 1);
    for (int step = 0; step < STEPS; step++) {
      boolean early = step < EARLY_STEPS;
      double[] gradient = gradient(places, early ? EXAGGERATION : 1);
      for (int i = 0; i < places.length; i++) {
        boolean keeps = gradient[i] > 0 != steps[i] > 0;
        gains[i] = Math.max(0.01, keeps ? gains[i] + 0.2 : gains[i] * 0.8);
        steps[i] = (early ? 0.5 : 0.8) * steps[i] - rate * gains[i] * gradient[i];
        places[i] += steps[i];
      }
    }
  }
}
