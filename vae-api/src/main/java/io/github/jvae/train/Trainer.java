package io.github.jvae.train;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.checkpoint.FolderOwner;
import io.github.jvae.data.Dataset;
import io.github.jvae.data.Prefetcher;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Evaluator;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.model.Loss;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model. What it does follows from the options and the data alone: batch order,
 * binarization and noise come from the seed, so every engine is given the same numbers (rule R7),
 * and a training that was stopped and resumed ends as if it had not been.
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
   * Trains.
   *
   * @param train the images to learn from
   * @param validation the images to judge by after each epoch, or null for none
   * @throws DivergedException if the loss or a weight is no longer finite
   * @throws VaeException if the images are not of the model's shape, a checkpoint cannot be saved,
   *     or another thread or process writes to the folder of the checkpoints
   */
  public TrainingResult train(Dataset train, @Nullable Dataset validation) {
    Checkpoints target = checkpoints;
    if (target == null) {
      return trainOwning(train, validation);
    }
    FolderOwner owner = target.folder().own();
    try {
      return trainOwning(train, validation);
    } finally {
      owner.close();
    }
  }

  private TrainingResult trainOwning(Dataset train, @Nullable Dataset validation) {
    StepSource feeds = new StepSource(runtime, options, train);
    try (TrainingStep step =
            runtime.backend().compileTraining(runtime.trainingLoss(), options.optimizer());
        Evaluator evaluator = new Evaluator(runtime)) {
      return new Run(step, evaluator, feeds, validation).run();
    }
  }

  /** One training, from its start or a resume to its end. */
  private final class Run implements TrainingRun {
    private final TrainingStep trainingStep;
    private final Evaluator evaluator;
    private final @Nullable Dataset validation;
    private final StepSource source;
    private final List<String> terms = runtime.objective().terms(runtime.model());
    private final Set<Integer> recordedSizes = new HashSet<>();

    private long step;
    private int epoch;
    private int batch;
    private Map<String, Double> sums = new LinkedHashMap<>();
    private double bestElbo = Double.NEGATIVE_INFINITY;
    private int bestEpoch;
    private @Nullable Metrics lastValidation;

    private double epochSeconds;
    private long epochImages;
    private double steadySeconds;
    private long steadyImages;

    Run(TrainingStep step, Evaluator evaluator, StepSource source, @Nullable Dataset validation) {
      this.trainingStep = step;
      this.evaluator = evaluator;
      this.source = source;
      this.validation = validation;
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
      sums = new LinkedHashMap<>(state.lossSum());
      bestElbo = state.bestElbo();
      bestEpoch = state.bestEpoch();
    }

    TrainingResult run() {
      listeners.forEach(listener -> listener.started(this));
      while (epoch < options.epochs() && stopReason == null) {
        if (trainEpoch()) {
          endEpoch();
        }
      }
      saveAtEnd();
      TrainingResult result = new TrainingResult(
          step,
          epoch,
          steadyImages / steadySeconds,
          lastValidation,
          epoch < options.epochs() ? stopReason : null);
      listeners.forEach(listener -> listener.ended(this, result));
      return result;
    }

    /** Trains what is left of an epoch; false if it was stopped on the way. */
    private boolean trainEpoch() {
      epochSeconds = 0;
      epochImages = 0;
      try (Prefetcher<StepInputs> feeds =
          new Prefetcher<>(source.epoch(epoch, batch, step), BATCHES_AHEAD)) {
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
      if (!Double.isFinite(loss)) {
        throw diverged("the loss is " + loss);
      }
      Map<String, Double> values = new LinkedHashMap<>();
      for (int i = 0; i < terms.size(); i++) {
        values.put(terms.get(i), (double) outputs.get(i + 1).item());
      }
      int size = feed.size();
      sums.merge("images", (double) size, Double::sum);
      sums.merge("loss", loss * size, Double::sum);
      values.forEach((name, value) -> sums.merge(name, value * size, Double::sum));
      return new StepReport(
          step, epoch + 1, batch, feed.learningRate(), feed.schedules(), loss, values);
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
      Map<String, Double> means = new LinkedHashMap<>(sums);
      double images = sums.getOrDefault("images", 1.0);
      means.keySet().retainAll(terms);
      means.replaceAll((name, sum) -> sum / images);
      double loss = sums.getOrDefault("loss", 0.0) / images;
      epoch++;
      batch = 0;
      sums = new LinkedHashMap<>();
      lastValidation = validate();
      Metrics judged = lastValidation;
      double elbo = judged == null ? means.getOrDefault(Loss.ELBO, -loss) : judged.elbo();
      boolean best = elbo > bestElbo;
      if (best) {
        bestElbo = elbo;
        bestEpoch = epoch;
      }
      EpochReport report = new EpochReport(
          epoch, step, epochSeconds, epochImages / epochSeconds, loss, means, judged, best);
      listeners.forEach(listener -> listener.epochEnded(this, report));
      saveAfterEpoch(best);
      if (options.patience() > 0
          && epoch - bestEpoch >= options.patience()
          && epoch < options.epochs()) {
        stop("no better validation ELBO for " + options.patience() + " epochs");
      }
    }

    private @Nullable Metrics validate() {
      Dataset images = validation;
      if (images == null) {
        return null;
      }
      Metrics metrics =
          evaluator.evaluate(images, options.batchSize(), options.binarization(), options.seed());
      if (!Double.isFinite(metrics.elbo())) {
        throw diverged("the validation ELBO is " + metrics.elbo());
      }
      return metrics;
    }

    private void saveAfterEpoch(boolean best) {
      Checkpoints target = checkpoints;
      if (target == null) {
        return;
      }
      boolean due = target.isDue(epoch);
      if (best || due) {
        TrainingState state = finiteState();
        if (due) {
          target.saveLatest(state, options);
        }
        if (best) {
          target.saveBest(state, options);
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
          step, what, target == null ? "no checkpoints are kept" : target.whatIsKept());
    }

    @Override
    public TrainingOptions options() {
      return options;
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
          sums,
          bestElbo,
          bestEpoch,
          runtime.backend().variables().readAll(),
          trainingStep.state());
    }

    @Override
    public void stop(String reason) {
      Trainer.this.stop(reason);
    }
  }
}
