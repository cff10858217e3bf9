package io.github.jvae.bench.compare.results;

import io.github.jvae.bench.compare.results.BackendResult.Inference;
import io.github.jvae.bench.compare.results.BackendResult.Interval;
import io.github.jvae.bench.compare.results.BackendResult.Latency;
import io.github.jvae.bench.compare.results.BackendResult.Phase;
import io.github.jvae.bench.compare.results.BackendResult.Pictures;
import io.github.jvae.bench.compare.results.BackendResult.Quality;
import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.bench.compare.results.BackendResult.Startup;
import io.github.jvae.bench.compare.results.BackendResult.Status;
import io.github.jvae.bench.compare.results.BackendResult.Training;
import io.github.jvae.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results made up for tests: plausible, and measured nowhere. */
public final class SampleResults {
  /** How many steps were trained. */
  public static final int STEPS = 300;

  private SampleResults() {}

  /** Three engines that went through. */
  public static ComparisonResults complete() {
    return of(
        List.of(
            backend("tensorflow", "TensorFlow 2.18.0", 2413, 1, 0),
            backend("djl", "PyTorch 2.7.1", 1901, 0.788, 1e-7),
            backend("nd4j", "libnd4j 1.0.0-M2.1", 1713, 0.71, 2e-7)),
        false,
        null);
  }

  /** Two engines that went through and one that did not. */
  public static ComparisonResults withFailure(String reason) {
    return of(
        List.of(
            backend("tensorflow", "TensorFlow 2.18.0", 2413, 1, 0),
            backend("djl", "PyTorch 2.7.1", 1901, 0.788, 1e-7),
            failed("nd4j", reason)),
        false,
        null);
  }

  /** Results of any engines. */
  public static ComparisonResults of(
      List<BackendResult> backends, boolean partial, @Nullable Change against) {
    return new ComparisonResults(
        1,
        partial,
        setup(),
        new Machine("AMD EPYC 7B13", 2, 24_012.0, "Linux 6.1", "amd64", "OpenJDK 17.0.15, Debian"),
        backends,
        new Agreement(
            100,
            List.of(
                new Agreement.Pair("tensorflow", "djl", 1.9e-6, 3.1e-5, 287, 4.2e-6),
                new Agreement.Pair("tensorflow", "nd4j", 1.4e-6, 2.6e-5, 291, 3.8e-6),
                new Agreement.Pair("djl", "nd4j", 2.2e-6, 3.3e-5, 287, 5.1e-6))),
        sweeps(),
        against);
  }

  /** What was run. */
  public static Setup setup() {
    return new Setup(
        "2026-11-25T21:07:33+01:00",
        "vae compare --backends tensorflow,djl,nd4j --threads 2 --seed 1 --out comparison",
        "0.1.0",
        "shapes",
        "embedded",
        10_000,
        2_000,
        List.of(3, 32, 32),
        "a convolutional VAE of 32, 64 and 128 channels with a dense layer of 256",
        "Gaussian, σ = 0.1",
        "standard normal",
        32,
        1_406_851,
        1,
        1e-3,
        "adam",
        128,
        STEPS,
        3,
        1,
        "float32",
        2,
        4096,
        1500.0);
  }

  /** An engine that went through. */
  public static BackendResult backend(
      String name, String engine, double pace, double ratio, double rounding) {
    return new BackendResult(
        name,
        Status.COMPLETE,
        null,
        engine,
        "its Java binding 1.1",
        "cpu",
        new Training(
            List.of(pace * 0.986, pace, pace * 1.007),
            new Interval(ratio, ratio == 1 ? 1 : ratio * 0.98, ratio == 1 ? 1 : ratio * 1.02)),
        new Inference(
            new Spread(pace * 6, pace * 5.8, pace * 6.1),
            new Spread(pace * 4, pace * 3.9, pace * 4.1),
            new Spread(pace * 3.9, pace * 3.7, pace * 4),
            new Latency(1200 / pace, 3100 / pace)),
        new Startup(one(900 + pace / 2), one(320)),
        List.of(
            new Phase("start", (900 + pace / 2) / 1000),
            new Phase("first step", 0.32),
            new Phase("training", STEPS * 128 / pace),
            new Phase("test", 1.1)),
        new Quality(1893.4 + rounding * 1e5, 6.1, 1915.9, 22.5),
        9000 / pace,
        one(700 + 100_000 / pace),
        ratio * 380,
        losses(pace, rounding),
        new Pictures(
            name + "/reconstructions.png", name + "/samples.png", name + "/interpolation.png"));
  }

