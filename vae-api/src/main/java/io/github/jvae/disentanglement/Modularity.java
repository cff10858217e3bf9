package io.github.jvae.disentanglement;

import io.github.jvae.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Modularity (Ridgeway and Mozer, "Learning deep disentangled embeddings with the F-statistic
 * loss", 2018): the mean over dimensions of {@code 1 - sum_f (m_f - t_f)^2 / (m*^2 (F - 1))}, where
 * m_f is the mutual information with factor f, m* the greatest of them, and t the template that has
 * m* at its place and 0 elsewhere.
 *
 * <p>A dimension that is inactive, or knows nothing of any factor, is for none and does not count;
 * if none is left, modularity is 0.
 */
final class Modularity implements FactorMetric {
  @Override
  public List<DisentanglementMetric> measures() {
    return List.of(DisentanglementMetric.MODULARITY);
  }

  @Override
  public Optional<String> obstacle(DisentanglementMetric measure, FactoredCodes codes) {
    return FactorMetric.fewerThanTwoFactors(codes);
  }

  @Override
  public List<Double> of(FactoredCodes codes, RandomStream random) {
    return List.of(Arrays.stream(MutualInformation.matrix(codes))
        .filter(row -> Arrays.stream(row).max().orElse(0) > 0)
        .mapToDouble(Modularity::ofDimension)
        .average()
        .orElse(0));
  }

  private static double ofDimension(double[] information) {
    double most = Arrays.stream(information).max().orElse(0);
    double all = Arrays.stream(information).map(m -> m * m).sum();
    return 1 - (all - most * most) / (most * most * (information.length - 1));
  }
}
