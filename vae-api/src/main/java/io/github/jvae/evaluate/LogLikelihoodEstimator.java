package io.github.jvae.evaluate;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Prefetcher;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Network;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Estimates log p(x) by drawing latent vectors: {@code log (1/K Σ_k w_k)}, with weights as the
 * {@link Proposal} says.
 *
 * <p>Some draws at a time, so that memory depends neither on their number nor on that of images.
 * The noise follows from the seed and an image's place in the data set: the result does not depend
 * on how the work is divided. For one thread.
 *
 * <p>An image is handed to the engine once for many draws, and repeated there: to hand over so many
 * pixels is one thread's work, and took a tenth of the time of decoding.
 */
public final class LogLikelihoodEstimator implements AutoCloseable {
  /**
   * Draws decoded at a time: the weights of a dense layer then come to the processor once for many
   * of them, and threads seldom wait for each other. Twice as many, and engines give memory back to
   * the system between the calls.
   */
  private static final int MOST_ROWS = 4096;

  /** Numbers that a layer of the decoder makes at a time; convolutions gain nothing from more. */
  private static final int NUMBERS = 1 << 22;

  private static final int BATCHES_AHEAD = 2;
  private static final int IMAGES_READ = 64;

  private final ModelRuntime runtime;
  private final Proposal proposal;
  private final Executable logWeights;

  /** Prepares the computation; nothing is recorded yet. */
  public LogLikelihoodEstimator(ModelRuntime runtime, Proposal proposal) {
    this.runtime = runtime;
    this.proposal = proposal;
    this.logWeights = runtime
        .backend()
        .compile(Computation.of(Computation.Examples.APART, (trace, inputs) -> {
          Inputs in = runtime.inputs(inputs.get(0), inputs.subList(2, inputs.size()));
          int draws = inputs.get(1).shape().dimension(1);
          Tensor noise = fold(inputs.get(1));
          Tensor weights = proposal == Proposal.POSTERIOR
              ? runtime.model().bound(in, noise, DivergenceForm.SAMPLED).elbo()
              : fromPrior(runtime.model(), in.repeat(draws), noise);
          return List.of(unfold(weights, draws));
        }));
  }

  /** {@code log p(x|z)} for z of the prior. */
  private static Tensor fromPrior(LatentModel model, Inputs in, Tensor noise) {
    Tensor z = model.sample(noise, in.conditions());
    return model.logLikelihood(in, model.decode(z, in.conditions()));
  }

  /** Puts [images, draws, N] into [images · draws, N]. */
  private static Tensor fold(Tensor draws) {
    Shape shape = draws.shape();
    return draws.reshape(shape.dimension(0) * shape.dimension(1), shape.dimension(2));
  }

  /** Puts [images · draws] into [images, draws]. */
  private static Tensor unfold(Tensor each, int draws) {
    return each.reshape(each.shape().dimension(0) / draws, draws);
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
    requireSamples(samples);
    data.requireFor(runtime.example(), runtime.conditions());
    RandomStream root = root(seed);
    Batches batches = Batches.of(data, Math.min(IMAGES_READ, data.size()))
        .withConditions(runtime.conditions().keySet())
        .transformed(transforms, Pass.test(seed));
    SupportCheck support = new SupportCheck(runtime);
    Iterator<DrawnImage> images = StreamSupport.stream(batches.spliterator(), false)
        .peek(batch -> support.require(data, batch))
        .flatMap(batch -> images(
            batch.x(),
            runtime.conditionsOf(batch.size(), batch.conditions()),
            batch.indices(),
            root))
        .iterator();
    Average average = new Average(samples);
    weigh(images, samples, average::add, progress);
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
    requireSamples(samples);
    ExampleCheck check = new ExampleCheck(runtime);
    check.requireShape(images);
    int[] indices = IntStream.range(0, images.shape().dimension(0)).toArray();
    List<HostTensor> told = runtime.conditionsOf(indices.length, conditions);
    check.require(images, conditions);
    DoubleStream.Builder result = DoubleStream.builder();
    weigh(
        images(images, told, indices, root(seed)).iterator(),
        samples,
        weights -> result.add(weights.logMean()),
        done -> {});
    return result.build().toArray();
  }

  private static void requireSamples(int samples) {
    if (samples < 1) {
      throw new VaeException(
          "an estimate of log p(x) needs at least 1 draw for each image, not " + samples);
    }
  }

  private RandomStream root(long seed) {
    return RandomStream.of(seed)
        .child(proposal == Proposal.POSTERIOR ? "importance" : "prior sampling");
  }

  private static Stream<DrawnImage> images(
      HostTensor images, List<HostTensor> conditions, int[] indices, RandomStream root) {
    return IntStream.range(0, indices.length).mapToObj(i -> {
      List<HostTensor> inputs = Stream.concat(Stream.of(images), conditions.stream())
          .map(input -> input.rows(i, i + 1))
          .toList();
      return new DrawnImage(inputs, root.child(indices[i]), new WeightSum());
    });
  }

  /**
   * Draws, while another thread prepares the next draws and their noise.
   *
   * @param finished given what the draws of each image have given, in the images' order
   * @param progress told how many draws were taken
   */
  private void weigh(
      Iterator<DrawnImage> images,
      int samples,
      Consumer<WeightSum> finished,
      LongConsumer progress) {
    LatentModel model = runtime.model();
    DrawBatches draws = new DrawBatches(
        images,
        samples,
        rows(model),
        proposal == Proposal.POSTERIOR ? model.noiseSize() : model.priorNoiseSize());
    long done = 0;
    try (Prefetcher<DrawBatch> batches = new Prefetcher<>(draws, BATCHES_AHEAD)) {
      while (batches.hasNext()) {
        DrawBatch batch = batches.next();
        batch.weigh(logWeights.run(batch.inputs()).get(0), finished);
        done += batch.draws();
        progress.accept(done);
      }
    }
  }

  private int rows(LatentModel model) {
    int widest = model.networks().stream()
        .mapToInt(Network::widest)
        .max()
        .orElse(runtime.example().size());
    return Math.min(MOST_ROWS, NUMBERS / widest);
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
    logWeights.close();
  }
}