  private static Spread one(double value) {
    return new Spread(value, value, value);
  }

  /** An engine that did not even start. */
  public static BackendResult failed(String name, String reason) {
    return new BackendResult(
        name,
        Status.FAILED,
        reason,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** An engine that was broken off after some steps of the first repetition. */
  public static BackendResult brokenOff(String name, int steps) {
    LossCurve all = losses(2000, 1e-7);
    LossCurve some = new LossCurve(
        all.steps().subList(0, steps),
        all.seconds().subList(0, steps),
        all.losses().subList(0, steps));
    return new BackendResult(
        name,
        Status.PARTIAL,
        null,
        "Engine 1.0",
        null,
        null,
        null,
        null,
        new Startup(one(1000), one(100)),
        List.of(),
        null,
        null,
        null,
        null,
        some,
        null);
  }

  /** An engine whose loss was no number after 50 steps; it noticed nothing. */
  public static BackendResult diverged(String name) {
    LossCurve curve = losses(1700, 1e-7);
    List<Double> losses = new ArrayList<>(curve.losses());
    Collections.fill(losses.subList(50, losses.size()), Double.NaN);
    return new BackendResult(
        name,
        Status.COMPLETE,
        null,
        "Engine 1.0",
        null,
        null,
        new Training(List.of(1700.0, Double.NaN), null),
        new Inference(null, null, null, null),
        null,
        List.of(),
        new Quality(Double.NaN, Double.NaN, Double.NaN, Double.NaN),
        null,
        one(Double.NaN),
        null,
        new LossCurve(curve.steps(), curve.seconds(), losses),
        new Pictures(null, null, null));
  }

  /** Losses that fall from 46,000 nats, noisy alike for all, and rounded differently. */
  public static LossCurve losses(double pace, double rounding) {
    RandomStream batches = RandomStream.of(1).child("batches");
    RandomStream roundings = RandomStream.of((long) pace).child("roundings");
    List<Integer> steps = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (int step = 1; step <= STEPS; step++) {
      double trend = -1900 + 44_000 * Math.exp(-step / 6.0) + 4000 * Math.exp(-step / 60.0);
      double loss = trend + 90 * batches.nextInt(1000) / 1000.0;
      double off = rounding * Math.sqrt(step) * (roundings.nextInt(2001) - 1000) / 1000.0;
      steps.add(step);
      seconds.add(step * 128 / pace);
      losses.add(loss * (1 + off));
    }
    return new LossCurve(steps, seconds, losses);
  }

  private static List<SweepResult> sweeps() {
    List<SweepResult.Point> batches = new ArrayList<>();
    for (int batch : new int[] {1, 8, 32, 128, 512}) {
      batches.add(point(batch, "tensorflow", 1.2 + 0.41 * batch, batch));
      batches.add(point(batch, "djl", 0.9 + 0.52 * batch, batch));
      batches.add(
          batch == 512
              ? new SweepResult.Point(512, "nd4j", "out of memory", null, null, null)
              : point(batch, "nd4j", 0.5 + 0.58 * batch, batch));
    }
    List<SweepResult.Point> threads = new ArrayList<>();
    for (int count : new int[] {1, 2}) {
      threads.add(point(count, "tensorflow", 98.0 / count + 4, 128));
      threads.add(point(count, "djl", 121.0 / count + 6, 128));
      threads.add(point(count, "nd4j", 119.0 / count + 15, 128));
    }
    return List.of(
        new SweepResult("batch", "conv", batches), new SweepResult("threads", "conv", threads));
  }

  private static SweepResult.Point point(int value, String backend, double millis, int batch) {
    return new SweepResult.Point(
        value,
        backend,
        null,
        new Spread(millis, millis * 0.95, millis * 1.2),
        batch * 1000 / millis,
        500 + 1.5 * batch);
  }

  /** What might have changed since last month. */
  public static Change change() {
    return new Change(
        "earlier/results.json",
        "2026-10-25T20:00:00+01:00",
        List.of("Java was 17.0.14, now 17.0.15"),
        List.of(
            new Change.Row(
                "tensorflow",
                "training (images/s)",
                2200,
                2413,
                new Interval(1.097, 1.05, 1.14),
                Change.Verdict.BETTER),
            new Change.Row(
                "djl",
                "training (images/s)",
                1905,
                1901,
                new Interval(0.998, 0.96, 1.03),
                Change.Verdict.SAME)));
  }
}
