package io.github.jvae.generation;

import io.github.jvae.error.DataException;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The kernel distance of two sets of vectors (Binkowski et al., "Demystifying MMD GANs", 2018): the
 * squared maximum mean discrepancy {@code E k(x, x') + E k(y, y') - 2 E k(x, y)} with the kernel
 * {@code k(x, y) = (x·y / F + 1)³}, estimated without a bias. It is 0 in expectation for sets of
 * one distribution, where estimates lie on both sides of 0, and does not depend on how many vectors
 * there are as the Fréchet distance does; only distances in the same features compare.
 *
 * @param value the estimate; it may be below 0
 * @param standardError of the estimate, as the method that made it says
 */
public record KernelDistance(double value, double standardError) {
  /** How many subsets published distances are means of. */
  public static final int SUBSETS = 100;

  /** How many vectors of each set a subset of published distances has, at most. */
  public static final int SUBSET_SIZE = 1000;

  private static final String WHO = "the kernel distance";

  /**
   * Measures with all pairs of vectors. The standard error is that of the sets as samples, by the
   * jackknife over the vectors of both (Arvesen, "Jackknifing U-statistics", 1969); not a number
   * where a set has two vectors only.
   *
   * @param real vectors, [N, F], at least two
   * @param generated vectors, [M, F], at least two
   * @throws DataException if there are fewer, they are of different extents, or a number of them is
   *     not finite
   */
  public static KernelDistance of(HostTensor real, HostTensor generated) {
    return of(real, generated, Kernel.CUBIC);
  }

  /**
   * Measures as published distances are: the mean over subsets of both sets, each drawn without
   * replacement. The standard error is that of the mean over the choice of subsets alone,
   * {@code deviation / √subsets}; {@link #of} has that of the sets.
   *
   * @param real vectors, [N, F]
   * @param generated vectors, [M, F]
   * @param subsets how many, at least two
   * @param size vectors of each set in a subset, at least two; at most N and M
   * @param seed of the choice
   * @throws DataException if there are fewer vectors, they are of different extents, or a number of
   *     them is not finite
   */
  public static KernelDistance overSubsets(
      HostTensor real, HostTensor generated, int subsets, int size, long seed) {
    if (subsets < 2 || size < 2) {
      throw new DataException(
          WHO + " needs at least 2 subsets of at least 2 vectors, not " + subsets + " of " + size);
    }
    String who = WHO + " over subsets of " + size;
    FeatureVectors x = FeatureVectors.of(who, "real", real, size);
    FeatureVectors y = FeatureVectors.of(who, "generated", generated, size);
    x.requireSameFeatures(y);
    RandomStream random = RandomStream.of(seed).child("kernel distance");
    double[] values = new double[subsets];
    for (int i = 0; i < subsets; i++) {
      RandomStream each = random.child(i);
      values[i] = of(
              x,
              Arrays.copyOf(each.child("real").permutation(x.count()), size),
              y,
              Arrays.copyOf(each.child("generated").permutation(y.count()), size),
              Kernel.CUBIC)
          .value();
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new KernelDistance(mean, Math.sqrt(squares / (subsets - 1) / subsets));
  }

  /**
   * Measures with all pairs of vectors and another kernel, which is not that of published
   * distances.
   *
   * @throws DataException as {@link #of(HostTensor, HostTensor)}
   */
  public static KernelDistance of(HostTensor real, HostTensor generated, Kernel kernel) {
    FeatureVectors x = FeatureVectors.of(WHO, "real", real, 2);
    FeatureVectors y = FeatureVectors.of(WHO, "generated", generated, 2);
    x.requireSameFeatures(y);
    return of(x, all(x), y, all(y), kernel);
  }

  /** How alike two vectors are. */
  public enum Kernel {
    /** {@code (x·y / F + 1)³}, for features. */
    CUBIC {
      @Override
      double of(FeatureVectors x, int row, FeatureVectors y, int other) {
        double base = x.product(row, y, other) / x.extent() + 1;
        return base * base * base;
      }
    },
    /**
     * {@code C / (C + ‖x - y‖²)} with {@code C = 2 F}, the mean squared distance of two draws from
     * N(0, I), for latent vectors: its heavy tails reach those far from all others (Tolstikhin et
     * al., "Wasserstein auto-encoders", 2018).
     */
    INVERSE_MULTIQUADRATIC {
      @Override
      double of(FeatureVectors x, int row, FeatureVectors y, int other) {
        double scale = 2.0 * x.extent();
        return scale / (scale + x.squaredDistance(row, y, other));
      }
    };

    abstract double of(FeatureVectors x, int row, FeatureVectors y, int other);
  }

  private static int[] all(FeatureVectors vectors) {
    return IntStream.range(0, vectors.count()).toArray();
  }

  private static KernelDistance of(
      FeatureVectors x, int[] ofX, FeatureVectors y, int[] ofY, Kernel kernel) {
    double[] within = sums(x, ofX, x, ofX, kernel);
    double[] withinOther = sums(y, ofY, y, ofY, kernel);
    double[] between = sums(x, ofX, y, ofY, kernel);
    double[] betweenOther = sums(y, ofY, x, ofX, kernel);
    double n = ofX.length;
    double m = ofY.length;
    double own = Arrays.stream(within).sum();
    double other = Arrays.stream(withinOther).sum();
    double cross = Arrays.stream(between).sum();
    double value = own / (n * (n - 1)) + other / (m * (m - 1)) - 2 * cross / (n * m);
    double variance = jackknife(within, own, between, cross, m)
        + jackknife(withinOther, other, betweenOther, cross, n);
    return new KernelDistance(value, Math.sqrt(variance));
  }

  /** Returns the kernel's sum of each vector of a set with all others of a set. */
  private static double[] sums(
      FeatureVectors x, int[] ofX, FeatureVectors y, int[] ofY, Kernel kernel) {
    return Arrays.stream(ofX)
        .parallel()
        .mapToDouble(row -> {
          double sum = 0;
          for (int other : ofY) {
            if (x != y || other != row) {
              sum += kernel.of(x, row, y, other);
            }
          }
          return sum;
        })
        .toArray();
  }

  /**
   * Returns the variance that the vectors of one set are the reason of, from the estimates without
   * each of them.
   *
   * @param within of each vector with the others of its set, and their total
   * @param between of each vector with those of the other set, and their total
   * @param others how many those are
   */
  private static double jackknife(
      double[] within, double total, double[] between, double cross, double others) {
    double n = within.length;
    double[] without = new double[within.length];
    for (int i = 0; i < without.length; i++) {
      without[i] = (total - 2 * within[i]) / ((n - 1) * (n - 2))
          - 2 * (cross - between[i]) / ((n - 1) * others);
    }
    double mean = Arrays.stream(without).average().orElseThrow();
    return (n - 1)
        / n
        * Arrays.stream(without).map(v -> (v - mean) * (v - mean)).sum();
  }
}
