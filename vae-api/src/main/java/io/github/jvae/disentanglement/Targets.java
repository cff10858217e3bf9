package io.github.jvae.disentanglement;

/**
 * A factor as numbers to predict: a numeric one as it is, a categorical one as an indicator of each
 * category, 1 or 0. All are from their mean over the examples that are learned from, in units of
 * their common standard deviation there, so that the variances add up to 1; a factor of two
 * categories is then predicted as well, and by weights of the same norm, as its numbers.
 */
final class Targets {
  private Targets() {}

  /**
   * Returns the numbers, [targets][N].
   *
   * @param learned how many examples are learned from; the factor varies in them
   */
  static double[][] of(KnownFactor factor, int learned) {
    double[][] targets = new double[Math.max(1, factor.categories())][factor.count()];
    double variance = 0;
    for (int t = 0; t < targets.length; t++) {
      for (int i = 0; i < factor.count(); i++) {
        double value = factor.value(i);
        targets[t][i] = factor.isCategorical() ? (value == t ? 1 : 0) : value;
      }
      variance += Moments.center(targets[t], learned);
    }
    for (double[] target : targets) {
      Moments.scale(target, variance);
    }
    return targets;
  }
}
