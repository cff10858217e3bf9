package io.github.jvae.train;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.checkpoint.JsonMembers;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Holdout;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.Quote;
import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Objective;
import io.github.jvae.option.Options;
import java.util.ArrayList;
import java.util.List;

/**
 * How to train.
 *
 * @param epochs passes over the data
 * @param batchSize examples per step
 * @param learningRate the optimizer's learning rate
 * @param klWeight the weight of the divergence in the loss; 1 is the bound
 * @param optimizer how variables are moved, and the limit of the gradient norm
 * @param transforms what is done to the examples
 * @param validation which examples are kept from training, to choose the best epoch by
 * @param seed of the order of examples, the transforms, the choice for validation and the noise
 * @param dropLast whether an epoch's smaller last batch is left out
 * @param patience epochs without a better validation ELBO after which training stops; 0 for never
 */
public record TrainingOptions(
    int epochs,
    int batchSize,
    Schedule learningRate,
    Schedule klWeight,
    Optimizer optimizer,
    Transforms transforms,
    Holdout validation,
    long seed,
    boolean dropLast,
    int patience) {
  /** Below these single precision makes 0 of a rate; above them Adam's steps leave all bounds. */
  private static final Range LEARNING_RATES = Range.from(1e-30, 1e3);

  /** Far beyond any use, and far within what single precision can multiply a divergence by. */
  private static final Range KL_WEIGHTS = Range.from(0, 1e9);

  /** @throws VaeException that names every number out of range */
  public TrainingOptions {
    List<String> faults = new ArrayList<>();
    check(faults, epochs >= 1, "epochs must be at least 1, not " + epochs);
    check(faults, batchSize >= 1, "the batch size must be at least 1, not " + batchSize);
    check(faults, "the learning rate", LEARNING_RATES, learningRate);
    check(faults, "the KL weight", KL_WEIGHTS, klWeight);
    check(faults, patience >= 0, "patience must be 0 (never stop early) or more, not " + patience);
    if (!faults.isEmpty()) {
      throw new ConfigurationException("training cannot start: " + String.join("; ", faults));
    }
  }

  private static void check(List<String> faults, String what, Range range, Schedule schedule) {
    schedule.extremes().stream()
        .filter(value -> !range.holds(value))
        .findFirst()
        .ifPresent(value -> faults.add(range.fault(what, value)
            + (schedule instanceof Schedule.Constant ? "" : " in " + Quote.bare(schedule))));
  }

  private static void check(List<String> faults, boolean condition, String fault) {
    if (!condition) {
      faults.add(fault);
    }
  }

  /**
   * 10 epochs, batches of 128, learning rate 0.001, no transforms, seed 1; the data set's own
   * validation part, else a tenth of the training part, chosen by the seed.
   */
  public static TrainingOptions defaults() {
    return new TrainingOptions(
        10,
        128,
        Schedule.constant(1e-3),
        Schedule.constant(1),
        Adam.defaults(),
        Transforms.none(),
        Holdout.standard(),
        1,
        false,
        0);
  }

  /**
   * Returns one of the schedules of an objective.
   *
   * @throws VaeException if these options say nothing of it
   */
  public Schedule schedule(String name) {
    if (!name.equals(Objective.KL_WEIGHT)) {
      throw new ConfigurationException("the objective needs a schedule of " + Quote.of(name)
          + ", and the training's options have none");
    }
    return klWeight;
  }

  /** The same with another number of passes. */
  public TrainingOptions withEpochs(int value) {
    return new TrainingOptions(
        value,
        batchSize,
        learningRate,
        klWeight,
        optimizer,
        transforms,
        validation,
        seed,
        dropLast,
        patience);
  }

  /** The same with another batch size. */
  public TrainingOptions withBatchSize(int value) {
    return new TrainingOptions(
        epochs,
        value,
        learningRate,
        klWeight,
        optimizer,
        transforms,
        validation,
        seed,
        dropLast,
        patience);
  }

  /** The same with another learning rate. */
  public TrainingOptions withLearningRate(Schedule value) {
    return new TrainingOptions(
        epochs,
        batchSize,
        value,
        klWeight,
        optimizer,
        transforms,
        validation,
        seed,
        dropLast,
        patience);
  }

  /** The same with another weight of the divergence. */
  public TrainingOptions withKlWeight(Schedule value) {
    return new TrainingOptions(
        epochs,
        batchSize,
        learningRate,
        value,
        optimizer,
        transforms,
        validation,
        seed,
        dropLast,
        patience);
  }

  /** The same with another optimizer. */
  public TrainingOptions withOptimizer(Optimizer value) {
    return new TrainingOptions(
        epochs,
        batchSize,
        learningRate,
        klWeight,
        value,
        transforms,
        validation,
        seed,
        dropLast,
        patience);
  }

  /** The same with other transforms. */
  public TrainingOptions withTransforms(Transforms value) {
    return new TrainingOptions(
        epochs,
        batchSize,
        learningRate,
        klWeight,
        optimizer,
        value,
        validation,
        seed,
        dropLast,
        patience);
  }

  /** The same with other examples kept for validation. */
  public TrainingOptions withValidation(Holdout value) {
    return new TrainingOptions(
        epochs,
        batchSize,
        learningRate,
        klWeight,
        optimizer,
        transforms,
        value,
        seed,
        dropLast,
        patience);
  }

  /** The same with another seed. */
  public TrainingOptions withSeed(long value) {
    return new TrainingOptions(
        epochs,
        batchSize,
        learningRate,
        klWeight,
        optimizer,
        transforms,
        validation,
        value,
        dropLast,
        patience);
  }

  /** The same, with or without an epoch's smaller last batch. */
  public TrainingOptions withDropLast(boolean value) {
    return new TrainingOptions(
        epochs,
        batchSize,
        learningRate,
        klWeight,
        optimizer,
        transforms,
        validation,
        seed,
        value,
        patience);
  }

  /** The same with another patience. */
  public TrainingOptions withPatience(int value) {
    return new TrainingOptions(
        epochs,
        batchSize,
        learningRate,
        klWeight,
        optimizer,
        transforms,
        validation,
        seed,
        dropLast,
        value);
  }

  /**
   * Returns the parts of a data set as a training with these options uses them.
   *
   * @throws VaeException if nothing would be left of the training or the validation part
   */
  public DataParts parts(DataParts data) {
    return validation.apply(data, seed);
  }

  /** These options as they are saved with a model. */
  public Options toOptions() {
    return Options.none()
        .with("epochs", epochs)
        .with("batch_size", batchSize)
        .with("learning_rate", learningRate.toString())
        .with("kl_weight", klWeight.toString())
        .with(optimizer.match(new OptimizerMembers()))
        .with("transforms", TransformMembers.write(transforms))
        .with("validation", validation.toString())
        .with("seed", seed)
        .with("drop_last", dropLast)
        .with("patience", patience);
  }

  /**
   * The options of a saved model.
   *
   * @throws VaeException if one is of the wrong kind or out of range; the message names the member
   */
  public static TrainingOptions of(Options options) {
    return of(JsonMembers.of(options));
  }

  /**
   * The options of a saved model, within a file.
   *
   * @throws VaeException as {@link #of(Options)} does
   */
  public static TrainingOptions of(JsonMembers members) {
    TrainingOptions standard = defaults();
    return new TrainingOptions(
        members.integer("epochs", 1, standard.epochs()),
        members.integer("batch_size", 1, standard.batchSize()),
        schedule(members, "learning_rate", standard.learningRate()),
        schedule(members, "kl_weight", standard.klWeight()),
        OptimizerMembers.optimizerIn(members),
        TransformMembers.read(members),
        // Trainings that were begun before there was a choice had no validation part.
        members.text("validation") == null
            ? Holdout.none()
            : Holdout.parse("validation", String.valueOf(members.text("validation"))),
        members.wholeNumber("seed", standard.seed()),
        members.flag("drop_last", standard.dropLast()),
        members.integer("patience", 0, standard.patience()));
  }

  private static Schedule schedule(JsonMembers members, String name, Schedule otherwise) {
    String text = members.textOrNumber(name);
    return text == null ? otherwise : Schedule.parse(name, text);
  }
}
