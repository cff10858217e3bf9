package io.github.jvae.disentanglement;

import io.github.jvae.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The mutual information gap (Chen, Li, Grosse and Duvenaud, "Isolating sources of disentanglement
 * in variational autoencoders", 2018): the mean over factors v of {@code (I(z_1; v) - I(z_2; v)) /
 * H(v)}, where z_1 and z_2 are the dimensions that know most and second most of v.
 *
 * <p>The information is that of posterior means in 20 bins of equal width, as later comparisons
 * have it; the paper draws from the posteriors. Numeric factors of more than 20 values are binned
 * alike.
 */
final class MutualInformationGap implements FactorMetric {
  @Override
  public List<DisentanglementMetric> measures() {
    return List.of(DisentanglementMetric.MIG);
  }

  @Override
  public Optional<String> obstacle(DisentanglementMetric measure, FactoredCodes codes) {
    return FactorMetric.fewerThanTwoDimensions(codes);
  }

  @Override
  public List<Double> of(FactoredCodes codes, RandomStream random) {
    double[][] information = MutualInformation.matrix(codes);
    int[][] levels = codes.levels();
    return List.of(IntStream.range(0, levels.length)
        .filter(k -> codes.factors().get(k).varies())
        .mapToDouble(
            k -> FactorMetric.gap(column(information, k)) / MutualInformation.entropy(levels[k]))
        .average()
        .orElse(Double.NaN));
  }

  private static double[] column(double[][] matrix, int column) {
    return IntStream.range(0, matrix.length)
        .mapToDouble(row -> matrix[row][column])
        .toArray();
  }
}
