package io.github.jvae.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.checkpoint.Checkpoint;
import io.github.jvae.checkpoint.ModelFolder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest state in a model folder, for exact resumption, and the best one beside it in
 * {@code best/}: each with its own optimizer state.
 */
public final class Checkpoints {
  private final ModelFolder folder;
  private final Function<TrainingState, ObjectNode> config;
  private final int everyEpochs;
  private @Nullable Long lastStep;

  /**
   * @param folder where the latest state goes
   * @param config what {@code config.json} says with a state
   * @param everyEpochs how often the latest is saved, at least 1; it is also saved at the end
   */
  public Checkpoints(
      ModelFolder folder, Function<TrainingState, ObjectNode> config, int everyEpochs) {
    this.folder = folder;
    this.config = config;
    this.everyEpochs = Math.max(1, everyEpochs);
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
    folder.save(checkpoint(state, options));
    lastStep = state.step();
  }

  void saveBest(TrainingState state, TrainingOptions options) {
    folder.best().save(checkpoint(state, options));
  }

  private Checkpoint checkpoint(TrainingState state, TrainingOptions options) {
    return state.toCheckpoint(config.apply(state), options);
  }

  /** What is safe, as the end of a message about a failure. */
  String whatIsKept() {
    return lastStep == null
        ? "no checkpoint was saved yet"
        : "the checkpoint of step " + lastStep + " in " + folder.path() + " is kept";
  }
}
