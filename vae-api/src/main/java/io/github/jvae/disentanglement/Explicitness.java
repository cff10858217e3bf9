package io.github.jvae.disentanglement;

import io.github.jvae.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Explicitness (Ridgeway and Mozer, "Learning deep disentangled embeddings with the F-statistic
 * loss", 2018): the mean over factors of the area under the receiver operating characteristic of
 * logistic regressions on the whole code, one against the rest for each category, of examples that
 * were not learned from. 0.5 is chance.
 *
 * <p>The paper knows categories only. A numeric factor is predicted by linear regression, and
 * judged by its {@link Concordance}, which is that same area where a factor has two values.
 */
final class Explicitness implements FactorMetric {
  @Override
  public List<DisentanglementMetric> measures() {
    return List.of(DisentanglementMetric.EXPLICITNESS);
  }

  @Override
  public Optional<String> obstacle(DisentanglementMetric measure, FactoredCodes codes) {
    return Optional.empty();
  }

  @Override
  public List<Double> of(FactoredCodes codes, RandomStream random) {
    LinearScorer scorer =
        new LinearScorer(Moments.standardized(codes, codes.chosen()), codes.chosen());
    return List.of(codes.factors().stream()
        .map(factor -> area(codes, scorer, factor))
        .flatMapToDouble(OptionalDouble::stream)
        .average()
        .orElse(Double.NaN));
  }

  /** Returns the area of a factor, the mean over its categories; empty where it does not vary. */
  private static OptionalDouble area(FactoredCodes codes, LinearScorer scorer, KnownFactor factor) {
    if (!factor.varies(0, codes.chosen())) {
      return OptionalDouble.empty();
    }
    double[][] targets =
        factor.isCategorical() ? indicators(factor) : Targets.of(factor, codes.chosen());
    return Arrays.stream(targets)
        .filter(target -> varies(target, codes.chosen()))
        .mapToDouble(target -> Concordance.of(
            judged(
                factor.isCategorical() ? scorer.logistic(target) : scorer.regression(target),
                codes),
            judged(target, codes)))
        .filter(area -> !Double.isNaN(area))
        .average();
  }

  /** Returns 1 where an example is of a category; of two categories for the second alone. */
  private static double[][] indicators(KnownFactor factor) {
    return IntStream.range(factor.categories() == 2 ? 1 : 0, factor.categories())
        .mapToObj(category -> IntStream.range(0, factor.count())
            .mapToDouble(i -> factor.value(i) == category ? 1 : 0)
            .toArray())
        .toArray(double[][]::new);
  }

  private static boolean varies(double[] target, int end) {
    return Arrays.stream(target, 0, end).distinct().count() > 1;
  }

  private static double[] judged(double[] all, FactoredCodes codes) {
    return Arrays.copyOfRange(all, codes.chosen(), codes.count());
  }
}
