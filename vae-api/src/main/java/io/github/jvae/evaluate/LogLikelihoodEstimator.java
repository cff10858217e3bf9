package io.github.jvae.evaluate;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Computation.Examples;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.Dataset;
import io.github.jvae.data.Prefetcher;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Model;
import io.github.jvae.model.Posterior;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Estimates log p(x) by drawing latent vectors: {@code log (1/K Σ_k w_k)}, with weights as the
 * {@link Proposal} says.
 *
 * <p>Some draws of some images at a time, so that memory depends neither on the number of draws nor
 * on that of images. The noise follows from the seed and an image's place in the data set: the
 * result does not depend on how the work is divided. For one thread.
 *
 * <p>What there is to do but once for an image, or takes no time worth an engine's call for it, is
 * done for more draws at a time than decoding, which is nearly all of the work.
 */
public final class LogLikelihoodEstimator implements AutoCloseable {
  /** Enough that threads can share them. */
  private static final int IMAGES = 16;

  /** Latent vectors drawn at a time. */
  private static final int DRAWN_ROWS = 4096;

  /** Latent vectors decoded at a time: more does not help, and leaves the processor's caches. */
  private static final int DECODED_ROWS = 512;

  private static final int CHUNKS_AHEAD = 2;

  private final ModelRuntime runtime;
  private final Proposal proposal;
  private final Executable draw;
  private final Executable logLikelihood;

  /** Prepares the computations; nothing is recorded yet. */
  public LogLikelihoodEstimator(ModelRuntime runtime, Proposal proposal) {
    this.runtime = runtime;
    this.proposal = proposal;
    Model model = runtime.model();
    this.draw = compile(
        proposal == Proposal.POSTERIOR
            ? (trace, inputs) -> drawFromPosterior(model, inputs.get(0), inputs.get(1))
            : (trace, inputs) ->
                List.of(unfold(inputs.get(0), model.prior().sample(fold(inputs.get(0))))));
    this.logLikelihood = compile((trace, inputs) ->
        List.of(model.logLikelihood(inputs.get(0), model.decode(inputs.get(1)))));
  }

  private Executable compile(Computation computation) {
    return runtime.backend().compile(Computation.of(Examples.APART, computation));
  }

  /** Latent vectors, and {@code log p(z) - log q(z|x)} of each. */
  private static List<Tensor> drawFromPosterior(Model model, Tensor images, Tensor noise) {
    Posterior posterior = model.encode(images).repeat(noise.shape().dimension(1));
    Tensor z = model.sample(posterior, fold(noise));
    Tensor logRatio = model.logPrior(z).subtract(posterior.logProb(z));
    return List.of(
        unfold(noise, z),
        logRatio.reshape(noise.shape().dimension(0), noise.shape().dimension(1)));
  }

  /** Of [images, draws, N]: [images · draws, N]. */
  private static Tensor fold(Tensor draws) {
    Shape shape = draws.shape();
    return draws.reshape(shape.dimension(0) * shape.dimension(1), shape.dimension(2));
  }

  /** Of [images · draws, L], with as many of both as the noise: [images, draws, L]. */
  private static Tensor unfold(Tensor noise, Tensor rows) {
    Shape shape = noise.shape();
    return rows.reshape(shape.dimension(0), shape.dimension(1), rows.shape().dimension(1));
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
    Batches batches =
        Batches.of(data, Math.min(IMAGES, data.size())).binarizedForTest(binarization, seed);
    Iterator<ImageGroup> groups = StreamSupport.stream(batches.spliterator(), false)
        .map(batch -> new ImageGroup(batch.images(), batch.indices()))
        .iterator();
    forEachGroup(groups, samples, seed, group -> {
      group.weights().forEach(average::add);
      progress.accept(average.images() * samples);
    });
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
    Iterator<ImageGroup> groups = IntStream.iterate(
            0, begin -> begin < count, begin -> begin + IMAGES)
        .mapToObj(begin -> {
          int end = Math.min(count, begin + IMAGES);
          return new ImageGroup(
              images.rows(begin, end), IntStream.range(begin, end).toArray());
        })
        .iterator();
    DoubleStream.Builder result = DoubleStream.builder();
    forEachGroup(
        groups,
        samples,
        seed,
        group -> group.weights().forEach(weights -> result.add(weights.logMean())));
    return result.build().toArray();
  }

  private static void requireSamples(int samples) {
    if (samples < 1) {
      throw new VaeException(
          "an estimate of log p(x) needs at least 1 draw for each image, not " + samples);
    }
  }

  /** Draws while another thread prepares the noise of the next draws, also of other images. */
  private void forEachGroup(
      Iterator<ImageGroup> groups, int samples, long seed, Consumer<ImageGroup> finished) {
    RandomStream root = RandomStream.of(seed)
        .child(proposal == Proposal.POSTERIOR ? "importance" : "prior sampling");
    NoiseChunks noise = new NoiseChunks(groups, root, samples, DRAWN_ROWS, noiseSize());
    try (Prefetcher<NoiseChunks.Chunk> chunks = new Prefetcher<>(noise, CHUNKS_AHEAD)) {
      while (chunks.hasNext()) {
        NoiseChunks.Chunk chunk = chunks.next();
        draw(chunk.group(), chunk.noise());
        if (chunk.isLast()) {
          finished.accept(chunk.group());
        }
      }
    }
  }

  private int noiseSize() {
    int latent = runtime.architecture().latent();
    return proposal == Proposal.POSTERIOR ? latent : runtime.model().prior().noiseSize(latent);
  }

  private void draw(ImageGroup group, HostTensor noise) {
    if (proposal == Proposal.POSTERIOR) {
      List<HostTensor> drawn = draw.run(group.images(), noise);
      float[] logRatios = drawn.get(1).data();
      weigh(group, drawn.get(0), draw -> logRatios[draw]);
    } else {
      weigh(group, draw.run(noise).get(0), draw -> 0);
    }
  }

  /**
   * Decodes, and adds the weights.
   *
   * @param latents [images, draws, L]
   * @param logRatio what to add to the log-likelihood of an image's draw, of images · draws
   */
  private void weigh(ImageGroup group, HostTensor latents, IntToDoubleFunction logRatio) {
    int draws = latents.shape().dimension(1);
    int begin = 0;
    while (begin < draws) {
      int times = NoiseChunks.evenPart(draws - begin, Math.max(1, DECODED_ROWS / group.size()));
      HostTensor rows = columns(latents, begin, times);
      float[] logLikelihoods =
          logLikelihood.run(group.repeated(times), rows).get(0).data();
      for (int image = 0; image < group.size(); image++) {
        for (int i = 0; i < times; i++) {
          double ratio = logRatio.applyAsDouble(image * draws + begin + i);
          group.add(image, logLikelihoods[image * times + i] + ratio);
        }
      }
      begin += times;
    }
  }

  /** Some draws of each image, of [images, draws, L]: [images · times, L]. */
  private static HostTensor columns(HostTensor latents, int begin, int times) {
    Shape shape = latents.shape();
    int images = shape.dimension(0);
    int draws = shape.dimension(1);
    int latent = shape.dimension(2);
    HostTensor rows = HostTensor.zeros(Shape.of(images * times, latent));
    for (int image = 0; image < images; image++) {
      System.arraycopy(
          latents.data(),
          (image * draws + begin) * latent,
          rows.data(),
          image * times * latent,
          times * latent);
    }
    return rows;
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

    long images() {
      return logLikelihood.count();
    }

    LogLikelihoodEstimate result() {
      long images = images();
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
    draw.close();
    logLikelihood.close();
  }
}
