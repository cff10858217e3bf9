package io.github.jvae.train;

import io.github.jvae.backend.Averaging;
import io.github.jvae.checkpoint.Checkpoint;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.SavedModel;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.error.FileException;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest state in a model folder, for exact resumption, and the best one beside it in
 * {@code best/}: each with its own optimizer state. Averaged weights, if a training keeps them, are
 * models of their own in {@code average/} and, of the epoch in which they were the best, in
 * {@code best/average/}.
 */
public final class Checkpoints {
  /** The member of {@code config.json} that says whose weights are not those of the last step. */
  private static final String WEIGHTS = "weights";

  private final ModelFolder folder;
  private final Function<TrainingState, Options> config;
  private final int everyEpochs;
  private @Nullable Options run;
  private @Nullable Options local;
  private @Nullable Long lastStep;

  /**
   * @param folder where the latest state goes
   * @param config what {@code config.json} says with a state
   * @param everyEpochs how often the latest is saved, at least 1; it is also saved at the end
   */
  public Checkpoints(ModelFolder folder, Function<TrainingState, Options> config, int everyEpochs) {
    this.folder = folder;
    this.config = config;
    this.everyEpochs = Math.max(1, everyEpochs);
  }

  /**
   * Keeps what a resume has to repeat to come to the same numbers, beside the options: the engine,
   * its threads.
   *
   * @param settings the member {@link TrainingState#RUN} of {@code training.json}
   */
  public Checkpoints withRun(Options settings) {
    run = settings;
    return this;
  }

  /**
   * Keeps where this machine finds the data, beside the latest state and nowhere else: people
   * publish {@code config.json} and {@code best/}.
   *
   * @param places the content of {@code local.json}
   */
  public Checkpoints withLocal(Options places) {
    local = places;
    return this;
  }

  /** Where the latest state goes. */
  public ModelFolder folder() {
    return folder;
  }

  boolean isDue(int epoch) {
    return epoch % everyEpochs == 0;
  }

  boolean isSaved(long step) {
    return lastStep != null && lastStep == step;
  }

  void saveLatest(TrainingState state, TrainingOptions options) {
    save(() -> {
      folder.save(checkpoint(state, options), local);
      saveAverage(folder, state, options);
    });
    lastStep = state.step();
  }

  void saveBest(TrainingState state, TrainingOptions options) {
    save(() -> folder.best().save(checkpoint(state, options)));
  }

  void saveBestAverage(TrainingState state, TrainingOptions options) {
    save(() -> saveAverage(folder.best(), state, options));
  }

  /** The averaged weights are a model of their own, and never taken for those to go on from. */
  private void saveAverage(ModelFolder beside, TrainingState state, TrainingOptions options) {
    if (options.optimizer() instanceof Averaging averaging) {
      Options said = config.apply(state).with(WEIGHTS, "average with decay " + averaging.decay());
      beside
          .average()
          .saveModel(
              new SavedModel(said, averaging.averages(state.optimizer(), state.parameters())));
    }
  }

  /** After a failure, what can be gone on with matters most. */
  private void save(Runnable saving) {
    try {
      saving.run();
    } catch (VaeException e) {
      throw new FileException(folder.path(), e.getMessage() + "; " + whatIsKept(), e);
    }
  }

  private Checkpoint checkpoint(TrainingState state, TrainingOptions options) {
    Checkpoint checkpoint = state.toCheckpoint(config.apply(state), options);
    return run == null
        ? checkpoint
        : new Checkpoint(
            checkpoint.config(),
            checkpoint.model(),
            checkpoint.optimizer(),
            checkpoint.training().with(TrainingState.RUN, run));
  }

  /**
   * What is safe, as the end of a message about a failure. Read from the folder: a failed save may
   * count all the same, and the folder of a training that was resumed holds what it began from.
   */
  String whatIsKept() {
    // Files are closed to a thread that was asked to end, and this one may just tell of that.
    boolean interrupted = Thread.interrupted();
    try {
      if (!folder.isResumable()) {
        return "no checkpoint was saved yet";
      }
      JsonMembers training = JsonMembers.of(folder.loadTraining());
      return "the checkpoint of step " + training.wholeNumber("step", 0) + " in " + folder.path()
          + " is kept (whole epochs done: " + training.wholeNumber("epoch", 0) + ")";
    } catch (VaeException e) {
      return "what is kept in " + folder.path() + " cannot be told: " + e.getMessage();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
