package io.github.jvae.calibration;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * How often what made an example came out in which place among draws from the example's posterior:
 * evenly where the posterior is the exact one.
 *
 * @param quantity what was ranked, such as {@code z[0]} or {@code log p(x|z)}
 * @param counts of each bin of neighbouring ranks, from the lowest; all bins have as many ranks
 * @param pValue the chance that even ranks give counts as uneven, by the chi-square test (Pearson,
 *     1900); small values tell that the posterior is another
 * @param shift the mean rank as a share of the greatest, less one half: above 0 where draws from
 *     the posterior are too low
 * @param spread the variance of ranks over that of even ones: above 1 where posteriors are too
 *     narrow (the histogram is high at both ends), below 1 where they are too wide
 */
public record RankHistogram(
    String quantity, List<Integer> counts, double pValue, double shift, double spread) {

  /** Keeps a copy of the counts. */
  public RankHistogram {
    counts = List.copyOf(counts);
  }

  /**
   * Counts ranks.
   *
   * @param quantity what was ranked
   * @param ranks each from 0 to the number of draws
   * @param draws how many draws there were of each posterior
   * @param bins how many, a divisor of draws + 1
   */
  static RankHistogram of(String quantity, int[] ranks, int draws, int bins) {
    Integer[] counts = new Integer[bins];
    Arrays.fill(counts, 0);
    int width = (draws + 1) / bins;
    double sum = 0;
    for (int rank : ranks) {
      counts[rank / width]++;
      sum += rank;
    }
    double mean = sum / ranks.length;
    double middle = draws / 2.0;
    double squares =
        Arrays.stream(ranks).mapToDouble(r -> (r - mean) * (r - mean)).sum();
    double even = ((draws + 1.0) * (draws + 1.0) - 1) / 12;
    return new RankHistogram(
        quantity,
        List.of(counts),
        pValue(counts, ranks.length),
        (mean - middle) / draws,
        squares / ranks.length / even);
  }

  /** Returns the count that is expected of each bin. */
  public double expected() {
    return (double) total() / counts.size();
  }

  private int total() {
    return counts.stream().mapToInt(count -> count).sum();
  }

  /**
   * Counts that are not seldom.
   *
   * @param low the least
   * @param high the greatest
   */
  public record Band(int low, int high) {}

  /**
   * Returns the counts that a bin of even ranks has with some probability at least, by the binomial
   * distribution; what is left lies below and above alike.
   *
   * @param probability above 0 and below 1
   */
  public Band band(double probability) {
    BinomialDistribution even = new BinomialDistribution(null, total(), 1.0 / counts.size());
    double tail = (1 - probability) / 2;
    return new Band(
        even.inverseCumulativeProbability(tail), even.inverseCumulativeProbability(1 - tail));
  }

  private static double pValue(Integer[] counts, int total) {
    double expected = (double) total / counts.length;
    double statistic = 0;
    for (int count : counts) {
      statistic += (count - expected) * (count - expected) / expected;
    }
    // The generator is for draws alone, of which there are none.
    return 1
        - new ChiSquaredDistribution(null, counts.length - 1.0).cumulativeProbability(statistic);
  }
}
