package io.github.jvae.evaluate;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Prefetcher;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Model;
import io.github.jvae.model.Network;
import io.github.jvae.model.PosteriorDraws;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Draws latent vectors for examples, with their importance weights as a {@link Proposal} says, and
 * sums up what they give for each example.
 *
 * <p>Some draws at a time, so that memory depends neither on their number nor on that of images.
 * The noise follows from the seed and an image's place in the data set: the result does not depend
 * on how the work is divided. Any number of threads may use it.
 *
 * <p>An image is handed to the engine once for many draws, and repeated there: to hand over so many
 * pixels is one thread's work, and took a tenth of the time of decoding.
 */
final class ImportanceDraws implements AutoCloseable {
  /**
   * Draws decoded at a time: the weights of a dense layer then come to the processor once for many
   * of them, and threads seldom wait for each other. Twice as many, and engines give memory back to
   * the system between the calls.
   */
  private static final int MOST_ROWS = 4096;

  /** Numbers that a layer of the decoder makes at a time; convolutions gain nothing from more. */
  private static final int NUMBERS = 1 << 22;

  /**
   * Images at a time, which counts where there are few draws of each: with several thousand, their
   * pixels and what is made of them pass the processor's caches, and engines are half as fast.
   */
  private static final int MOST_IMAGES = 256;

  /** So few draws in all are made in the calling thread: another one would take longer to start. */
  private static final int FEW = 256;

  private static final int BATCHES_AHEAD = 2;
  private static final int IMAGES_READ = 64;

  private final ModelRuntime runtime;
  private final Proposal proposal;
  private final Executable draws;

  /** The same for few images at a time, of which there may be any number. */
  private final RowBlocks fewDraws;

  private ImportanceDraws(ModelRuntime runtime, Proposal proposal, Outputs outputs) {
    this.runtime = runtime;
    this.proposal = proposal;
    this.draws = runtime
        .backend()
        .compile(Computation.of(Computation.Examples.APART, (trace, inputs) -> {
          Inputs in = runtime.inputs(inputs.get(0), inputs.subList(2, inputs.size()));
          int times = inputs.get(1).shape().dimension(1);
          return outputs.of(in, times, fold(inputs.get(1))).stream()
              .map(output -> unfold(output, times))
              .toList();
        }));
    this.fewDraws = new RowBlocks(draws);
  }

  /**
   * Records what is computed of draws, [B · times, ...]: log-weights, log-likelihoods, and more.
   */
  @FunctionalInterface
  private interface Outputs {
    List<Tensor> of(Inputs in, int times, Tensor noise);
  }

  /** Prepares draws with their log-weights and log-likelihoods; nothing is recorded yet. */
  static ImportanceDraws of(ModelRuntime runtime, Proposal proposal) {
    LatentModel model = runtime.model();
    return new ImportanceDraws(
        runtime,
        proposal,
        proposal == Proposal.POSTERIOR
            ? (in, times, noise) -> fromPosterior(model, in, noise)
            : (in, times, noise) -> fromPrior(model, in.repeat(times), noise));
  }

  /**
   * Prepares draws from the posterior, and what each element adds to their log-likelihoods as well.
   *
   * @throws VaeException if the model does not say that
   */
  static ImportanceDraws withElements(ModelRuntime runtime) {
    if (!(runtime.model() instanceof Model model)) {
      throw new ConfigurationException(
          "this model does not say what each element of an example adds"
              + " to its score; ask for scores of whole examples, without contributions");
    }
    return new ImportanceDraws(
        runtime, Proposal.POSTERIOR, (in, times, noise) -> withElements(model, in, noise));
  }

  private static List<Tensor> fromPosterior(LatentModel model, Inputs in, Tensor noise) {
    BoundTerms bound = model.bound(in, noise, DivergenceForm.SAMPLED);
    return List.of(bound.elbo(), bound.logLikelihood());
  }

  /** Weighs draws of the prior by {@code log p(x|z)}. */
  private static List<Tensor> fromPrior(LatentModel model, Inputs in, Tensor noise) {
    Tensor z = model.sample(noise, in.conditions());
    Tensor logLikelihood = model.logLikelihood(in, model.decode(z, in.conditions()));
    return List.of(logLikelihood, logLikelihood);
  }

  private static List<Tensor> withElements(Model model, Inputs in, Tensor noise) {
    PosteriorDraws draws = model.draws(in, noise);
    BoundTerms bound = model.bound(draws, DivergenceForm.SAMPLED);
    Inputs each = draws.in();
    Tensor elements = model.likelihood().logProbs(each, model.decode(draws.z(), each.conditions()));
    return List.of(bound.elbo(), bound.logLikelihood(), elements.reshape(each.size(), -1));
  }

  /** Puts [images, draws, N] into [images · draws, N]. */
  private static Tensor fold(Tensor draws) {
    Shape shape = draws.shape();
    return draws.reshape(shape.dimension(0) * shape.dimension(1), shape.dimension(2));
  }

