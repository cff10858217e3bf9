package io.github.jvae.evaluate;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Estimates log p(x) by drawing latent vectors: {@code log (1/K Σ_k w_k)}, with weights as the
 * {@link Proposal} says.
 *
 * <p>Some draws at a time, so that memory depends neither on their number nor on that of images.
 * The noise follows from the seed and an image's place in the data set: the result does not depend
 * on how the work is divided. For one thread.
 */
public final class LogLikelihoodEstimator implements AutoCloseable {
  private final ImportanceDraws draws;

  /** Prepares the computation; nothing is recorded yet. */
  public LogLikelihoodEstimator(ModelRuntime runtime, Proposal proposal) {
    this.draws = ImportanceDraws.of(runtime, proposal);
  }

  /**
   * Estimates the mean over a data set.
   *
   * @param data examples that the model can take
   * @param samples draws for each example, at least 1
   * @param transforms what is done to them
   * @param seed of the draws and of what is random in the transforms
   * @param progress told how many draws were taken, of images · samples
   * @throws VaeException if the model cannot take the examples, or there are no draws
   */
  public LogLikelihoodEstimate estimate(
      Examples data, int samples, Transforms transforms, long seed, LongConsumer progress) {
    Average average = new Average(samples);
    draws.take(
        data, 0, samples, transforms, seed, image -> average.add(image.sums().weights()), progress);
    return average.result();
  }

  /**
   * Estimates log p(x) of each of a few images, for a model without conditions.
   *
   * @throws VaeException as {@link #estimate(HostTensor, Map, int, long)}
   */
  public double[] estimate(HostTensor images, int samples, long seed) {
    return estimate(images, Map.of(), samples, seed);
  }

  /**
   * Estimates log p(x) of each of a few images.
   *
   * @param images [B, C, H, W]
   * @param conditions of the images, by name, [B, ...]
   * @return nats, one for each image
   * @throws VaeException if the shape is not the model's, a pixel is outside of what the likelihood
   *     gives a probability to, a condition is missing, or there are no draws
   */
  public double[] estimate(
      HostTensor images, Map<String, HostTensor> conditions, int samples, long seed) {
    DoubleStream.Builder result = DoubleStream.builder();
    draws.take(
        images,
        conditions,
        IntStream.range(0, images.shape().dimension(0)).toArray(),
        samples,
        seed,
        image -> result.add(image.sums().weights().logMean()));
    return result.build().toArray();
  }

  /** The mean over images. */
  private static final class Average {
    private final int samples;
    private final RunningMean logLikelihood = new RunningMean();
    private double squaredErrors;
    private double effective;

    Average(int samples) {
      this.samples = samples;
    }

    void add(WeightSum weights) {
      logLikelihood.add(weights.logMean());
      squaredErrors += Math.pow(weights.standardError(), 2);
      effective += weights.effectiveSampleSize();
    }

    LogLikelihoodEstimate result() {
      long images = logLikelihood.count();
      return new LogLikelihoodEstimate(
          Math.toIntExact(images),
          samples,
          logLikelihood.value(),
          logLikelihood.standardError(),
          Math.sqrt(squaredErrors) / images,
          effective / images);
    }
  }

  @Override
  public void close() {
    draws.close();
  }
}
