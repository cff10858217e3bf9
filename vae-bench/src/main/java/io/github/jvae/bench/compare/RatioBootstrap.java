package io.github.jvae.bench.compare;

import io.github.jvae.bench.compare.Repetition.Block;
import io.github.jvae.bench.compare.results.BackendResult.Interval;
import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * How sure a ratio is: the percentile bootstrap (Efron, "Bootstrap methods: another look at the
 * jackknife", 1979), 95 %.
 */
final class RatioBootstrap {
  private static final int DRAWS = 2000;
  private static final double TAIL = 0.025;

  private final RandomStream random = RandomStream.of(1).child("bootstrap");

  /**
   * The ratio of training speeds: the median over repetitions of the median over blocks of steps,
   * each compared with the other engine's same block, which ran just before or after. Repetitions
   * are drawn for both engines alike, and so are their blocks: what slowed one slowed the other
   * too.
   *
   * @param engine repetitions of blocks, none empty
   * @param fastest of the engine that it is compared with
   */
  Interval of(List<List<Block>> engine, List<List<Block>> fastest) {
    List<double[]> ratios = ratios(engine, fastest);
    return interval(median(ratios), () -> {
      double[] drawn = new double[ratios.size()];
      Arrays.setAll(drawn, i -> drawnMedian(ratios.get(random.nextInt(ratios.size()))));
      return Spread.median(drawn);
    });
  }

  /** {@link #of} without an interval. */
  static double ratio(List<List<Block>> engine, List<List<Block>> other) {
    return median(ratios(engine, other));
  }

  private static List<double[]> ratios(List<List<Block>> engine, List<List<Block>> other) {
    List<double[]> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(engine.size(), other.size()); i++) {
      List<Block> own = engine.get(i);
      List<Block> others = other.get(i);
      double[] pairs = new double[Math.min(own.size(), others.size())];
      Arrays.setAll(
          pairs, block -> own.get(block).imagesPerSecond() / others.get(block).imagesPerSecond());
      ratios.add(pairs);
    }
    return ratios;
  }

  private static double median(List<double[]> ratios) {
    return Spread.median(ratios.stream().mapToDouble(Spread::median).toArray());
  }

  private double drawnMedian(double[] numbers) {
    double[] drawn = new double[numbers.length];
    Arrays.setAll(drawn, i -> numbers[random.nextInt(numbers.length)]);
    return Spread.median(drawn);
  }

  /** The ratio of the medians of numbers that have nothing to do with each other. */
  Interval ofNumbers(List<Double> after, List<Double> before) {
    double[] later = array(after);
    double[] earlier = array(before);
    return interval(
        Spread.median(later) / Spread.median(earlier),
        () -> drawnMedian(later) / drawnMedian(earlier));
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

  /** Returns the images per second of a repetition: the median of its blocks. */
  static double speed(List<Block> blocks) {
    return Spread.median(blocks.stream().mapToDouble(Block::imagesPerSecond).toArray());
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(number -> number).toArray();
  }
}
