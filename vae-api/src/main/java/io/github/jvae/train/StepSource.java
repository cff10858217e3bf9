package io.github.jvae.train;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Objective;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the steps of a training are given, from the options and the data alone: whoever takes these
 * steps, on whatever engine, trains on the same numbers (rule R7).
 */
public final class StepSource {
  private final ModelRuntime runtime;
  private final TrainingOptions options;
  private final int examples;
  private final Batches batches;

  /**
   * @param train the examples to learn from
   * @throws VaeException if the model cannot take them, they are too few for one whole batch where
   *     smaller ones are dropped, a batch would be too small for the objective, or the options
   *     schedule other numbers than the objective has
   */
  public StepSource(ModelRuntime runtime, TrainingOptions options, Examples train) {
    train.requireFor(runtime.example(), runtime.conditions());
    options.requireSchedules(runtime.objective());
    this.runtime = runtime;
    this.options = options;
    this.examples = train.size();
    this.batches = batches(options, train).withConditions(runtime.conditions().keySet());
    requireLeastBatch();
  }

  private void requireLeastBatch() {
    Objective objective = runtime.objective();
    int batch = Math.min(options.batchSize(), examples);
    int rest = options.dropLast() ? 0 : examples % batch;
    int smallest = rest == 0 ? batch : rest;
    if (smallest < objective.leastBatch()) {
      throw new ConfigurationException("objective " + objective.name()
          + " compares the examples of a batch, of which it needs at least "
          + objective.leastBatch() + ", but "
          + (rest == 0 ? "batches have " : "the last batch of an epoch has ") + smallest
          + "; take another batch size" + (rest == 0 ? "" : ", or leave smaller last ones out"));
    }
  }

  /** What the steps of an epoch are taken on, in the order of the data set. */
  public static Batches batches(TrainingOptions options, Examples train) {
    Batches all = Batches.of(train, (int) Math.min(options.stepSize(), train.size()));
    return options.dropLast() ? all.dropLast() : all;
  }

  /**
   * Compiles the step that takes these inputs, in one piece or in as many as the options say.
   *
   * @throws VaeException if the backend cannot train, or has no gradients to accumulate
   */
  public TrainingStep compile() {
    List<String> states = runtime.model().states();
    return states.isEmpty()
        ? compileGiven()
        : new StateKeepingStep(compileGiven(), runtime.backend().variables(), states);
  }

  private TrainingStep compileGiven() {
    if (options.accumulate() == 1) {
      return runtime.compileTraining(options.optimizer());
    }
    if (runtime.objective().adversary().isPresent()) {
      throw new ConfigurationException("objective " + runtime.objective().name()
          + " trains an opponent on each batch, so that batches cannot be accumulated; give a"
          + " greater batch size");
    }
    return new AccumulatedStep(
        runtime.backend(), runtime.trainingLoss(), options.optimizer(), options.batchSize());
  }

  /** How many steps an epoch has. */
  public int stepsPerEpoch() {
    return batches.count();
  }

  /**
   * The rest of an epoch. Each feed is new memory, made when it is asked for.
   *
   * @param epoch from 0
   * @param batch the first, from 0
   * @param step the first one's number since training began, from 0
   * @param losses of the epochs before, which {@link Schedule#at(double, List)} looks at
   */
  public Iterator<StepInputs> epoch(int epoch, int batch, long step, List<Double> losses) {
    Iterator<Batch> source = batches
        .shuffled(options.seed(), epoch)
        .transformed(options.transforms(), Pass.training(options.seed(), epoch))
        .startingAt(batch)
        .iterator();
    RandomStream noises = RandomStream.of(options.seed()).child("noise");
    return new Iterator<>() {
      private long next = step;
      private int place = batch;

      @Override
      public boolean hasNext() {
        return source.hasNext();
      }

      @Override
      public StepInputs next() {
        Batch images = source.next();
        HostTensor noise = HostTensor.zeros(
            Shape.of(images.size(), runtime.objective().noiseSize(runtime.model())));
        noises.child(next++).fillGaussian(noise.data());
        double moment = epoch + (double) place++ / stepsPerEpoch();
        return new StepInputs(
            images,
            noise,
            runtime.conditionsOf(images.size(), images.conditions()),
            options.learningRate().at(moment, losses),
            schedules(moment, losses));
      }
    };
  }

  /**
   * Returns the value that each of the objective's schedules has at a moment.
   *
   * @param moment epochs since the start, with the fraction of the present one
   * @param losses of the epochs so far
   */
  Map<String, Double> schedules(double moment, List<Double> losses) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String name : runtime.objective().schedules()) {
      values.put(
          name,
          name.equals(Objective.TRAINING_EXAMPLES)
              ? examples
              : options.schedule(name).at(moment, losses));
    }
    return values;
  }

  /**
   * All steps from the first on, epoch after epoch, without end.
   *
   * @throws VaeException if a schedule depends on how well the epochs do, which nobody judges here
   */
  public Iterator<StepInputs> endless() {
    if (options.readsLosses()) {
      throw new ConfigurationException("a plateau needs epochs that are judged, and here only steps"
          + " are taken; give a schedule that depends on nothing but the epoch");
    }
    return new Iterator<>() {
      private int epoch;
      private long step;
      private Iterator<StepInputs> rest = epoch(0, 0, 0, List.of());

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public StepInputs next() {
        if (!rest.hasNext()) {
          rest = epoch(++epoch, 0, step, List.of());
        }
        step++;
        return rest.next();
      }
    };
  }
}