  /** Puts [images · draws, ...] into [images, draws, ...]. */
  private static Tensor unfold(Tensor each, int draws) {
    int images = each.shape().dimension(0) / draws;
    return each.shape().rank() == 1
        ? each.reshape(images, draws)
        : each.reshape(images, draws, each.shape().dimension(1));
  }

  /**
   * Draws for a data set.
   *
   * @param data examples that the model can take
   * @param from the first example, counted from 0
   * @param samples draws for each example, at least 1
   * @param transforms what is done to them
   * @param seed of the draws and of what is random in the transforms
   * @param finished given each example once all its draws are there, in the order of the data
   * @param progress told how many draws were taken
   * @throws VaeException if the model cannot take the examples, or there are no draws
   */
  void take(
      Examples data,
      int from,
      int samples,
      Transforms transforms,
      long seed,
      Consumer<DrawnImage> finished,
      LongConsumer progress) {
    requireSamples(samples);
    data.requireFor(runtime.example(), runtime.conditions());
    RandomStream root = root(seed);
    int batchSize = Math.min(IMAGES_READ, data.size());
    Batches batches = Batches.of(data, batchSize)
        .withConditions(runtime.conditions().keySet())
        .transformed(transforms, Pass.test(seed))
        .startingAt(from / batchSize);
    SupportCheck support = new SupportCheck(runtime);
    Iterator<DrawnImage> images = StreamSupport.stream(batches.spliterator(), false)
        .peek(batch -> check(support, data, batch))
        .flatMap(batch -> images(
            batch.x(),
            runtime.conditionsOf(batch.size(), batch.conditions()),
            batch.indices(),
            root))
        .skip(from % batchSize)
        .iterator();
    run(images, samples, finished, progress);
  }

  /**
   * Draws for a few images.
   *
   * @param images [B, C, H, W]
   * @param conditions of the images, by name, [B, ...]
   * @param indices of the images, from which their noise follows
   * @throws VaeException if the shape is not the model's, a pixel is outside of what the likelihood
   *     gives a probability to, a condition is missing, or there are no draws
   */
  void take(
      HostTensor images,
      Map<String, HostTensor> conditions,
      int[] indices,
      int samples,
      long seed,
      Consumer<DrawnImage> finished) {
    requireSamples(samples);
    ExampleCheck check = new ExampleCheck(runtime);
    check.requireShape(images);
    List<HostTensor> told = runtime.conditionsOf(indices.length, conditions);
    check.require(images, conditions);
    Iterator<DrawnImage> drawn = images(images, told, indices, root(seed)).iterator();
    if ((long) indices.length * samples > FEW) {
      run(drawn, samples, finished, done -> {});
    } else {
      runHere(drawn, samples, finished);
    }
  }

  /** Rows of a table are checked by columns, and where they have gaps. */
  private void check(SupportCheck support, Examples data, Batch batch) {
    if (data.columns().isPresent()) {
      support.require(data, batch);
    } else {
      new ExampleCheck(runtime).require(batch.x(), batch.conditions());
    }
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
    List<HostTensor> inputs =
        Stream.concat(Stream.of(images), conditions.stream()).toList();
    return IntStream.range(0, indices.length)
        .mapToObj(row ->
            new DrawnImage(indices[row], inputs, row, root.child(indices[row]), new DrawSums()));
  }

  /** Draws, while another thread prepares the next draws and their noise. */
  private void run(
      Iterator<DrawnImage> images,
      int samples,
      Consumer<DrawnImage> finished,
      LongConsumer progress) {
    DrawBatches all = batches(images, samples);
    long done = 0;
    try (Prefetcher<DrawBatch> batches = new Prefetcher<>(all, BATCHES_AHEAD)) {
      while (batches.hasNext()) {
        DrawBatch batch = batches.next();
        batch.add(draws.run(batch.inputs()), finished);
        done += batch.draws();
        progress.accept(done);
      }
    }
  }

  /** Draws in the calling thread, in a few sizes only. */
  private void runHere(Iterator<DrawnImage> images, int samples, Consumer<DrawnImage> finished) {
    DrawBatches all = batches(images, samples);
    while (all.hasNext()) {
      DrawBatch batch = all.next();
      batch.add(fewDraws.run(batch.inputs()), finished);
    }
  }

  private DrawBatches batches(Iterator<DrawnImage> images, int samples) {
    LatentModel model = runtime.model();
    return new DrawBatches(
        images,
        samples,
        rows(model, samples),
        proposal == Proposal.POSTERIOR ? model.noiseSize() : model.priorNoiseSize());
  }

  private int rows(LatentModel model, int samples) {
    int widest = model.networks().stream()
        .mapToInt(Network::widest)
        .max()
        .orElse(runtime.example().size());
    long rows = Math.min(Math.min(MOST_ROWS, NUMBERS / widest), (long) MOST_IMAGES * samples);
    return Math.toIntExact(rows);
  }

  @Override
  public void close() {
    draws.close();
  }
}
