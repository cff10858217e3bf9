package io.github.jvae.bench.chart;

import java.util.List;

/**
 * A named row of samples.
 *
 * @param name in the legend
 * @param colour its number among the colours of series, from 0
 * @param samples from left to right
 */
public record Series(String name, int colour, List<Sample> samples) {
  /** Keeps a copy of the samples. */
  public Series {
    samples = List.copyOf(samples);
  }

  /**
   * A value somewhere; one that is not a number leaves a gap.
   *
   * @param x where
   * @param y the value
   * @param low the least that was seen there
   * @param high the most that was seen there
   */
  public record Sample(double x, double y, double low, double high) {
    /** A value without a spread. */
    public static Sample of(double x, double y) {
      return new Sample(x, y, y, y);
    }
  }
}
