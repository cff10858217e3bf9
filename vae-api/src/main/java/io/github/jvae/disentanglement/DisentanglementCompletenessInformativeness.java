package io.github.jvae.disentanglement;

import io.github.jvae.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Disentanglement, completeness and informativeness (Eastwood and Williams, "A framework for the
 * quantitative evaluation of disentangled representations", 2018), with the lasso as the regressor.
 *
 * <p>The importance R of a dimension for a factor is the size of its weight in the prediction of
 * that factor, both standardised; of a categorical factor, whose categories are predicted by
 * indicators, the norm of its weights. Disentanglement is the mean over dimensions of {@code 1 -
 * H(R over factors) / log K}, weighted by their share of all importance; completeness the mean over
 * factors that anything is of importance for of {@code 1 - H(R over dimensions) / log L};
 * informativeness the mean over factors of the share of their variance that is predicted of
 * examples that were not learned from, at least 0. Without any importance the first two are 0.
 *
 * <p>The penalty of each factor is chosen on examples held out for it, of 41 from where all weights
 * are 0 down to 1e-4 of that: the greatest whose error is not above the least one by more than two
 * standard errors of the difference, so that a factor that no dimension tells gives no importance.
 */
final class DisentanglementCompletenessInformativeness implements FactorMetric {
  private static final int PENALTIES = 41;
  private static final double LEAST_PENALTY = 1e-4;

  /** How many standard errors are not taken for chance. */
  private static final double CLEARLY = 2;

  /** What a regressor of one factor gives: the importance of each dimension, and its success. */
  private static final class Fit {
    private final double[] importance;
    private final double informativeness;

    Fit(double[] importance, double informativeness) {
      this.importance = importance;
      this.informativeness = informativeness;
    }
  }

  @Override
  public List<DisentanglementMetric> measures() {
    return List.of(
        DisentanglementMetric.DCI_DISENTANGLEMENT,
        DisentanglementMetric.DCI_COMPLETENESS,
        DisentanglementMetric.DCI_INFORMATIVENESS);
  }

  @Override
  public Optional<String> obstacle(DisentanglementMetric measure, FactoredCodes codes) {
    return switch (measure) {
      case DCI_DISENTANGLEMENT -> FactorMetric.fewerThanTwoFactors(codes);
      case DCI_COMPLETENESS -> FactorMetric.fewerThanTwoDimensions(codes);
      default -> Optional.empty();
    };
  }

  @Override
  public List<Double> of(FactoredCodes codes, RandomStream random) {
    double[][] columns = Moments.standardized(codes, codes.learned());
    double[][] gram = Moments.gram(columns, codes.learned());
    List<Fit> fits = new ArrayList<>();
    for (KnownFactor factor : codes.factors()) {
      if (factor.varies(0, codes.learned()) && factor.varies(codes.chosen(), codes.count())) {
        fits.add(fit(codes, columns, gram, factor));
      }
    }
    if (fits.isEmpty()) {
      return List.of(Double.NaN, Double.NaN, Double.NaN);
    }
    double[][] byFactor = fits.stream().map(fit -> fit.importance).toArray(double[][]::new);
    return List.of(
        disentanglement(byFactor),
        completeness(byFactor),
        fits.stream().mapToDouble(fit -> fit.informativeness).average().orElseThrow());
  }

  private static Fit fit(
      FactoredCodes codes, double[][] columns, double[][] gram, KnownFactor factor) {
    double[][] targets = Targets.of(factor, codes.learned());
    double[][] products = new double[targets.length][columns.length];
    double greatest = 0;
    for (int t = 0; t < targets.length; t++) {
      for (int d = 0; d < columns.length; d++) {
        products[t][d] = Moments.product(columns[d], targets[t], codes.learned());
      }
      greatest = Math.max(greatest, Lasso.greatest(products[t]));
    }
    List<double[][]> path = path(new Lasso(gram), products, greatest);
    double[][] best = chosen(codes, columns, targets, path);
    return new Fit(norms(best), explained(codes, columns, targets, best));
  }

  /** Returns the weights for each penalty, from all zero on; [targets][L] each. */
  private static List<double[][]> path(Lasso lasso, double[][] products, double greatest) {
    List<double[][]> path = new ArrayList<>();
    path.add(new double[products.length][products[0].length]);
    for (int i = 1; i < PENALTIES && greatest > 0; i++) {
      double penalty = greatest * Math.pow(LEAST_PENALTY, i / (PENALTIES - 1.0));
      double[][] next = new double[products.length][];
      for (int t = 0; t < next.length; t++) {
        next[t] = path.get(i - 1)[t].clone();
        lasso.solve(products[t], penalty, next[t]);
      }
      path.add(next);
    }
    return path;
  }

  /** Returns the first weights whose held-out error is not clearly above the least one. */
  private static double[][] chosen(
      FactoredCodes codes, double[][] columns, double[][] targets, List<double[][]> path) {
    int begin = codes.learned();
    int end = codes.chosen();
    double[] least = errors(columns, targets, path.get(0), begin, end);
    for (double[][] weights : path) {
      double[] errors = errors(columns, targets, weights, begin, end);
      least = Arrays.stream(errors).sum() < Arrays.stream(least).sum() ? errors : least;
    }
    for (double[][] weights : path) {
      double[] above = errors(columns, targets, weights, begin, end);
      for (int i = 0; i < above.length; i++) {
        above[i] -= least[i];
      }
      double mean = Arrays.stream(above).sum() / above.length;
      double variance = Moments.center(above, above.length);
      if (mean <= CLEARLY * Math.sqrt(variance / above.length)) {
        return weights;
      }
    }
    return path.get(path.size() - 1);
  }

  /** Returns the squared error of each of some examples, summed over the targets. */
  private static double[] errors(
      double[][] columns, double[][] targets, double[][] weights, int begin, int end) {
    double[] errors = new double[end - begin];
    for (int t = 0; t < targets.length; t++) {
      double[] left = Arrays.copyOfRange(targets[t], begin, end);
      for (int d = 0; d < columns.length; d++) {
        for (int i = 0; i < left.length && weights[t][d] != 0; i++) {
          left[i] -= weights[t][d] * columns[d][begin + i];
        }
      }
      for (int i = 0; i < left.length; i++) {
        errors[i] += left[i] * left[i];
      }
    }
    return errors;
  }

  /** Returns the share of the variance of the judged examples that is predicted, 0 to 1. */
  private static double explained(
      FactoredCodes codes, double[][] columns, double[][] targets, double[][] weights) {
    double all = 0;
    for (double[] target : targets) {
      double[] judged = Arrays.copyOfRange(target, codes.chosen(), codes.count());
      all += Moments.center(judged, judged.length) * judged.length;
    }
    double[] left = errors(columns, targets, weights, codes.chosen(), codes.count());
    return Math.max(0, 1 - Arrays.stream(left).sum() / all);
  }

  private static double[] norms(double[][] weights) {
    return IntStream.range(0, weights[0].length)
        .mapToDouble(d -> Math.sqrt(
            Arrays.stream(weights).mapToDouble(each -> each[d] * each[d]).sum()))
        .toArray();
  }

  private static double disentanglement(double[][] byFactor) {
    double total = 0;
    double sum = 0;
    for (int d = 0; d < byFactor[0].length; d++) {
      int dimension = d;
      double[] row =
          Arrays.stream(byFactor).mapToDouble(each -> each[dimension]).toArray();
      double importance = Arrays.stream(row).sum();
      total += importance;
      sum += importance > 0 ? importance * concentration(row) : 0;
    }
    return total > 0 ? sum / total : 0;
  }

  private static double completeness(double[][] byFactor) {
    return Arrays.stream(byFactor)
        .filter(column -> Arrays.stream(column).sum() > 0)
        .mapToDouble(DisentanglementCompletenessInformativeness::concentration)
        .average()
        .orElse(0);
  }

  /** Returns 1 if all is in one place, 0 if it is spread evenly: 1 - H / log(places). */
  private static double concentration(double[] importance) {
    double total = Arrays.stream(importance).sum();
    double entropy = 0;
    for (double each : importance) {
      double share = each / total;
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    return 1 - entropy / Math.log(importance.length);
  }
}
