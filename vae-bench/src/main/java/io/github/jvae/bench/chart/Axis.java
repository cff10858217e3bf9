package io.github.jvae.bench.chart;

/**
 * What is measured along one direction.
 *
 * @param label the quantity and its unit
 * @param logarithmic whether equal ratios are equally far apart
 * @param low where it begins; not a number for the least value there is
 * @param high where it ends; not a number for the greatest value there is
 */
public record Axis(String label, boolean logarithmic, double low, double high) {
  /** Equal differences are equally far apart. */
  public static Axis linear(String label) {
    return new Axis(label, false, Double.NaN, Double.NaN);
  }

  /** Equal ratios are equally far apart; what is not above 0 is left out. */
  public static Axis logarithmic(String label) {
    return new Axis(label, true, Double.NaN, Double.NaN);
  }

  /** Returns the same, with an end of its own; what is beyond is cut off. */
  public Axis upTo(double end) {
    return new Axis(label, logarithmic, low, end);
  }

  /** Returns the same, beginning at a value of its own. */
  public Axis from(double start) {
    return new Axis(label, logarithmic, start, high);
  }

  /** Whether a value has a place on such an axis. */
  boolean holds(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }
}
