package io.github.jvae.train;

import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.checkpoint.Checkpoint;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything needed to go on training exactly where it stood: weights and optimizer state of the
 * same step, and the place in the data. All else follows from the seed.
 *
 * @param step steps taken, skipped ones included, which the optimizer has not counted
 * @param epoch whole epochs done
 * @param batch batches done of the next epoch
 * @param lossSum the sum over those batches' images of loss and terms, and what tells of their
 *     gradients, so that the epoch's numbers come out as if it had not been interrupted
 * @param best the best epoch so far
 * @param bestAverage the epoch whose averaged weights were the best so far; none if none are kept
 * @param losses of the epochs done, nats per example, where a schedule depends on them; else none
 * @param parameters the weights
 * @param optimizer the optimizer's memory
 */
public record TrainingState(
    long step,
    int epoch,
    int batch,
    Map<String, Double> lossSum,
    BestEpoch best,
    BestEpoch bestAverage,
    List<Double> losses,
    Map<String, HostTensor> parameters,
    OptimizerState optimizer) {
  /** The member of {@code training.json} that holds what else a resume has to repeat. */
  public static final String RUN = "run";

  /** The member of {@code training.json} that holds the {@link TrainingOptions}. */
  public static final String OPTIONS = "options";

  private static final String BEST_EPOCH = "best_epoch";
  private static final String BEST_ELBO = "best_elbo";
  private static final String BEST_AVERAGE_EPOCH = "best_average_epoch";
  private static final String BEST_AVERAGE_ELBO = "best_average_elbo";
  private static final String LOSSES = "epoch_losses";
  private static final String SKIPPED = "skipped_steps";
  private static final String SKIPPED_ADVERSARY = "skipped_adversary_steps";

  /** Keeps a copy of the losses. */
  public TrainingState {
    losses = List.copyOf(losses);
  }

  /** Returns how many steps the model's optimizer has skipped. */
  long skipped() {
    return step - optimizer.step();
  }

  /** Returns how many steps its adversary's optimizer has skipped, if there is one. */
  long skippedAdversary() {
    return step - optimizer.adversaryStep();
  }

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
        .with(BEST_EPOCH, best.epoch());
    training = skipped() == 0 ? training : training.with(SKIPPED, skipped());
    training = skippedAdversary() == skipped()
        ? training
        : training.with(SKIPPED_ADVERSARY, skippedAdversary());
    training = best.epoch() == 0 ? training : training.with(BEST_ELBO, best.elbo());
    training = bestAverage.epoch() == 0
        ? training
        : training
            .with(BEST_AVERAGE_EPOCH, bestAverage.epoch())
            .with(BEST_AVERAGE_ELBO, bestAverage.elbo());
    training = losses.isEmpty() ? training : training.with(LOSSES, lossItems());
    training = training.with("epoch_sums", sums).with(OPTIONS, options.toOptions());
    Map<String, HostTensor> remembered = new LinkedHashMap<>();
    optimizer
        .slots()
        .forEach((slot, values) ->
            values.forEach((name, value) -> remembered.put(prefix(slot) + name, value)));
    return new Checkpoint(config, parameters, remembered, training);
  }

  private OptionValue lossItems() {
    return new OptionValue.Items(
        losses.stream().map(loss -> OptionValue.of((double) loss)).toList());
  }

  /** What stands before a variable's name in the optimizer's file. */
  private static String prefix(OptimizerSlot slot) {
    return slot.key() + ".";
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
    long skipped = training.wholeNumber(SKIPPED, 0, step, 0);
    return new TrainingState(
        step,
        epoch,
        batch,
        training.object("epoch_sums").numbers(),
        best(training, BEST_EPOCH, BEST_ELBO),
        bestAverage(training),
        training.numberList(LOSSES),
        checkpoint.model(),
        new OptimizerState(
            OptimizerMembers.nameIn(training.object(OPTIONS)),
            step - skipped,
            step - training.wholeNumber(SKIPPED_ADVERSARY, 0, step, skipped),
            slots(checkpoint.optimizer())));
  }

  private static BestEpoch best(JsonMembers training, String epoch, String elbo) {
    return new BestEpoch(
        training.number(elbo, Double.NEGATIVE_INFINITY), training.integer(epoch, 0, 0));
  }

  /** Averages that were saved with the best weights, by a version that did not judge them. */
  private static BestEpoch bestAverage(JsonMembers training) {
    BestEpoch average = best(training, BEST_AVERAGE_EPOCH, BEST_AVERAGE_ELBO);
    return average.epoch() == 0 ? best(training, BEST_EPOCH, BEST_ELBO) : average;
  }

  private static Map<OptimizerSlot, Map<String, HostTensor>> slots(Map<String, HostTensor> saved) {
    Map<OptimizerSlot, Map<String, HostTensor>> slots = new LinkedHashMap<>();
    saved.forEach((name, value) -> Arrays.stream(OptimizerSlot.values())
        .filter(slot -> name.startsWith(prefix(slot)))
        .forEach(slot -> slots
            .computeIfAbsent(slot, s -> new LinkedHashMap<>())
            .put(name.substring(prefix(slot).length()), value)));
    return slots;
  }

  /** Returns the shapes that an optimizer's file must have for a model's parameters. */
  public static Map<String, Shape> optimizerShapes(
      Optimizer optimizer, Map<String, Shape> parameters) {
    Map<String, Shape> result = new LinkedHashMap<>();
    optimizer
        .slots()
        .forEach(
            slot -> parameters.forEach((name, shape) -> result.put(prefix(slot) + name, shape)));
    return result;
  }
}
