package io.github.jvae.bench.explore;

import io.github.jvae.Vae;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.bench.web.WebFault;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Transforms;
import io.github.jvae.evaluate.AnomalyScorer;
import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.evaluate.Inspector;
import io.github.jvae.evaluate.LatentActivity;
import io.github.jvae.evaluate.LogLikelihoodEstimator;
import io.github.jvae.evaluate.PriorDraws;
import io.github.jvae.evaluate.Proposal;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.Model;
import io.github.jvae.sampler.LatentSampler;
import io.github.jvae.sampler.SamplerFolder;
import io.github.jvae.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A model with what the explorer computes of it; for any number of threads. */
final class ExploredModel implements AutoCloseable {
  /** As many as a person can tell apart in a map, and a browser moves with ease. */
  private static final int MOST_POINTS = 10_000;

  /** Examples by which dimensions are judged. */
  private static final int JUDGED = 1_000;

  private static final int BATCH = 200;

  /** A plane is found in spaces of so many dimensions; of larger ones, in the first group. */
  private static final int MOST_DIMENSIONS = 1_000;

  private static final int SCORED = 500;
  private static final int SCORE_DRAWS = 16;

  private final ModelSource source;
  private final AnomalyScorer scorer;
  private final Optional<AnomalyScorer> elements;
  private final LogLikelihoodEstimator fromPosterior;
  private final LogLikelihoodEstimator fromPrior;
  private final Map<String, LatentSampler> samplers = new HashMap<>();
  private final ExecutorService background;
  private final Later<LatentActivity> activity;
  private final Later<LatentMap.Means> means;
  private final Later<LatentMap> plane;
  private final Later<double[]> usualScores;
  private final Later<LatentMap> neighbours;
  private final List<String> stamp;
  private volatile boolean closed;

  /** Begins to compute what takes long. */
  ExploredModel(ModelSource source) {
    this.source = source;
    ModelRuntime runtime = source.vae().runtime();
    this.scorer = AnomalyScorer.of(runtime);
    this.elements = runtime.model() instanceof Model
        ? Optional.of(AnomalyScorer.withContributions(runtime))
        : Optional.empty();
    this.fromPosterior = new LogLikelihoodEstimator(runtime, Proposal.POSTERIOR);
    this.fromPrior = new LogLikelihoodEstimator(runtime, Proposal.PRIOR);
    this.stamp = stamp();
    this.background = Executors.newSingleThreadExecutor(task -> {
      Thread thread = new Thread(null, task, "vae-explore-" + source.name(), 0, false);
      thread.setDaemon(true);
      return thread;
    });
    Optional<ShownExamples> shown = source.shown();
    String none = "there are no examples to look at; name them with --data";
    this.activity = later(shown, none, this::activity);
    this.means = later(shown, none, this::means);
    this.plane = later(shown, none, examples -> LatentMap.principal(requireMeans()));
    this.usualScores = later(
        source.usual(), "the data that the model was trained on are not at hand", this::scores);
    this.neighbours = later(shown, none, examples -> LatentMap.neighbours(requireMeans()));
  }

  private <T> Later<T> later(
      Optional<ShownExamples> examples, String otherwise, Function<ShownExamples, T> computed) {
    return examples
        .map(some -> Later.of(background, () -> computed.apply(some)))
        .orElseGet(() -> Later.never(otherwise));
  }

  ModelSource source() {
    return source;
  }

  Vae vae() {
    return source.vae();
  }

  Later<LatentActivity> activity() {
    return activity;
  }

  Later<LatentMap> plane() {
    return plane;
  }

  Later<LatentMap> neighbours() {
    return neighbours;
  }

  /** Returns the scores of what the model was trained on, in rising order. */
  Later<double[]> usualScores() {
    return usualScores;
  }

  private LatentActivity activity(ShownExamples shown) {
    Inspector inspector = new Inspector(vae().runtime(), vae().inference());
    return inspector.activity(shown.data().limit(JUDGED), BATCH, shown.transforms(), shown.seed());
  }

  private LatentMap.Means means(ShownExamples shown) {
    int[] places = shown.places(MOST_POINTS);
    int latent = vae().runtime().model().latent();
    int kept = latent <= MOST_DIMENSIONS ? latent : firstGroup();
    List<float[]> rows = new ArrayList<>();
    for (int from = 0; from < places.length && !closed; from += BATCH) {
      int[] some = Arrays.copyOfRange(places, from, Math.min(places.length, from + BATCH));
      float[] mean = vae()
          .inference()
          .encode(shown.examples(some), shown.conditions(vae(), some))
          .mean()
          .data();
      for (int row = 0; row < some.length; row++) {
        rows.add(Arrays.copyOfRange(mean, row * latent, row * latent + kept));
      }
    }
    return new LatentMap.Means(Arrays.stream(places).boxed().toList(), rows);
  }

