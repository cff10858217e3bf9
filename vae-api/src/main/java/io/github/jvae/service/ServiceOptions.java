package io.github.jvae.service;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import java.time.Duration;
import java.util.Objects;

/**
 * How a service takes requests and computes them.
 *
 * @param queue how many examples may wait, of all requests together
 * @param batch how many examples of several requests are computed together, at most; 1 for none. A
 *     request is never divided: a larger one is computed by itself.
 * @param gather how long the first request of a batch waits for others; for no time, a batch is
 *     what has come meanwhile, and a thread that meets a free service computes its request itself
 * @param whenFull what becomes of a request for which there is no room
 * @param patience how long a thread waits for room, where it does
 * @param workers how many batches are computed at once, at most
 * @param samples draws of the posterior for the scores of an example
 * @param seed of these draws
 */
public record ServiceOptions(
    int queue,
    int batch,
    Duration gather,
    WhenFull whenFull,
    Duration patience,
    int workers,
    int samples,
    long seed) {
  /** The largest size that computations are recorded for. */
  private static final int MOST_BATCH = 256;

  private static final int MOST_WORKERS = 64;
  private static final int MOST_SAMPLES = 1 << 20;
  private static final int DEFAULT_WORKERS = 8;
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final ServiceOptions DEFAULTS = new ServiceOptions(
      1024,
      32,
      Duration.ZERO,
      WhenFull.WAIT,
      Duration.ofSeconds(10),
      Math.min(DEFAULT_WORKERS, Runtime.getRuntime().availableProcessors()),
      1,
      1);

  /** @throws VaeException if a number is out of its range */
  public ServiceOptions {
    require("queue", queue, Integer.MAX_VALUE);
    require("batch", batch, MOST_BATCH);
    require("workers", workers, MOST_WORKERS);
    require("samples", samples, MOST_SAMPLES);
    require("gather", gather);
    require("patience", patience);
    Objects.requireNonNull(whenFull, "whenFull");
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new ConfigurationException("a service's " + name + " must be "
          + (most == Integer.MAX_VALUE ? "at least 1" : "from 1 to " + most) + ", not " + value);
    }
  }

  private static void require(String name, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new ConfigurationException(
          "a service's " + name + " must be from no time to an hour, not " + value);
    }
  }

  /**
   * Returns the usual: 1,024 examples may wait, those that wait are computed 32 at a time without
   * waiting for more, a thread waits ten seconds for room, scores are of one draw, and as many
   * batches are computed at once as there are processors, 8 at most.
   */
  public static ServiceOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these with another number of examples that may wait. */
  public ServiceOptions withQueue(int examples) {
    return new ServiceOptions(examples, batch, gather, whenFull, patience, workers, samples, seed);
  }

  /** Returns these with batches of at most so many examples, that wait so long for others. */
  public ServiceOptions withBatch(int examples, Duration longest) {
    return new ServiceOptions(queue, examples, longest, whenFull, patience, workers, samples, seed);
  }

  /** Returns these with each request computed by itself. */
  public ServiceOptions withoutBatches() {
    return withBatch(1, Duration.ZERO);
  }

  /** Returns these with requests refused at once for which there is no room. */
  public ServiceOptions rejecting() {
    return new ServiceOptions(
        queue, batch, gather, WhenFull.REJECT, patience, workers, samples, seed);
  }

  /** Returns these with threads that wait so long for room. */
  public ServiceOptions waiting(Duration longest) {
    return new ServiceOptions(queue, batch, gather, WhenFull.WAIT, longest, workers, samples, seed);
  }

  /** Returns these with so many batches computed at once, at most. */
  public ServiceOptions withWorkers(int count) {
    return new ServiceOptions(queue, batch, gather, whenFull, patience, count, samples, seed);
  }

  /** Returns these with scores of so many draws, that follow from a seed. */
  public ServiceOptions withScores(int draws, long ofSeed) {
    return new ServiceOptions(queue, batch, gather, whenFull, patience, workers, draws, ofSeed);
  }
}
