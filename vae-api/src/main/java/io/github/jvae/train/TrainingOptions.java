package io.github.jvae.train;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Holdout;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.Objective;
import io.github.jvae.option.Options;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How to train.
 *
 * @param epochs passes over the data
 * @param batchSize examples that the engine computes at a time: those of a step, unless it
 *     accumulates
 * @param accumulate how many batches of that size make a step, one after the other, so that the
 *     engine needs the memory of one: a step is that of a batch as large as all of them, also at
 *     the end of an epoch, where fewer examples may be left. An objective that compares the
 *     examples of a batch with each other compares those of one of the small ones
 * @param learningRate the optimizer's learning rate
 * @param schedules of what an objective lets change, by name, such as {@link Objective#KL_WEIGHT},
 *     which is 1 where it is not said
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
    int accumulate,
    Schedule learningRate,
    Map<String, Schedule> schedules,
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

  private static final Range FINITE = Range.from(-1e30, 1e30);

  private static final String SCHEDULES = "schedules";
  private static final String ACCUMULATE = "accumulate";
  private static final Schedule USUAL_KL_WEIGHT = Schedule.constant(1);

  /** @throws VaeException that names every number out of range */
  public TrainingOptions {
    List<String> faults = new ArrayList<>();
    check(faults, epochs >= 1, "epochs must be at least 1, not " + epochs);
    check(faults, batchSize >= 1, "the batch size must be at least 1, not " + batchSize);
    check(faults, accumulate >= 1, "a step must have at least 1 batch, not " + accumulate);
    Stream<Double> rates = learningRate.parts().flatMap(TrainingOptions::rates);
    check(faults, "the learning rate", LEARNING_RATES, learningRate, rates);
    SortedMap<String, Schedule> kept = new TreeMap<>(schedules);
    // What is usual is as if it was not said.
    kept.remove(Objective.KL_WEIGHT, USUAL_KL_WEIGHT);
    schedules = Collections.unmodifiableSortedMap(kept);
    schedules.forEach((name, schedule) -> {
      boolean isWeight = name.equals(Objective.KL_WEIGHT);
      check(faults, isWeight ? "the KL weight" : name, isWeight ? KL_WEIGHTS : FINITE, schedule);
    });
    check(faults, patience >= 0, "patience must be 0 (never stop early) or more, not " + patience);
    if (!faults.isEmpty()) {
      throw new ConfigurationException("training cannot start: " + String.join("; ", faults));
    }
  }

  private static void check(List<String> faults, String what, Range range, Schedule schedule) {
    check(faults, what, range, schedule, schedule.extremes().stream());
  }

  private static void check(
      List<String> faults, String what, Range range, Schedule schedule, Stream<Double> values) {
    values
        .filter(value -> !range.holds(value))
        .findFirst()
        .ifPresent(value -> faults.add(range.fault(what, value)
            + (schedule instanceof ConstantSchedule ? "" : " in " + Quote.bare(schedule))));
  }

  /** A rate may begin or end at 0, as warm-ups and cosines do, but not be 0 all the time. */
  private static Stream<Double> rates(Schedule part) {
    return part.extremes().stream()
        .filter(value -> value != 0 || part.extremes().stream().allMatch(other -> other == 0));
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
        1,
        Schedule.constant(1e-3),
        Map.of(),
        Adam.defaults(),
        Transforms.none(),
        Holdout.standard(),
        1,
        false,
        0);
  }

  /** Returns how many examples a step has, but for the last one of an epoch. */
  public long stepSize() {
    return (long) batchSize * accumulate;
  }

  /** Returns the weight of the divergence in the loss; 1 is the bound. */
  public Schedule klWeight() {
    return schedules.getOrDefault(Objective.KL_WEIGHT, USUAL_KL_WEIGHT);
  }

  /** Returns whether a number that changes depends on how well the epochs do. */
  boolean readsLosses() {
    return Stream.concat(Stream.of(learningRate), schedules.values().stream())
        .anyMatch(Schedule::readsLosses);
  }

  /**
   * Returns one of the schedules of an objective.
   *
   * @throws VaeException if these options say nothing of it
   */
  Schedule schedule(String name) {
    if (name.equals(Objective.KL_WEIGHT)) {
      return klWeight();
    }
    Schedule schedule = schedules.get(name);
    if (schedule == null) {
      throw new ConfigurationException("the objective needs a schedule of " + Quote.of(name)
          + "; give it with --schedule " + name + "=SCHEDULE, or in TrainingOptions");
    }
    return schedule;
  }

  /**
   * Checks that an objective has what these options schedule, and they schedule what it has.
   *
   * @throws VaeException if a schedule would be passed over, or one is missing
   */
  void requireSchedules(Objective objective) {
    objective.schedules().stream()
        .filter(name -> !name.equals(Objective.TRAINING_EXAMPLES))
        .forEach(this::schedule);
    schedules.forEach((name, schedule) -> {
      if (name.equals(Objective.TRAINING_EXAMPLES)) {
        throw new ConfigurationException(
            "there is no schedule of " + name + ": it is how many examples there are");
      }
      if (!objective.schedules().contains(name)) {
        throw new ConfigurationException("objective " + objective.name() + " has no "
            + Quote.of(name) + " to change; it has "
            + (objective.schedules().isEmpty() ? "none" : Quote.list(objective.schedules())));
      }
    });
  }

  /** Returns the same with another number of passes. */
  public TrainingOptions withEpochs(int value) {
    return with(draft -> draft.epochs = value);
  }

  /** Returns the same with another batch size. */
  public TrainingOptions withBatchSize(int value) {
    return with(draft -> draft.batchSize = value);
  }

  /** Returns the same with another number of batches per step. */
  public TrainingOptions withAccumulate(int value) {
    return with(draft -> draft.accumulate = value);
  }

  /** Returns the same with another learning rate. */
  public TrainingOptions withLearningRate(Schedule value) {
    return with(draft -> draft.learningRate = value);
  }

  /** Returns the same with another weight of the divergence. */
  public TrainingOptions withKlWeight(Schedule value) {
    return withSchedule(Objective.KL_WEIGHT, value);
  }

  /** Returns the same with another schedule of what an objective lets change. */
  public TrainingOptions withSchedule(String name, Schedule value) {
    return with(draft -> draft.schedules.put(name, value));
  }

  /** Returns the same with another optimizer. */
  public TrainingOptions withOptimizer(Optimizer value) {
    return with(draft -> draft.optimizer = value);
  }

  /** Returns the same with other transforms. */
  public TrainingOptions withTransforms(Transforms value) {
    return with(draft -> draft.transforms = value);
  }

  /** Returns the same with other examples kept for validation. */
  public TrainingOptions withValidation(Holdout value) {
    return with(draft -> draft.validation = value);
  }

  /** Returns the same with another seed. */
  public TrainingOptions withSeed(long value) {
    return with(draft -> draft.seed = value);
  }

  /** Returns the same, with or without an epoch's smaller last batch. */
  public TrainingOptions withDropLast(boolean value) {
    return with(draft -> draft.dropLast = value);
  }

  /** Returns the same with another patience. */
  public TrainingOptions withPatience(int value) {
    return with(draft -> draft.patience = value);
  }

  private TrainingOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** Options while they change; they are checked when they are done. */
  private static final class Draft {
    private int epochs;
    private int batchSize;
    private int accumulate;
    private Schedule learningRate;
    private final Map<String, Schedule> schedules;
    private Optimizer optimizer;
    private Transforms transforms;
    private Holdout validation;
    private long seed;
    private boolean dropLast;
    private int patience;

    Draft(TrainingOptions options) {
      epochs = options.epochs;
      batchSize = options.batchSize;
      accumulate = options.accumulate;
      learningRate = options.learningRate;
      schedules = new TreeMap<>(options.schedules);
      optimizer = options.optimizer;
      transforms = options.transforms;
      validation = options.validation;
      seed = options.seed;
      dropLast = options.dropLast;
      patience = options.patience;
    }

    TrainingOptions options() {
      return new TrainingOptions(
          epochs,
          batchSize,
          accumulate,
          learningRate,
          schedules,
          optimizer,
          transforms,
          validation,
          seed,
          dropLast,
          patience);
    }
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
    Options others = Options.none();
    for (Map.Entry<String, Schedule> schedule : schedules.entrySet()) {
      others = schedule.getKey().equals(Objective.KL_WEIGHT)
          ? others
          : others.with(schedule.getKey(), schedule.getValue().toString());
    }
    Options options = Options.none()
        .with("epochs", epochs)
        .with("batch_size", batchSize)
        .with("learning_rate", learningRate.toString())
        .with(Objective.KL_WEIGHT, klWeight().toString())
        .with(optimizer.match(new OptimizerMembers()))
        .with("transforms", TransformMembers.write(transforms))
        .with("validation", validation.toString())
        .with("seed", seed)
        .with("drop_last", dropLast)
        .with("patience", patience);
    options = accumulate == 1 ? options : options.with(ACCUMULATE, accumulate);
    return others.names().isEmpty() ? options : options.with(SCHEDULES, others);
  }

  /**
   * The options of a saved model.
   *
   * @throws VaeException if one is of the wrong kind or out of range; the message names the member
   */
  public static TrainingOptions of(Options options) {
    return of("", options);
  }

  /**
   * The options of a saved model, within a file.
   *
   * @param object the name of the object that they are, for messages
   * @throws VaeException as {@link #of(Options)} does
   */
  public static TrainingOptions of(String object, Options options) {
    JsonMembers members =
        object.isEmpty() ? JsonMembers.of(options) : JsonMembers.of(object, options);
    return defaults().with(draft -> {
      draft.epochs = members.integer("epochs", 1, draft.epochs);
      draft.batchSize = members.integer("batch_size", 1, draft.batchSize);
      draft.accumulate = members.integer(ACCUMULATE, 1, draft.accumulate);
      draft.learningRate = schedule(members, "learning_rate", draft.learningRate);
      draft.schedules.putAll(schedules(members));
      draft.optimizer = OptimizerMembers.optimizerIn(members);
      draft.transforms = TransformMembers.read(members);
      // Trainings that were begun before there was a choice had no validation part.
      draft.validation = members.text("validation") == null
          ? Holdout.none()
          : Holdout.parse("validation", String.valueOf(members.text("validation")));
      draft.seed = members.wholeNumber("seed", draft.seed);
      draft.dropLast = members.flag("drop_last", draft.dropLast);
      draft.patience = members.integer("patience", 0, draft.patience);
    });
  }

  private static Map<String, Schedule> schedules(JsonMembers members) {
    Map<String, Schedule> schedules = new TreeMap<>();
    schedules.put(Objective.KL_WEIGHT, schedule(members, Objective.KL_WEIGHT, USUAL_KL_WEIGHT));
    JsonMembers others = members.object(SCHEDULES);
    for (String name : others.names()) {
      schedules.put(name, schedule(others, name, USUAL_KL_WEIGHT));
    }
    return schedules;
  }

  private static Schedule schedule(JsonMembers members, String name, Schedule otherwise) {
    String text = members.textOrNumber(name);
    return text == null ? otherwise : Schedule.parse(name, text);
  }
}
