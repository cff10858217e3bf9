package io.github.jvae.bench.chart;

import java.util.ArrayList;
import java.util.List;

/** What takes values to pixels along one direction. */
final class Scale {
  private static final double[] STEPS = {1, 2, 5, 10};

  private final boolean logarithmic;
  private final double low;
  private final double high;
  private final double start;
  private final double end;

  /**
   * @param logarithmic whether equal ratios are equally far apart; then low and high are above 0
   * @param low the value at the start
   * @param high the value at the end, above low
   * @param start a pixel
   * @param end a pixel; may be below start
   */
  Scale(boolean logarithmic, double low, double high, double start, double end) {
    this.logarithmic = logarithmic;
    this.low = low;
    this.high = high;
    this.start = start;
    this.end = end;
  }

  /** The pixel of a value; not a number if the value is none, or has no place on the scale. */
  double at(double value) {
    if (!Double.isFinite(value) || (logarithmic && value <= 0)) {
      return Double.NaN;
    }
    double share =
        logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return start + share * (end - start);
  }

  double start() {
    return start;
  }

  double end() {
    return end;
  }

  /**
   * Round values to be named beside the scale.
   *
   * @param most how many there is room for
   */
  List<Double> ticks(int most) {
    return logarithmic ? logarithmicTicks(most) : linearTicks(most);
  }

  /** The smallest step of 1, 2 or 5 times a power of ten that does not give too many. */
  private List<Double> linearTicks(int most) {
    double rough = (high - low) / Math.max(1, most);
    double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = 10 * magnitude;
    for (double factor : STEPS) {
      if (factor * magnitude >= rough) {
        step = factor * magnitude;
        break;
      }
    }
    List<Double> ticks = new ArrayList<>();
    if (!(step > 0 && step < Double.POSITIVE_INFINITY)) {
      // The range is too small or too large for a double to divide.
      return ticks;
    }
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** Powers of ten, thinned out where there are many, with 2 and 5 between where there are few. */
  private List<Double> logarithmicTicks(int most) {
    int room = Math.max(1, most);
    double decades = Math.log10(high / low);
    if (decades < 1) {
      return linearTicks(most);
    }
    double[] factors = 3 * decades <= 1.5 * room ? new double[] {1, 2, 5} : new double[] {1};
    int stride = (int) Math.max(1, Math.ceil(decades / room));
    List<Double> ticks = new ArrayList<>();
    int last = (int) Math.ceil(Math.log10(high) - 1e-9);
    for (int power = (int) Math.floor(Math.log10(low) + 1e-9); power <= last; power += stride) {
      for (double factor : factors) {
        double tick = factor * Math.pow(10, power);
        if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }
}
