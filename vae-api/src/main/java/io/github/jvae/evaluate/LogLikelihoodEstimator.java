package io.github.jvae.evaluate;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Computation.Examples;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.Dataset;
import io.github.jvae.data.Prefetcher;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Model;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.Rows;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;

/**
 * Estimates log p(x) by drawing latent vectors: {@code log (1/K Σ_k w_k)}, with weights as the
 * {@link Proposal} says.
 *
 * <p>Some draws of some images at a time, so that memory depends neither on the number of draws nor
 * on that of images. The noise follows from the seed and an image's place in the data set: the
 * result does not depend on how the work is divided. For one thread.
 */
public final class LogLikelihoodEstimator implements AutoCloseable {
  /** Enough that threads can share them. */
  private static final int IMAGES = 16;

  /** Latent vectors decoded at a time. */
  private static final int ROWS = 512;

  private static final int CHUNKS_AHEAD = 3;

  private final ModelRuntime runtime;
  private final Proposal proposal;
  private final Executable logWeights;

  /** Prepares the computation; nothing is recorded yet. */
  public LogLikelihoodEstimator(ModelRuntime runtime, Proposal proposal) {
    this.runtime = runtime;
    this.proposal = proposal;
    Model model = runtime.model();
    this.logWeights = runtime.backend().compile(Computation.of(Examples.APART, (trace, inputs) -> {
      Tensor x = inputs.get(0);
      Shape draws = inputs.get(1).shape();
      int times = draws.dimension(1);
      Tensor noise = inputs.get(1).reshape(draws.dimension(0) * times, draws.dimension(2));
      Tensor repeated = Rows.repeat(x, times);
      Tensor weights = proposal == Proposal.POSTERIOR
          ? ofPosterior(model, x, repeated, noise, times)
          : model.logLikelihood(repeated, model.decode(model.prior().sample(noise)));
      return List.of(weights.reshape(draws.dimension(0), times));
    }));
  }

  private static Tensor ofPosterior(
      Model model, Tensor x, Tensor repeated, Tensor noise, int times) {
    Posterior posterior = model.encode(x).repeat(times);
    Tensor z = model.sample(posterior, noise);
    return model
        .logLikelihood(repeated, model.decode(z))
        .add(model.logPrior(z))
        .subtract(posterior.logProb(z));
  }

  /**
   * Estimates the mean over a data set.
   *
   * @param data images of the model's shape
   * @param samples draws for each image, at least 1
   * @param binarization how grey values become binary, if at all
   * @param seed of the draws and of a stochastic binarization
   * @param progress told how many draws were taken, of images · samples
   * @throws VaeException if the images are not of the model's shape, or there are no draws
   */
  public LogLikelihoodEstimate estimate(
      Dataset data, int samples, Binarization binarization, long seed, LongConsumer progress) {
    requireSamples(samples);
    data.requireImageShape(runtime.architecture().input());
    Average average = new Average(samples);
    long done = 0;
    Batches batches = Batches.of(data, Math.min(IMAGES, data.size()));
    for (Batch batch : batches.binarizedForTest(binarization, seed)) {
      for (WeightSum weights : weights(batch.images(), batch.indices(), samples, seed)) {
        average.add(weights);
      }
      done += (long) batch.size() * samples;
      progress.accept(done);
    }
    return average.result();
  }

  /**
   * Estimates log p(x) of each of a few images.
   *
   * @param images [B, C, H, W]
   * @return nats, one for each image
   * @throws VaeException if the shape is not the model's, a pixel is outside of what the likelihood
   *     gives a probability to, or there are no draws
   */
  public double[] estimate(HostTensor images, int samples, long seed) {
    requireSamples(samples);
    new ImageCheck(runtime).require(images);
    int count = images.shape().dimension(0);
    double[] result = new double[count];
    for (int begin = 0; begin < count; begin += IMAGES) {
      int end = Math.min(count, begin + IMAGES);
      int[] indices = new int[end - begin];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = begin + i;
      }
      WeightSum[] weights = weights(images.rows(begin, end), indices, samples, seed);
      for (int i = 0; i < indices.length; i++) {
        result[begin + i] = weights[i].logMean();
      }
    }
    return result;
  }

  private static void requireSamples(int samples) {
    if (samples < 1) {
      throw new VaeException(
          "an estimate of log p(x) needs at least 1 draw for each image, not " + samples);
    }
  }

  private WeightSum[] weights(HostTensor images, int[] indices, int samples, long seed) {
    WeightSum[] sums = new WeightSum[indices.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new WeightSum();
    }
    try (Prefetcher<HostTensor> noises =
        new Prefetcher<>(new Noise(indices, samples, seed), CHUNKS_AHEAD)) {
      while (noises.hasNext()) {
        HostTensor result = logWeights.run(images, noises.next()).get(0);
        int times = result.shape().dimension(1);
        for (int i = 0; i < sums.length; i++) {
          for (int j = 0; j < times; j++) {
            sums[i].add(result.data()[i * times + j]);
          }
        }
      }
    }
    return sums;
  }

  /**
   * The noise of all draws of some images, chunk by chunk; each image's from a stream of its own.
   */
  private final class Noise implements Iterator<HostTensor> {
    private final RandomStream[] streams;
    private final int size;
    private final int atOnce;
    private int left;

    Noise(int[] indices, int samples, long seed) {
      RandomStream root = RandomStream.of(seed)
          .child(proposal == Proposal.POSTERIOR ? "importance" : "prior sampling");
      streams = new RandomStream[indices.length];
      for (int i = 0; i < streams.length; i++) {
        streams[i] = root.child(indices[i]);
      }
      int latent = runtime.architecture().latent();
      size = proposal == Proposal.POSTERIOR ? latent : runtime.model().prior().noiseSize(latent);
      atOnce = Math.max(1, ROWS / indices.length);
      left = samples;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public HostTensor next() {
      if (left == 0) {
        throw new NoSuchElementException("no draws are left");
      }
      int times = Math.min(left, atOnce);
      left -= times;
      HostTensor noise = HostTensor.zeros(Shape.of(streams.length, times, size));
      int at = 0;
      for (RandomStream stream : streams) {
        for (int j = 0; j < times * size; j++) {
          noise.data()[at++] = (float) stream.nextGaussian();
        }
      }
      return noise;
    }
  }

  /** The mean over images. */
  private static final class Average {
    private final int samples;
    private final Mean logLikelihood = new Mean();
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
    logWeights.close();
  }
}
