package io.github.jvae.bench.speed;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How long single calls took, in microseconds.
 *
 * @param median half of the calls took no longer
 * @param p90 nine in ten took no longer
 * @param p99 ninety-nine in a hundred took no longer
 * @param calls how many there were
 * @param bytes of Java's memory that a call allocated on average, where Java counts that
 */
public record Latency(double median, double p90, double p99, int calls, OptionalLong bytes) {
  private static final int MOST_CALLS = 1 << 20;
  private static final double MICROSECOND = 1e-3;

  /**
   * Repeats a call for a while and takes the time of each.
   *
   * @param seconds how long in all
   * @param clock nanoseconds, rising
   */
  public static Latency of(Runnable call, double seconds, LongSupplier clock) {
    long[] nanos = new long[MOST_CALLS];
    long allocated = allocated();
    long begin = clock.getAsLong();
    long end = begin + Math.max(1, (long) (seconds * 1e9));
    int count = 0;
    long now = begin;
    while (count == 0 || (count < MOST_CALLS && now < end)) {
      call.run();
      long after = clock.getAsLong();
      nanos[count++] = after - now;
      now = after;
    }
    long bytes = allocated() - allocated;
    Arrays.sort(nanos, 0, count);
    return new Latency(
        quantile(nanos, count, 0.5),
        quantile(nanos, count, 0.9),
        quantile(nanos, count, 0.99),
        count,
        allocated < 0 ? OptionalLong.empty() : OptionalLong.of(bytes / count));
  }

  private static double quantile(long[] sorted, int count, double share) {
    return sorted[Math.min(count - 1, (int) Math.ceil(share * count) - 1)] * MICROSECOND;
  }

  private static long allocated() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
            && threads.isThreadAllocatedMemorySupported()
        ? threads.getCurrentThreadAllocatedBytes()
        : -1;
  }
}
