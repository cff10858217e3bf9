package io.github.jvae.disentanglement;

import io.github.jvae.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The score of the FactorVAE (Kim and Mnih, "Disentangling by factorising", 2018). A vote takes a
 * random factor and up to 64 examples that are alike in it, and gives the dimension whose variance
 * among them is the least part of its variance among all; each dimension stands for the factor that
 * most votes gave it. The score is the share of other votes that this rule takes for their factor.
 *
 * <p>Examples are alike if their values are equal or, of a numeric factor of more than 20, in one
 * of 20 bins. Inactive dimensions are left out, as the paper does; without any other the score is
 * 0.
 */
final class FactorVaeScore implements FactorMetric {
  private static final int VOTES = 2000;
  private static final int MOST_EXAMPLES = 64;

  /** Of fewer examples a variance says little. */
  private static final int LEAST_EXAMPLES = 10;

  @Override
  public List<DisentanglementMetric> measures() {
    return List.of(DisentanglementMetric.FACTOR_VAE);
  }

  @Override
  public Optional<String> obstacle(DisentanglementMetric measure, FactoredCodes codes) {
    Optional<String> tooFew = FactorMetric.fewerThanTwoFactors(codes);
    if (tooFew.isPresent()) {
      return tooFew;
    }
    List<List<int[]>> groups = groups(codes);
    return IntStream.range(0, groups.size())
        .filter(k -> groups.get(k).isEmpty())
        .mapToObj(k -> "needs " + LEAST_EXAMPLES + " examples that are alike in "
            + codes.factors().get(k).name())
        .findFirst();
  }

  @Override
  public List<Double> of(FactoredCodes codes, RandomStream random) {
    List<List<int[]>> groups = groups(codes);
    double[] variances = IntStream.range(0, codes.latent())
        .mapToDouble(d -> codes.isActive(d) ? variance(codes.column(d)) : 0)
        .toArray();
    if (groups.stream().anyMatch(List::isEmpty)) {
      return List.of(Double.NaN);
    }
    int[][] learned = votes(codes, groups, variances, random);
    int[][] judged = votes(codes, groups, variances, random);
    int right = 0;
    for (int d = 0; d < judged.length; d++) {
      right += judged[d][most(learned[d])];
    }
    return List.of((double) right / VOTES);
  }

  /** Returns the examples that are alike, for each factor; only where they are enough. */
  private static List<List<int[]>> groups(FactoredCodes codes) {
    List<List<int[]>> result = new ArrayList<>();
    for (int[] levels : codes.levels()) {
      List<List<Integer>> all = new ArrayList<>();
      for (int i = 0; i < levels.length; i++) {
        while (all.size() <= levels[i]) {
          all.add(new ArrayList<>());
        }
        all.get(levels[i]).add(i);
      }
      result.add(all.stream()
          .filter(group -> group.size() >= LEAST_EXAMPLES)
          .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
          .toList());
    }
    return result;
  }

  /** Returns how often each dimension was given for each factor, [L][factors]. */
  private static int[][] votes(
      FactoredCodes codes, List<List<int[]>> groups, double[] variances, RandomStream random) {
    int[][] votes = new int[codes.latent()][groups.size()];
    for (int vote = 0; vote < VOTES; vote++) {
      int factor = random.nextInt(groups.size());
      int least = leastVaried(codes, some(groups.get(factor), random), variances);
      if (least >= 0) {
        votes[least][factor]++;
      }
    }
    return votes;
  }

  /** Returns some examples of a group, which is the likelier the more it has. */
  private static int[] some(List<int[]> groups, RandomStream random) {
    int at = random.nextInt(groups.stream().mapToInt(group -> group.length).sum());
    int place = 0;
    while (at >= groups.get(place).length) {
      at -= groups.get(place).length;
      place++;
    }
    int[] group = groups.get(place).clone();
    int[] some = new int[Math.min(MOST_EXAMPLES, group.length)];
    for (int i = 0; i < some.length; i++) {
      int other = i + random.nextInt(group.length - i);
      some[i] = group[other];
      group[other] = group[i];
    }
    return some;
  }

  /** Returns the active dimension that varies least; -1 if there is none. */
  private static int leastVaried(FactoredCodes codes, int[] examples, double[] variances) {
    int least = -1;
    double ratio = Double.POSITIVE_INFINITY;
    double[] values = new double[examples.length];
    for (int d = 0; d < variances.length; d++) {
      if (variances[d] == 0) {
        continue;
      }
      for (int i = 0; i < values.length; i++) {
        values[i] = codes.column(d)[examples[i]];
      }
      double here = variance(values) / variances[d];
      if (here < ratio) {
        ratio = here;
        least = d;
      }
    }
    return least;
  }

  private static double variance(double[] values) {
    return Moments.center(values.clone(), values.length);
  }

  private static int most(int[] counts) {
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return most;
  }
}
