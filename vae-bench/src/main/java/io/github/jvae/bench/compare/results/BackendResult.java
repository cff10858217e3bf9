package io.github.jvae.bench.compare.results;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one engine did. Whatever is null was not measured, because it failed before or the run was
 * broken off.
 *
 * @param name the backend's
 * @param status how it ended
 * @param failure why it failed, in one sentence; null if it did not
 * @param engine the engine and its version
 * @param binding the Java binding and its version
 * @param device where it computed
 * @param training how fast it trained
 * @param inference how fast it encodes, decodes and samples
 * @param startup what it costs before it trains
 * @param phases where the time of one repetition went, in order
 * @param quality what the trained model is worth on the test images
 * @param secondsToTarget of training until the target ELBO was reached
 * @param peakRssMib the processes' largest resident memory, MiB
 * @param nativesMib the engine's native libraries on disk, MiB
 * @param losses of the first repetition
 * @param pictures what the trained model shows
 */
public record BackendResult(
    @PlainName String name,
    Status status,
    @Nullable String failure,
    @Nullable String engine,
    @Nullable String binding,
    @Nullable String device,
    @Nullable Training training,
    @Nullable Inference inference,
    @Nullable Startup startup,
    @Size(max = 100) List<Phase> phases,
    @Nullable Quality quality,
    @AtLeast(0) @Nullable Double secondsToTarget,
    @Nullable Spread peakRssMib,
    @AtLeast(0) @Nullable Double nativesMib,
    @Nullable LossCurve losses,
    @Nullable Pictures pictures) {
  /** Keeps a copy of the list. */
  public BackendResult {
    phases = Lists.copy(phases);
  }

  /** How an engine's part ended. */
  public enum Status {
    /** All was measured. */
    COMPLETE,
    /** The run was broken off; what was measured until then is here. */
    PARTIAL,
    /** It could not go on; what was measured until then is here. */
    FAILED
  }

  /**
   * How fast it trained.
   *
   * @param imagesPerSecond of each repetition, warm-up apart
   * @param ratioToFastest of blocks of steps in pairs, 1 for the fastest; null where there is
   *     nothing to compare
   */
  public record Training(
      @Size(min = 1, max = 10_000) List<@AtLeast(0) Double> imagesPerSecond,
      @Nullable Interval ratioToFastest) {
    /** Keeps a copy of the list. */
    public Training {
      imagesPerSecond = Lists.copy(imagesPerSecond);
    }
  }

  /**
   * A number and what else it might be.
   *
   * @param value the estimate
   * @param low the bootstrap interval's lower end, 95 %
   * @param high its upper end
   */
  public record Interval(
      @AtLeast(0) double value,
      @AtLeast(0) double low,
      @AtLeast(0) double high) {}

  /**
   * How often per second, or how long.
   *
   * @param median of what was seen
   * @param min the least
   * @param max the most
   */
  public record Spread(
      @AtLeast(0) double median,
      @AtLeast(0) double min,
      @AtLeast(0) double max) {
    /** Returns the spread of numbers, at least one. */
    public static Spread of(List<Double> numbers) {
      double[] array = numbers.stream().mapToDouble(number -> number).toArray();
      return new Spread(median(array), Collections.min(numbers), Collections.max(numbers));
    }

    /** The middle one of numbers, at least one, or the mean of the two in the middle. */
    public static double median(double... numbers) {
      double[] sorted = numbers.clone();
      Arrays.sort(sorted);
      int half = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
  }

  /**
   * How fast the trained model is used.
   *
   * @param encodeImagesPerSecond at the batch size of training
   * @param decodeImagesPerSecond at the batch size of training
   * @param sampleImagesPerSecond at the batch size of training, prior included
   * @param reconstructOneMs one image through encoder and decoder, milliseconds
   */
  public record Inference(
      @Nullable Spread encodeImagesPerSecond,
      @Nullable Spread decodeImagesPerSecond,
      @Nullable Spread sampleImagesPerSecond,
      @Nullable Latency reconstructOneMs) {}

  /**
   * Milliseconds of single calls.
   *
   * @param p50 half of the calls took no longer
   * @param p99 99 of 100 calls took no longer
   */
  public record Latency(@AtLeast(0) double p50, @AtLeast(0) double p99) {}

  /**
   * What it costs before it trains.
   *
   * @param startMs from the process's start to a model with weights, milliseconds
   * @param firstStepMs the first training step, recorded and compiled, milliseconds
   */
  public record Startup(Spread startMs, Spread firstStepMs) {}

  /** A stretch of time with its name. */
  public record Phase(String name, @AtLeast(0) double seconds) {}

  /**
   * What the trained model is worth on the test images, nats per example.
   *
   * @param elbo the evidence lower bound
   * @param elboStandardError over the images
   * @param logLikelihood the reconstruction term, E_q[log p(x|z)]
   * @param kl the divergence, KL(q(z|x) ‖ p(z))
   */
  public record Quality(
      double elbo, @AtLeast(0) double elboStandardError, double logLikelihood, double kl) {}

  /**
   * Files of pictures, relative to the results' folder, each showing the same on every engine.
   *
   * @param reconstructions test images above their reconstructions
   * @param samples expected images of latent vectors from the prior
   * @param interpolation between pairs of test images
   */
  public record Pictures(
      @Nullable String reconstructions,
      @Nullable String samples,
      @Nullable String interpolation) {}
}
