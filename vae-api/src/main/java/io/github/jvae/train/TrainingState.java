package io.github.jvae.train;

import io.github.jvae.backend.OptimizerState;
import io.github.jvae.checkpoint.Checkpoint;
import io.github.jvae.checkpoint.JsonMembers;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything needed to go on training exactly where it stood: weights and optimizer state of the
 * same step, and the place in the data. All else follows from the seed.
 *
 * @param step steps taken
 * @param epoch whole epochs done
 * @param batch batches done of the next epoch
 * @param lossSum the sum over those batches' images of loss and terms, so that the epoch's means
 *     come out as if it had not been interrupted
 * @param bestElbo the best validation ELBO so far, nats per example
 * @param bestEpoch the epoch it was reached in, counted from 1; 0 before the first
 * @param parameters the weights
 * @param optimizer Adam's memory
 */
public record TrainingState(
    long step,
    int epoch,
    int batch,
    Map<String, Double> lossSum,
    double bestElbo,
    int bestEpoch,
    Map<String, HostTensor> parameters,
    OptimizerState optimizer) {
  /** The member of {@code training.json} that holds what else a resume has to repeat. */
  public static final String RUN = "run";

  private static final String FIRST = "first_moment.";
  private static final String SECOND = "second_moment.";

  /** These as a checkpoint. */
  public Checkpoint toCheckpoint(Options config, TrainingOptions options) {
    Options sums = Options.none();
    for (Map.Entry<String, Double> sum : lossSum.entrySet()) {
      sums = sums.with(sum.getKey(), sum.getValue().doubleValue());
    }
    Options training = Options.none()
        .with("step", step)
        .with("epoch", epoch)
        .with("batch", batch)
        .with("best_epoch", bestEpoch);
    training = bestEpoch > 0 ? training.with("best_elbo", bestElbo) : training;
    training = training.with("epoch_sums", sums).with("options", options.toOptions());
    Map<String, HostTensor> moments = new LinkedHashMap<>();
    optimizer.firstMoments().forEach((name, value) -> moments.put(FIRST + name, value));
    optimizer.secondMoments().forEach((name, value) -> moments.put(SECOND + name, value));
    return new Checkpoint(config, parameters, moments, training);
  }

  /**
   * Reads a checkpoint.
   *
   * @throws io.github.jvae.error.VaeException if its numbers are missing or impossible; the message
   *     names the member of {@code training.json}
   */
  public static TrainingState of(Checkpoint checkpoint) {
    JsonMembers training = JsonMembers.of(checkpoint.training());
    long step = training.required("step", Long.MAX_VALUE);
    int epoch = (int) training.required("epoch", Integer.MAX_VALUE);
    int batch = (int) training.required("batch", Integer.MAX_VALUE);
    Map<String, HostTensor> first = new LinkedHashMap<>();
    Map<String, HostTensor> second = new LinkedHashMap<>();
    checkpoint.optimizer().forEach((name, value) -> {
      if (name.startsWith(FIRST)) {
        first.put(name.substring(FIRST.length()), value);
      } else if (name.startsWith(SECOND)) {
        second.put(name.substring(SECOND.length()), value);
      }
    });
    return new TrainingState(
        step,
        epoch,
        batch,
        training.object("epoch_sums").numbers(),
        training.number("best_elbo", Double.NEGATIVE_INFINITY),
        training.integer("best_epoch", 0, 0),
        checkpoint.model(),
        new OptimizerState(step, first, second));
  }

  /** The shapes that an optimizer file must have for a model's parameters. */
  public static Map<String, Shape> optimizerShapes(Map<String, Shape> parameters) {
    Map<String, Shape> result = new LinkedHashMap<>();
    parameters.forEach((name, shape) -> result.put(FIRST + name, shape));
    parameters.forEach((name, shape) -> result.put(SECOND + name, shape));
    return result;
  }
}