  private int firstGroup() {
    LatentGroup first = vae().runtime().model().groups().get(0);
    return Math.min(first.size(), MOST_DIMENSIONS);
  }

  private LatentMap.Means requireMeans() {
    return means.now().orElseThrow(() -> new WebFault(409, "the examples could not be encoded"));
  }

  private double[] scores(ShownExamples usual) {
    List<Double> found = new ArrayList<>();
    scorer.score(
        usual.data().limit(SCORED),
        0,
        SCORE_DRAWS,
        usual.transforms(),
        usual.seed(),
        scores -> found.add(scores.elbo()));
    return found.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** Scores one example, [1, ...]. */
  AnomalyScores score(HostTensor example, Map<String, HostTensor> told, int draws, long seed) {
    return scorer.score(example, told, draws, seed).get(0);
  }

  /** Returns what each element of an example adds to its reconstruction score, in nats. */
  HostTensor contributions(HostTensor example, Map<String, HostTensor> told, int draws, long seed) {
    return elements
        .orElseThrow(
            () -> new WebFault(400, "this model does not say what each element of an example adds"))
        .score(example, told, draws, seed)
        .get(0)
        .contributions()
        .orElseThrow();
  }

  /** Whether it says what each element of an example adds. */
  boolean hasContributions() {
    return elements.isPresent();
  }

  /** Estimates log p(x) of an example, [1, ...], in nats. */
  double logLikelihood(
      Proposal proposal, HostTensor example, Map<String, HostTensor> told, int draws, long seed) {
    LogLikelihoodEstimator estimator = proposal == Proposal.POSTERIOR ? fromPosterior : fromPrior;
    // For one thread; several pages may ask.
    synchronized (estimator) {
      return estimator.estimate(example, told, draws, seed)[0];
    }
  }

  /** Returns latent vectors from the prior. */
  HostTensor draw(PriorDraws draws) {
    return vae().inference().sampleLatents(draws);
  }

  /** Returns latent vectors from a sampler that was fitted. */
  HostTensor draw(String sampler, PriorDraws draws) {
    Path folder = source
        .folder()
        .orElseThrow(() -> new WebFault(400, "no sampler was fitted: the model is not saved"));
    synchronized (samplers) {
      if (closed) {
        throw new WebFault(409, "the model was closed");
      }
      return samplers
          .computeIfAbsent(
              sampler, type -> new SamplerFolder(folder).open(type, vae(), source.engine()))
          .draw(draws.count(), draws.seed(), draws.conditions());
    }
  }

  /** Returns the types of sampler that were fitted. */
  List<String> samplers() {
    return source.folder().map(folder -> new SamplerFolder(folder).fitted()).orElse(List.of());
  }

  /** Returns examples in the data's units. */
  HostTensor undone(HostTensor examples) {
    return source.transforms().undone(examples);
  }

  /** Does to examples in the data's units, [B, ...], in place, what is done to the model's. */
  void treat(HostTensor examples) {
    Transforms transforms =
        source.shown().map(ShownExamples::transforms).orElse(source.transforms());
    int size = vae().config().shape().size();
    for (int row = 0; row < examples.shape().dimension(0); row++) {
      transforms.in(Pass.test(1)).apply(row, examples.data(), row * size, size);
    }
  }

  /** Whether the folder holds something else than what was opened, or nothing. */
  boolean isOutdated() {
    return !stamp.equals(stamp());
  }

  private List<String> stamp() {
    return source.folder().stream()
        .flatMap(folder -> List.of(ModelFolder.CONFIG, ModelFolder.MODEL).stream()
            .map(folder::resolve)
            .map(ExploredModel::stamp))
        .toList();
  }

  private static String stamp(Path file) {
    try {
      return Files.size(file) + " bytes of " + Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return "nothing";
    }
  }

  /** Closes the model too, once what it computes at the moment is done. */
  @Override
  public void close() {
    closed = true;
    background.shutdownNow();
    synchronized (samplers) {
      samplers.values().forEach(LatentSampler::close);
      samplers.clear();
    }
    scorer.close();
    elements.ifPresent(AnomalyScorer::close);
    synchronized (fromPosterior) {
      fromPosterior.close();
    }
    synchronized (fromPrior) {
      fromPrior.close();
    }
    vae().close();
  }
}
