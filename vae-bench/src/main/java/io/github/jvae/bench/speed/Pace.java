package io.github.jvae.bench.speed;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How often something was done per second, over several windows of time.
 *
 * @param median of the windows
 * @param min the slowest window
 * @param max the fastest window
 */
public record Pace(double median, double min, double max) {
  private static final int WINDOWS = 7;

  /**
   * Repeats an action for a while and takes the pace of each window.
   *
   * @param seconds how long in all
   * @param clock nanoseconds, rising
   */
  public static Pace of(Runnable action, double seconds, LongSupplier clock) {
    double[] paces = new double[WINDOWS];
    long length = Math.max(1, (long) (seconds * 1e9 / WINDOWS));
    for (int window = 0; window < WINDOWS; window++) {
      long start = clock.getAsLong();
      long end = start;
      long count = 0;
      while (end - start < length) {
        action.run();
        count++;
        end = clock.getAsLong();
      }
      paces[window] = count * 1e9 / (end - start);
    }
    Arrays.sort(paces);
    return new Pace(paces[WINDOWS / 2], paces[0], paces[WINDOWS - 1]);
  }
}
