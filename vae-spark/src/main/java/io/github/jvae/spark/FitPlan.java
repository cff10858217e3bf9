package io.github.jvae.spark;

import io.github.jvae.VaeConfig;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.data.ElementKind;
import io.github.jvae.train.TrainingOptions;
import java.io.Serializable;
import java.time.Duration;
import org.apache.spark.util.SerializableConfiguration;

/**
 * All that a training's tasks are told.
 *
 * @param model the configuration, in JSON
 * @param options how to train, in JSON
 * @param elements what the numbers are
 * @param engine that computes
 * @param workers how many
 * @param maxSteps after which training ends; 0 for none
 * @param secret of the job
 * @param timeout after which a silent worker counts as lost
 * @param checkpointDir where checkpoints are kept; empty for none
 * @param checkpointInterval steps from one to the next
 * @param files how file systems are reached
 * @param observer is told of each step
 */
record FitPlan(
    String model,
    String options,
    ElementKind elements,
    EngineChoice engine,
    int workers,
    long maxSteps,
    Secret secret,
    Duration timeout,
    String checkpointDir,
    int checkpointInterval,
    SerializableConfiguration files,
    StepObserver observer)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Is told of each step of each worker, in its task. */
  @FunctionalInterface
  interface StepObserver extends Serializable {
    /**
     * A step was taken.
     *
     * @param rank of the worker
     * @param step counted from 1
     */
    void stepped(int rank, long step);
  }

  /** Returns what the model is to be. */
  VaeConfig config() {
    return VaeConfig.of(ModelDescription.parse("the model's configuration", model));
  }

  /** Returns how to train. */
  TrainingOptions training() {
    return TrainingOptions.of(ModelDescription.parse("the training's options", options));
  }

  /** Returns options as they travel. */
  static String text(TrainingOptions options) {
    return JsonFile.toLine(options.toOptions());
  }
}
