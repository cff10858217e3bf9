package io.github.jvae.bench.compare;

import io.github.jvae.bench.compare.MeasuringEvent.Started;
import io.github.jvae.bench.compare.Repetition.Block;
import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.BackendResult.Inference;
import io.github.jvae.bench.compare.results.BackendResult.Interval;
import io.github.jvae.bench.compare.results.BackendResult.Latency;
import io.github.jvae.bench.compare.results.BackendResult.Pictures;
import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.bench.compare.results.BackendResult.Startup;
import io.github.jvae.bench.compare.results.BackendResult.Status;
import io.github.jvae.bench.compare.results.BackendResult.Training;
import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.Machine;
import io.github.jvae.bench.compare.results.ResultsFile;
import io.github.jvae.bench.compare.results.Setup;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the results of what was measured, whole or not. */
public final class ResultsOfRun {
  /** The bound that is timed where none is asked for: what all had reached by this share. */
  private static final double TARGET_SHARE = 0.75;

  private final Setup setup;
  private final Machine machine;
  private final AgreementMeasure agreement;
  private final @Nullable Double askedTarget;

  /**
   * @param setup what was run; its target and number of parameters are not used
   * @param folder of the comparison
   * @param askedTarget the test ELBO whose reaching is timed; null for one that all engines reach
   */
  public ResultsOfRun(Setup setup, Machine machine, Path folder, @Nullable Double askedTarget) {
    this.setup = setup;
    this.machine = machine;
    this.agreement = new AgreementMeasure(folder);
    this.askedTarget = askedTarget;
  }

  /**
   * The results.
   *
   * @param partial whether the run was broken off, or goes on
   */
  public ComparisonResults of(List<EngineRecord> engines, boolean partial) {
    Double target = askedTarget == null ? commonTarget(engines) : askedTarget;
    EngineRecord fastest = fastest(engines);
    List<BackendResult> results =
        engines.stream().map(engine -> result(engine, fastest, target, partial)).toList();
    return new ComparisonResults(
        ResultsFile.SCHEMA,
        partial,
        setup.with(parameters(engines), target),
        machine,
        results,
        agreement.of(results),
        List.of(),
        null);
  }

  private static long parameters(List<EngineRecord> engines) {
    return engines.stream()
        .map(EngineRecord::first)
        .filter(Objects::nonNull)
        .map(Repetition::started)
        .filter(Objects::nonNull)
        .mapToLong(Started::parameters)
        .max()
        .orElse(0);
  }

  /**
   * The least, over engines that were judged to the end, of the best bound they had after a part of
   * the steps: near the end of training, and reached by all.
   */
  private @Nullable Double commonTarget(List<EngineRecord> engines) {
    OptionalDouble target = engines.stream()
        .map(EngineRecord::first)
        .filter(Objects::nonNull)
        .filter(first -> first.steps() == setup.steps() && !first.judgements().isEmpty())
        .mapToDouble(first -> first.judgements().stream()
            .filter(judged -> judged.step()
                <= Math.max(
                    TARGET_SHARE * setup.steps(), first.judgements().get(0).step()))
            .mapToDouble(MeasuringEvent.Judged::elbo)
            .max()
            .orElse(Double.NaN))
        .min();
    return target.isPresent() ? (Double) target.getAsDouble() : null;
  }

  /**
   * Returns the fastest by its ratio to the one with the most images per second, which are not
   * compared in pairs.
   */
  private static @Nullable EngineRecord fastest(List<EngineRecord> engines) {
    List<EngineRecord> timed =
        engines.stream().filter(engine -> !engine.imagesPerSecond().isEmpty()).toList();
    EngineRecord first = timed.stream()
        .max(Comparator.comparingDouble(
            engine -> Spread.of(engine.imagesPerSecond()).median()))
        .orElse(null);
    return first == null
        ? null
        : Collections.max(
            timed,
            Comparator.comparingDouble(
                engine -> RatioBootstrap.ratio(blocks(engine), blocks(first))));
  }

