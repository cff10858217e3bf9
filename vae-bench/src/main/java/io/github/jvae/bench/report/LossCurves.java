package io.github.jvae.bench.report;

import io.github.jvae.bench.chart.Series;
import io.github.jvae.bench.chart.Series.Sample;
import io.github.jvae.bench.compare.results.Agreement;
import io.github.jvae.bench.compare.results.LossCurve;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** The losses of the engines that trained, side by side. */
final class LossCurves {
  /** Tables show no more rows than one reads; all values are in the results. */
  private static final int TABLE_ROWS = 12;

  /** The first of many steps lose so much more that the rest would be a flat line. */
  private static final double KEPT = 0.97;

  private static final double STEEP = 2;

  private final List<Engine> engines;
  private final List<Map<Integer, Integer>> positions = new ArrayList<>();
  private final double[] usualSizes;

  /** @param engines each has losses */
  LossCurves(List<Engine> engines) {
    this.engines = engines;
    for (Engine engine : engines) {
      Map<Integer, Integer> position = new HashMap<>();
      List<Integer> steps = losses(engine).steps();
      for (int i = 0; i < steps.size(); i++) {
        position.put(steps.get(i), i);
      }
      positions.add(position);
    }
    this.usualSizes = engines.stream()
        .mapToDouble(engine -> Agreement.usualSize(losses(engines.get(0)), losses(engine)))
        .toArray();
  }

  private static LossCurve losses(Engine engine) {
    return Objects.requireNonNull(engine.losses());
  }

  List<Engine> engines() {
    return engines;
  }

  boolean isEmpty() {
    return engines.isEmpty();
  }

  /** An engine's loss at a step, nats per example; not a number where there is none. */
  double loss(int engine, int step) {
    Integer at = positions.get(engine).get(step);
    return at == null ? Double.NaN : losses(engines.get(engine)).losses().get(at);
  }

  /** When an engine ended a step, seconds; not a number where it did not. */
  double seconds(int engine, int step) {
    Integer at = positions.get(engine).get(step);
    return at == null ? Double.NaN : losses(engines.get(engine)).seconds().get(at);
  }

  /** All steps that some engine took, in order. */
  private List<Integer> steps() {
    TreeSet<Integer> steps = new TreeSet<>();
    engines.forEach(engine -> steps.addAll(losses(engine).steps()));
    return List.copyOf(steps);
  }

  /** A few steps for a table: the first, the last, and between them ever fewer. */
  List<Integer> tableSteps() {
    List<Integer> steps = steps();
    TreeSet<Integer> kept = new TreeSet<>();
    for (int row = 0; row < TABLE_ROWS; row++) {
      double share = row / (TABLE_ROWS - 1.0);
      kept.add(steps.get((int) Math.round(Math.pow(steps.size(), share)) - 1));
    }
    return List.copyOf(kept);
  }

  /** The losses against steps. */
  List<Series> againstSteps() {
    List<Series> series = new ArrayList<>();
    for (Engine engine : engines) {
      LossCurve curve = losses(engine);
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < curve.steps().size(); i++) {
        samples.add(Sample.of(curve.steps().get(i), curve.losses().get(i)));
      }
      series.add(new Series(engine.name(), engine.colour(), samples));
    }
    return series;
  }

  /** The losses against seconds. */
  List<Series> againstSeconds() {
    List<Series> series = new ArrayList<>();
    for (Engine engine : engines) {
      LossCurve curve = losses(engine);
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < curve.steps().size(); i++) {
        samples.add(Sample.of(curve.seconds().get(i), curve.losses().get(i)));
      }
      series.add(new Series(engine.name(), engine.colour(), samples));
    }
    return series;
  }

  /** How much each engine but the first differs from that one, relatively, step by step. */
  List<Series> differences() {
    List<Series> series = new ArrayList<>();
    for (int other = 1; other < engines.size(); other++) {
      List<Sample> samples = new ArrayList<>();
      for (int step : steps()) {
        samples.add(Sample.of(step, difference(other, step)));
      }
      Engine engine = engines.get(other);
      series.add(new Series(engine.name(), engine.colour(), samples));
    }
    return series;
  }

  /** The relative difference of an engine's loss from the first's, see {@link Agreement}. */
  double difference(int other, int step) {
    return Agreement.difference(loss(0, step), loss(other, step), usualSizes[other]);
  }

  /** The first step at which an engine's loss was no finite number; 0 if it always was one. */
  int diverged(int engine) {
    LossCurve curve = losses(engines.get(engine));
    for (int i = 0; i < curve.steps().size(); i++) {
      if (!Double.isFinite(curve.losses().get(i))) {
        return curve.steps().get(i);
      }
    }
    return 0;
  }

  /** The finite losses of all engines, in order. */
  private double[] sorted() {
    return engines.stream()
        .flatMap(engine -> losses(engine).losses().stream())
        .mapToDouble(loss -> loss)
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  /**
   * Where a chart of the losses ends upwards, so that all but the first steps can be told apart;
   * not a number where nothing need be cut off.
   */
  double ceiling() {
    double[] sorted = sorted();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double kept = sorted[(int) (KEPT * (sorted.length - 1))];
    double least = sorted[0];
    return sorted[sorted.length - 1] - least > STEEP * (kept - least) && kept > least
        ? kept + (kept - least) * 0.1
        : Double.NaN;
  }

  /** The greatest distance of two curves at the same step, as a share of the chart's height. */
  double greatestShareApart() {
    double[] sorted = sorted();
    if (sorted.length == 0) {
      return 0;
    }
    double ceiling = ceiling();
    double top = Double.isNaN(ceiling) ? sorted[sorted.length - 1] : ceiling;
    double apart = 0;
    for (int step : steps()) {
      for (int other = 1; other < engines.size(); other++) {
        double distance = Math.abs(loss(0, step) - loss(other, step));
        apart = Double.isNaN(distance) ? apart : Math.max(apart, distance);
      }
    }
    return top > sorted[0] ? apart / (top - sorted[0]) : 0;
  }
}
