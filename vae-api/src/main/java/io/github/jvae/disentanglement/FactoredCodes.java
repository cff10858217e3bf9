package io.github.jvae.disentanglement;

import io.github.jvae.random.RandomStream;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Codes beside the factors of the same examples, in three parts: what is learned from (the first
 * half), what a strength of regularisation is chosen by (the next quarter) and what is judged on
 * (the last). Immutable.
 */
final class FactoredCodes {
  /** Into how many bins numbers fall where a measure needs values that recur. */
  static final int BINS = 20;

  private final LatentCodes codes;
  private final List<KnownFactor> factors;

  /** Takes the examples in their order, which decides the parts. */
  FactoredCodes(LatentCodes codes, List<KnownFactor> factors) {
    this.codes = codes;
    this.factors = List.copyOf(factors);
  }

  int count() {
    return codes.count();
  }

  int latent() {
    return codes.latent();
  }

  boolean isActive(int dimension) {
    return codes.active().get(dimension);
  }

  double[] column(int dimension) {
    return codes.column(dimension);
  }

  List<KnownFactor> factors() {
    return factors;
  }

  /** Returns the level of each example in each factor, [factors][N]. */
  int[][] levels() {
    return factors.stream().map(factor -> factor.levels(BINS)).toArray(int[][]::new);
  }

  /** Returns where the examples that are learned from end. */
  int learned() {
    return count() / 2;
  }

  /** Returns where the examples that a choice is made by end. */
  int chosen() {
    return count() / 2 + count() / 4;
  }

  /** Returns the examples in random order. */
  FactoredCodes shuffled(RandomStream random) {
    return select(random.permutation(count()));
  }

  /**
   * Returns as many examples drawn with replacement, within each part, so that none is learned from
   * and judged on.
   */
  FactoredCodes resampled(RandomStream random) {
    int[] ends = {0, learned(), chosen(), count()};
    return select(IntStream.range(0, count())
        .map(i -> {
          int part = i < ends[1] ? 0 : i < ends[2] ? 1 : 2;
          return ends[part] + random.nextInt(ends[part + 1] - ends[part]);
        })
        .toArray());
  }

  private FactoredCodes select(int[] examples) {
    return new FactoredCodes(
        codes.select(examples),
        factors.stream().map(factor -> factor.select(examples)).toList());
  }
}
