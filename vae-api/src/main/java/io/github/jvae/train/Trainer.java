package io.github.jvae.train;

import io.github.jvae.backend.Capability;
import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.checkpoint.FolderOwner;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Part;
import io.github.jvae.data.Prefetcher;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Evaluator;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.evaluate.SupportCheck;
import io.github.jvae.model.Loss;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model. What it does follows from the options and the data alone: batch order, transforms
 * and noise come from the seed, so every engine is given the same numbers (rule R7), and a training
 * that was stopped and resumed ends as if it had not been.
 *
 * <p>One thread trains; {@link #stop} may be called from any.
 */
public final class Trainer {
  private static final int BATCHES_AHEAD = 3;

  private final ModelRuntime runtime;
  private final TrainingOptions options;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private @Nullable Checkpoints checkpoints;
  private @Nullable TrainingState resumeFrom;
  private volatile @Nullable String stopReason;

  /**
   * @param runtime a model whose variables exist
   * @param options how to train
   */
  public Trainer(ModelRuntime runtime, TrainingOptions options) {
    this.runtime = runtime;
    this.options = options;
  }

  /** Adds a listener; they are called in this order. */
  public Trainer listener(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /** Keeps the latest and the best state in a folder. */
  public Trainer checkpoints(Checkpoints target) {
    checkpoints = target;
    return this;
  }

  /** Starts from a saved state instead of the present weights. */
  public Trainer resumeFrom(TrainingState state) {
    resumeFrom = state;
    return this;
  }

  /**
   * Asks training to end after the step under way, with a checkpoint. May be called from any
   * thread, also before training starts.
   *
   * @param reason why, for the report
   */
  public void stop(String reason) {
    stopReason = reason;
  }

  /**
   * Trains, chooses the best epoch by the validation part that the options say, and looks at the
   * test part once, when training has come to its end. Without a validation part, the choice is by
   * the test part.
   *
   * @param data what to learn from and to judge by
   * @throws DivergedException if the loss or a weight is no longer finite
   * @throws VaeException if the backend cannot train, the model cannot take the examples, a part
   *     would be empty, a checkpoint cannot be saved, or another thread or process writes to the
   *     folder of the checkpoints
   */
  public TrainingResult train(DataParts data) {
    DataParts parts = options.parts(data);
    parts.test().requireFor(runtime.example(), runtime.conditions());
    return parts.validation().isPresent()
        ? train(parts.train(), new Judging(Part.VALIDATION, parts.validation().get(), parts.test()))
        : train(parts.train(), new Judging(Part.TEST, parts.test(), null));
  }

  /**
   * Trains on examples as they are, whatever the options say of a validation part.
   *
   * @param train the examples to learn from
   * @param validation the examples to judge by after each epoch, or null for none
   * @throws DivergedException if the loss or a weight is no longer finite
   * @throws VaeException if the backend cannot train, the model cannot take the examples, a
   *     checkpoint cannot be saved, or another thread or process writes to the folder of the
   *     checkpoints
   */
  public TrainingResult train(Examples train, @Nullable Examples validation) {
    return train(
        train, new Judging(validation == null ? Part.TRAIN : Part.VALIDATION, validation, null));
  }

  private TrainingResult train(Examples train, Judging judging) {
    runtime.backend().require(Capability.TRAINING);
    Checkpoints target = checkpoints;
    if (target == null) {
      return trainOwning(train, judging);
    }
    FolderOwner owner = target.folder().own();
    try {
      return trainOwning(train, judging);
    } finally {
      owner.close();
    }
  }

  private TrainingResult trainOwning(Examples train, Judging judging) {
    StepSource feeds = new StepSource(runtime, options, train);
    SupportCheck support = new SupportCheck(runtime);
    Stream.of(
            Optional.of(train),
            Optional.ofNullable(judging.each()),
            Optional.ofNullable(judging.last()))
        .flatMap(Optional::stream)
        .forEach(part -> support.require(part, options.transforms()));
    try (TrainingStep step = feeds.compile();
        Evaluator evaluator = new Evaluator(runtime)) {
      return new Run(step, evaluator, feeds, judging).run();
    }
  }

  /**
   * What a training is judged by.
   *
   * @param part by which the best epoch is chosen
   * @param each the examples of that part, judged after each epoch; null if by the training alone
   * @param last the examples judged once, at the end; null for none
   */
  private record Judging(
      Part part, @Nullable Examples each, @Nullable Examples last) {}

  /** One training, from its start or a resume to its end. */
  private final class Run implements TrainingRun {
    private final TrainingStep trainingStep;
    private final Evaluator evaluator;
    private final Judging judging;
    private final StepSource source;
    private final List<String> terms = runtime.terms();
    private final Set<Integer> recordedSizes = new HashSet<>();
    private final Optional<AveragedWeights> averages;

    private long step;
    private int epoch;
    private int batch;
    private long skipped;
    private EpochSums sums = new EpochSums(Map.of());
    private BestEpoch best = BestEpoch.NONE;
    private BestEpoch bestAverage = BestEpoch.NONE;
    private final List<Double> losses = new ArrayList<>();
    private @Nullable Metrics lastValidation;
    private @Nullable Metrics lastAverage;
    private @Nullable Metrics averageTest;
    private boolean patienceIsOver;

    private double epochSeconds;
    private long epochImages;
    private double steadySeconds;
    private long steadyImages;

    Run(TrainingStep step, Evaluator evaluator, StepSource source, Judging judging) {
      this.trainingStep = step;
      this.evaluator = evaluator;
      this.source = source;
      this.judging = judging;
      this.averages =
          AveragedWeights.of(options.optimizer(), step, runtime.backend().variables());
      TrainingState state = resumeFrom;
      if (state != null) {
        restore(state);
      }
    }

    private void restore(TrainingState state) {
      if (state.batch() > source.stepsPerEpoch()) {
        throw new VaeException("cannot resume after batch "
            + state.batch()
            + " of an epoch that has only "
            + source.stepsPerEpoch()
            + "; resume with the data and the batch size that training began with");
      }
      runtime.backend().variables().writeAll(state.parameters());
      trainingStep.restore(state.optimizer());
      step = state.step();
      epoch = state.epoch();
      batch = state.batch();
      skipped = state.skipped()
          + (runtime.objective().adversary().isPresent() ? state.skippedAdversary() : 0);
      sums = new EpochSums(state.lossSum());
      best = state.best();
      bestAverage = averages.isPresent() ? state.bestAverage() : BestEpoch.NONE;
      losses.addAll(state.losses());
    }

    TrainingResult run() {
      listeners.forEach(listener -> listener.started(this));
      while (epoch < options.epochs() && stopReason == null) {
        if (trainEpoch()) {
          endEpoch();
        }
      }
      saveAtEnd();
      Metrics test = test();
      TrainingResult result = new TrainingResult(
          step,
          skipped,
          epoch,
          best.epoch(),
          bestAverage.epoch(),
          steadyImages / steadySeconds,
          judging.part(),
          lastValidation,
          test,
          averageTest,
          epoch < options.epochs() ? stopReason : null);
      listeners.forEach(listener -> listener.ended(this, result));
      return result;
    }

    /** Trains what is left of an epoch; false if it was stopped on the way. */
    private boolean trainEpoch() {
      epochSeconds = 0;
      epochImages = 0;
      try (Prefetcher<StepInputs> feeds =
          new Prefetcher<>(source.epoch(epoch, batch, step, List.copyOf(losses)), BATCHES_AHEAD)) {
        long start = System.nanoTime();
        while (feeds.hasNext()) {
          StepInputs feed = feeds.next();
          StepReport report = takeStep(feed);
          long end = System.nanoTime();
          countTime(feed.size(), (end - start) * 1e-9);
          listeners.forEach(listener -> listener.stepped(this, report));
          // What the listeners took counts: it is part of training as its user sees it.
          start = end;
          if (stopReason != null && feeds.hasNext()) {
            return false;
          }
        }
      }
      return true;
    }

    private StepReport takeStep(StepInputs feed) {
      List<HostTensor> outputs = feed.take(trainingStep);
      step++;
      batch++;
      double loss = outputs.get(0).item();
      Map<String, Double> values = new LinkedHashMap<>();
      for (int i = 0; i < terms.size(); i++) {
        values.put(terms.get(i), (double) outputs.get(i + 1).item());
      }
      List<GradientNorm> norms =
          options.optimizer().limits().needNorm() ? trainingStep.gradientNorms() : List.of();
      boolean taken = norms.stream().limit(1).noneMatch(GradientNorm::skipped);
      if (taken && !Double.isFinite(loss)) {
        throw diverged(Diagnosis.of("the loss", loss, values));
      }
      requireFinite(norms);
      sums.add(norms);
      if (taken || isFinite(loss, values)) {
        sums.add(feed.size(), loss, values);
      }
      skipped += norms.stream().filter(GradientNorm::skipped).count();
      return new StepReport(
          step, epoch + 1, batch, feed.learningRate(), feed.schedules(), loss, values, norms);
    }

    private static boolean isFinite(double loss, Map<String, Double> values) {
      return Double.isFinite(loss) && values.values().stream().allMatch(Double::isFinite);
    }

    /** A norm that is not, of a step that was taken all the same, has spoilt the weights. */
    private void requireFinite(List<GradientNorm> norms) {
      for (int place = 0; place < norms.size(); place++) {
        GradientNorm norm = norms.get(place);
        if (!norm.skipped() && !Double.isFinite(norm.value())) {
          throw diverged("the loss is finite, but the norm of its "
              + (place == 0 ? "" : "adversary's ") + "gradients is " + norm.value());
        }
      }
    }

    /** The first step of each batch size records a computation and is no measure of speed. */
    private void countTime(int size, double seconds) {
      epochSeconds += seconds;
      epochImages += size;
      if (!recordedSizes.add(size)) {
        steadySeconds += seconds;
        steadyImages += size;
      }
    }

    private void endEpoch() {
      EpochSums done = sums;
      epoch++;
      batch = 0;
      sums = new EpochSums(Map.of());
      if (done.areEmpty()) {
        throw diverged("no step of epoch " + epoch + " had finite numbers, so all were skipped");
      }
      double loss = done.loss();
      Map<String, Double> means = done.means(terms);
      lastValidation = validate();
      lastAverage = judging.each() == null ? null : judgeAverage(judging.each(), judging.part());
      Metrics judged = lastValidation;
      String criterion = runtime.objective().criterion();
      double reached =
          judged == null ? means.getOrDefault(criterion, -loss) : judged.term(criterion);
      if (options.readsLosses()) {
        losses.add(-reached);
      }
      best = best.or(reached, epoch);
      if (averages.isPresent()) {
        // Where nothing judges them they are as good as the weights that they follow.
        bestAverage =
            bestAverage.or(lastAverage == null ? reached : lastAverage.term(criterion), epoch);
      }
      EpochReport report = new EpochReport(
          epoch,
          step,
          epochSeconds,
          epochImages / epochSeconds,
          loss,
          means,
          done.gradients(),
          judged,
          lastAverage,
          best.epoch() == epoch,
          bestAverage.epoch() == epoch);
      listeners.forEach(listener -> listener.epochEnded(this, report));
      saveAfterEpoch(report);
      if (options.patience() > 0
          && epoch - Math.max(best.epoch(), bestAverage.epoch()) >= options.patience()
          && epoch < options.epochs()) {
        patienceIsOver = true;
        stop(
            "no better " + judging.part() + " " + (criterion.equals(Loss.ELBO) ? "ELBO" : criterion)
                + " for " + options.patience() + " epochs");
      }
    }

    private @Nullable Metrics validate() {
      Examples judges = judging.each();
      return judges == null ? null : judge(judges, judging.part());
    }

    private Metrics judge(Examples judges, Part part) {
      Metrics metrics = evaluator.evaluate(
          judges,
          options.batchSize(),
          options.transforms(),
          options.seed(),
          source.schedules(epoch, losses));
      Map<String, Double> parts = new LinkedHashMap<>();
      parts.put(Loss.LOG_LIKELIHOOD, metrics.logLikelihood());
      parts.put(Loss.KL, metrics.kl());
      parts.putAll(metrics.terms());
      if (!isFinite(metrics.elbo(), parts)) {
        throw diverged(Diagnosis.of("the " + part + " ELBO", metrics.elbo(), parts));
      }
      return metrics;
    }

    /** What the averaged weights give; null if none are kept. */
    private @Nullable Metrics judgeAverage(Examples judges, Part part) {
      return averages.map(weights -> weights.during(() -> judge(judges, part))).orElse(null);
    }

    /** Looks at the test part, unless training was cut short and may go on. */
    private @Nullable Metrics test() {
      if (judging.part() == Part.TEST) {
        averageTest = lastAverage;
        return lastValidation;
      }
      Examples judges = judging.last();
      boolean atItsEnd = epoch == options.epochs() || patienceIsOver;
      if (judges == null || !atItsEnd) {
        return null;
      }
      Metrics metrics = judge(judges, Part.TEST);
      averageTest = judgeAverage(judges, Part.TEST);
      listeners.forEach(listener -> listener.tested(this, metrics));
      Checkpoints target = checkpoints;
      if (target != null) {
        // The weights are safe already; this adds what the test part gave to what is told of them.
        target.saveLatest(finiteState(), options);
      }
      return metrics;
    }

    private void saveAfterEpoch(EpochReport report) {
      Checkpoints target = checkpoints;
      if (target == null) {
        return;
      }
      boolean due = target.isDue(epoch);
      if (report.best() || report.bestAverage() || due) {
        TrainingState state = finiteState();
        if (due) {
          target.saveLatest(state, options);
        }
        if (report.best()) {
          target.saveBest(state, options);
        }
        if (report.bestAverage()) {
          target.saveBestAverage(state, options);
        }
      }
    }

    private void saveAtEnd() {
      Checkpoints target = checkpoints;
      if (target != null && !target.isSaved(step)) {
        target.saveLatest(finiteState(), options);
      }
    }

    /** A finite loss can come with an update that is not: nothing of that kind is ever saved. */
    private TrainingState finiteState() {
      TrainingState state = state();
      state.parameters().forEach((name, value) -> {
        if (!value.isFinite()) {
          throw diverged("parameter " + name + " is no longer finite");
        }
      });
      return state;
    }

    private DivergedException diverged(String what) {
      Checkpoints target = checkpoints;
      return new DivergedException(
          step,
          what,
          Diagnosis.cure(runtime.backend()),
          target == null ? "no checkpoints are kept" : target.whatIsKept());
    }

    @Override
    public TrainingOptions options() {
      return options;
    }

    @Override
    public Part selectedOn() {
      return judging.part();
    }

    @Override
    public int stepsPerEpoch() {
      return source.stepsPerEpoch();
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public TrainingState state() {
      return new TrainingState(
          step,
          epoch,
          batch,
          sums.toMap(),
          best,
          bestAverage,
          losses,
          runtime.backend().variables().readAll(),
          trainingStep.state());
    }

    @Override
    public void stop(String reason) {
      Trainer.this.stop(reason);
    }
  }
}
