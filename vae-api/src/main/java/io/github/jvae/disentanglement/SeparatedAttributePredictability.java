package io.github.jvae.disentanglement;

import io.github.jvae.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The separated attribute predictability (Kumar, Sattigeri and Balakrishnan, "Variational inference
 * of disentangled latent concepts from unlabeled observations", 2018): the mean over factors of how
 * far the score of the dimension that predicts it best is above that of the second best.
 *
 * <p>The score of a numeric factor is the R² of its linear regression on the dimension alone,
 * {@code cov² / (var var)}; that of a categorical one the balanced accuracy of the best thresholds
 * ({@link ThresholdRule}). A dimension that says nothing has the scores 0 and 1 / categories, so
 * that a categorical factor adds at most {@code 1 - 1 / categories}. As in the paper both are of
 * the examples that the rule was fitted to.
 */
final class SeparatedAttributePredictability implements FactorMetric {
  @Override
  public List<DisentanglementMetric> measures() {
    return List.of(DisentanglementMetric.SAP);
  }

  @Override
  public Optional<String> obstacle(DisentanglementMetric measure, FactoredCodes codes) {
    return FactorMetric.fewerThanTwoDimensions(codes);
  }

  @Override
  public List<Double> of(FactoredCodes codes, RandomStream random) {
    return List.of(codes.factors().stream()
        .filter(KnownFactor::varies)
        .mapToDouble(factor -> FactorMetric.gap(scores(codes, factor)))
        .average()
        .orElse(Double.NaN));
  }

  private static double[] scores(FactoredCodes codes, KnownFactor factor) {
    if (factor.isCategorical()) {
      int[] classes = factor.levels(FactoredCodes.BINS);
      return IntStream.range(0, codes.latent())
          .mapToDouble(d -> ThresholdRule.accuracy(codes.column(d), classes))
          .toArray();
    }
    double[] target = Targets.of(factor, codes.count())[0];
    double[][] columns = Moments.standardized(codes, codes.count());
    return IntStream.range(0, codes.latent())
        .mapToDouble(d -> Math.pow(Moments.product(columns[d], target, codes.count()), 2))
        .toArray();
  }
}
