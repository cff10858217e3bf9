package io.github.jvae.bench.compare;

import io.github.jvae.bench.compare.Repetition.Block;
import io.github.jvae.bench.compare.results.BackendResult.Interval;
import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * How sure a ratio of two medians is: the percentile bootstrap (Efron, "Bootstrap methods: another
 * look at the jackknife", 1979), 95 %.
 */
final class RatioBootstrap {
  private static final int DRAWS = 2000;
  private static final double TAIL = 0.025;

  private final RandomStream random = RandomStream.of(1).child("bootstrap");

  /**
   * The ratio of training speeds. Repetitions are drawn for both engines alike, as they ran in
   * turns and what slowed one slowed the other too, and within each its blocks of steps.
   *
   * @param engine repetitions of blocks, none empty
   * @param fastest of the engine that it is compared with
   */
  Interval of(List<List<Block>> engine, List<List<Block>> fastest) {
    double value = Spread.median(speeds(engine)) / Spread.median(speeds(fastest));
    int repetitions = Math.min(engine.size(), fastest.size());
    return interval(value, () -> {
      double[] own = new double[repetitions];
      double[] other = new double[repetitions];
      for (int i = 0; i < repetitions; i++) {
        int drawn = random.nextInt(repetitions);
        own[i] = drawnSpeed(engine.get(drawn));
        other[i] = drawnSpeed(fastest.get(drawn));
      }
      return Spread.median(own) / Spread.median(other);
    });
  }

  /** The ratio of the medians of numbers that have nothing to do with each other. */
  Interval ofNumbers(List<Double> after, List<Double> before) {
    return interval(
        Spread.median(array(after)) / Spread.median(array(before)),
        () -> Spread.median(drawn(after)) / Spread.median(drawn(before)));
  }

  private static Interval interval(double value, Supplier<Double> draw) {
    double[] ratios = new double[DRAWS];
    Arrays.setAll(ratios, i -> draw.get());
    Arrays.sort(ratios);
    return new Interval(
        value,
        Math.min(value, ratios[(int) (DRAWS * TAIL)]),
        Math.max(value, ratios[(int) (DRAWS * (1 - TAIL))]));
  }

  private double drawnSpeed(List<Block> blocks) {
    double[] speeds = new double[blocks.size()];
    Arrays.setAll(speeds, i -> blocks.get(random.nextInt(blocks.size())).imagesPerSecond());
    return Spread.median(speeds);
  }

  /** Of a repetition, images per second: the median of its blocks. */
  static double speed(List<Block> blocks) {
    return Spread.median(blocks.stream().mapToDouble(Block::imagesPerSecond).toArray());
  }

  private double[] drawn(List<Double> numbers) {
    double[] result = new double[numbers.size()];
    Arrays.setAll(result, i -> numbers.get(random.nextInt(numbers.size())));
    return result;
  }

  private static double[] speeds(List<List<Block>> repetitions) {
    return repetitions.stream().mapToDouble(RatioBootstrap::speed).toArray();
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(number -> number).toArray();
  }
}