  private static BackendResult result(
      EngineRecord engine,
      @Nullable EngineRecord fastest,
      @Nullable Double target,
      boolean partial) {
    Repetition first = engine.first();
    Started started = first == null ? null : first.started();
    Status status = engine.failure() != null
        ? Status.FAILED
        : partial && !isWhole(engine) ? Status.PARTIAL : Status.COMPLETE;
    return new BackendResult(
        engine.backend(),
        status,
        engine.failure(),
        started == null ? null : started.engine(),
        started == null ? null : started.binding(),
        started == null ? null : started.device(),
        training(engine, fastest),
        inference(engine),
        startup(engine),
        first == null ? List.of() : first.phases(),
        first == null ? null : first.quality(),
        first == null || target == null ? null : first.secondsTo(target),
        spread(engine, Repetition::peakRssMib),
        engine.nativesMib() > 0 ? (Double) engine.nativesMib() : null,
        first == null ? null : first.curve(),
        first == null || first.pictures() == null
            ? null
            : inFolder(engine.backend(), Objects.requireNonNull(first.pictures())));
  }

  private static boolean isWhole(EngineRecord engine) {
    Repetition latest = engine.latest();
    return latest != null && latest.isWhole();
  }

  private static @Nullable Training training(EngineRecord engine, @Nullable EngineRecord fastest) {
    List<Double> speeds = engine.imagesPerSecond();
    if (speeds.isEmpty() || fastest == null) {
      return null;
    }
    Interval ratio = engine == fastest
        ? new Interval(1, 1, 1)
        : new RatioBootstrap().of(blocks(engine), blocks(fastest));
    return new Training(speeds, ratio);
  }

  private static List<List<Block>> blocks(EngineRecord engine) {
    return engine.repetitions().stream()
        .map(Repetition::blocks)
        .filter(blocks -> !blocks.isEmpty())
        .toList();
  }

  private static @Nullable Spread spread(
      EngineRecord engine, Function<Repetition, @Nullable Double> part) {
    List<Double> numbers =
        engine.repetitions().stream().map(part).filter(Objects::nonNull).toList();
    return numbers.isEmpty() ? null : Spread.of(numbers);
  }

  private static @Nullable Startup startup(EngineRecord engine) {
    Spread start = spread(engine, repetition -> {
      Started started = repetition.started();
      return started == null ? null : (Double) started.startMs();
    });
    Spread firstStep = spread(engine, Repetition::firstStepMs);
    return start == null || firstStep == null ? null : new Startup(start, firstStep);
  }

  private static @Nullable Inference inference(EngineRecord engine) {
    List<Inference> all = engine.repetitions().stream()
        .map(Repetition::inference)
        .filter(Objects::nonNull)
        .toList();
    return all.isEmpty()
        ? null
        : new Inference(
            merged(all, Inference::encodeImagesPerSecond),
            merged(all, Inference::decodeImagesPerSecond),
            merged(all, Inference::sampleImagesPerSecond),
            latency(all));
  }

  /** The median of the medians, the least and the most of all. */
  private static @Nullable Spread merged(
      List<Inference> all, Function<Inference, @Nullable Spread> part) {
    List<Spread> spreads = all.stream().map(part).filter(Objects::nonNull).toList();
    if (spreads.isEmpty()) {
      return null;
    }
    return new Spread(
        Spread.of(spreads.stream().map(Spread::median).toList()).median(),
        spreads.stream().mapToDouble(Spread::min).min().orElseThrow(),
        spreads.stream().mapToDouble(Spread::max).max().orElseThrow());
  }

  private static @Nullable Latency latency(List<Inference> all) {
    List<Latency> latencies =
        all.stream().map(Inference::reconstructOneMs).filter(Objects::nonNull).toList();
    return latencies.isEmpty()
        ? null
        : new Latency(
            Spread.of(latencies.stream().map(Latency::p50).toList()).median(),
            Spread.of(latencies.stream().map(Latency::p99).toList()).median());
  }

  private static Pictures inFolder(String backend, Pictures pictures) {
    Function<@Nullable String, @Nullable String> place =
        name -> name == null ? null : backend + "/" + name;
    return new Pictures(
        place.apply(pictures.reconstructions()),
        place.apply(pictures.samples()),
        place.apply(pictures.interpolation()));
  }
}
