package io.github.jvae.backend;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.Adversary;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A model in the backend that computes it: what training and evaluation work on.
 *
 * <p>Computations of a model take its conditions as their last inputs, in the order of their names.
 *
 * @param backend holds the variables
 * @param example the shape of one example, such as [channels, height, width]
 * @param conditions what the model is told of each example beside, by name, with the shapes of one
 *     example's
 * @param model the parts
 * @param objective what training minimises
 */
public record ModelRuntime(
    Backend backend,
    Shape example,
    SortedMap<String, Shape> conditions,
    LatentModel model,
    Objective objective) {

  /** Keeps a copy of the conditions. */
  public ModelRuntime {
    conditions = Collections.unmodifiableSortedMap(new TreeMap<>(conditions));
  }

  /** A model that is told nothing but the examples. */
  public ModelRuntime(Backend backend, Shape example, LatentModel model, Objective objective) {
    this(backend, example, new TreeMap<>(), model, objective);
  }

  /** Returns the parameters of the model and of the objective. */
  public List<Parameter> parameters() {
    return Stream.concat(model.parameters().stream(), objective.parameters().stream())
        .toList();
  }

  /**
   * Creates the variables with their first values, which follow from the seed alone.
   *
   * @throws VaeException if two components claim the same name
   */
  public void createVariables(long seed) {
    createVariables(parameter -> parameter.initialValue(seed));
  }

  /**
   * Creates the variables with given values; no first ones are made.
   *
   * @param values by name
   * @throws VaeException if one is missing or of another shape, or two components claim the same
   *     name
   */
  public void createVariables(Map<String, HostTensor> values) {
    createVariables(parameter -> {
      HostTensor value = values.get(parameter.name());
      if (value == null) {
        throw new VaeException("there is no value for the parameter " + parameter.name());
      }
      return value;
    });
  }

  private void createVariables(Function<Parameter, HostTensor> values) {
    Set<String> names = new LinkedHashSet<>();
    for (Parameter parameter : parameters()) {
      if (!names.add(parameter.name())) {
        throw new VaeException(
            "two components declare a parameter named " + parameter.name() + "; rename one");
      }
      backend.variables().create(parameter, values.apply(parameter));
    }
  }

  /**
   * Prepares the steps of a training: the objective's, each followed by one of its adversary if it
   * has one. Their inputs and outputs are those of {@link #trainingLoss}.
   *
   * @param optimizer of both, each with a memory of its own
   * @throws VaeException if the backend cannot train
   */
  public TrainingStep compileTraining(Optimizer optimizer) {
    TrainingStep step = backend.compileTraining(trainingLoss(), optimizer);
    return objective
        .adversary()
        .<TrainingStep>map(adversary -> new AlternatingSteps(
            step, backend.compileTraining(adversaryLoss(adversary), optimizer), adversary))
        .orElse(step);
  }

  private Computation adversaryLoss(Adversary adversary) {
    return (trace, inputs) -> List.of(adversary.loss(model, trainingInputs(inputs), inputs.get(1)));
  }

  /**
   * Returns what a training step computes.
   *
   * @return a computation of examples [B, ...], noise [B, {@link Objective#noiseSize}], the value
   *     [] of each of the objective's schedules and the conditions: the loss, then the mean of each
   *     of the {@link #terms}, in order, and the next value of each of the model's states
   */
  public Computation trainingLoss() {
    return Computation.of(
        objective.averagesExamples() && !model.sharesWork()
            ? Computation.Examples.AVERAGED
            : Computation.Examples.TOGETHER,
        (trace, inputs) -> {
          Loss loss = evaluate(inputs);
          List<Tensor> outputs = new ArrayList<>();
          outputs.add(loss.loss());
          objective.terms(model).forEach(term -> outputs.add(term(loss, term).mean()));
          model.statistics().forEach(name -> outputs.add(told(trace, name)));
          model.states().forEach(name -> outputs.add(told(trace, name)));
          return outputs;
        });
  }

  /**
   * Returns what the objective tells of a batch.
   *
   * @param names of some of the objective's terms
   * @return a computation of the inputs of {@link #trainingLoss}: each of the terms, [B]
   */
  public Computation exampleTerms(List<String> names) {
    return Computation.of(
        objective.averagesExamples() ? Computation.Examples.APART : Computation.Examples.TOGETHER,
        (trace, inputs) -> {
          Loss loss = evaluate(inputs);
          return names.stream().map(name -> term(loss, name)).toList();
        });
  }

  private Loss evaluate(List<Tensor> inputs) {
    return objective.evaluate(model, trainingInputs(inputs), inputs.get(1), schedules(inputs));
  }

  private Inputs trainingInputs(List<Tensor> inputs) {
    return inputs(inputs.get(0), inputs.subList(2 + objective.schedules().size(), inputs.size()));
  }

  private static Tensor told(Trace trace, String name) {
    Tensor value = trace.told().get(name);
    if (value == null) {
      throw new VaeException("the model promises to tell " + name + " but told only "
          + trace.told().keySet());
    }
    return value;
  }

  /** Returns the names of what {@link #trainingLoss} reports, in order. */
  public List<String> terms() {
    return Stream.concat(objective.terms(model).stream(), model.statistics().stream())
        .toList();
  }

  private Map<String, Tensor> schedules(List<Tensor> inputs) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    int place = 2;
    for (String schedule : objective.schedules()) {
      values.put(schedule, inputs.get(place++));
    }
    return values;
  }

  private Tensor term(Loss loss, String name) {
    Tensor values = loss.terms().get(name);
    if (values == null) {
      throw new VaeException("objective " + objective.name() + " promises a term " + name
          + " but returned only " + loss.terms().keySet());
    }
    return values;
  }

  /**
   * Returns what the model is given of a batch while a computation is recorded.
   *
   * @param x [B, ...]
   * @param conditions the values of the model's conditions in the order of their names, [B, ...]
   */
  public Inputs inputs(Tensor x, List<Tensor> conditions) {
    return new Inputs(x, conditions(conditions));
  }

  /**
   * Returns conditions while a computation is recorded: their values in the order of their names.
   */
  public Conditions conditions(List<Tensor> values) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    int place = 0;
    for (String name : conditions.keySet()) {
      named.put(name, values.get(place++));
    }
    return Conditions.of(named);
  }

  /**
   * Returns the values of the model's conditions for some examples, in the order of their names:
   * the last inputs of a computation. A mask that is not given hides nothing.
   *
   * @param examples how many, B
   * @param given by name, [B, ...]; others than the model's are not used
   * @throws VaeException if one is missing or of another shape
   */
  public List<HostTensor> conditionsOf(int examples, Map<String, HostTensor> given) {
    List<HostTensor> values = new ArrayList<>();
    conditions.forEach((name, shape) -> {
      HostTensor value = given.get(name);
      if (value == null && name.equals(Inputs.MASK)) {
        value = HostTensor.zeros(shape.prepend(examples));
        Arrays.fill(value.data(), 1);
      }
      if (value == null) {
        throw new VaeException("the model needs the condition " + Quote.of(name) + ", " + shape
            + " for each example, but is given "
            + (given.isEmpty()
                ? "no conditions"
                : "only " + Quote.list(new TreeSet<>(given.keySet()))));
      }
      Shape wanted = shape.prepend(examples);
      if (!value.shape().equals(wanted)) {
        throw new VaeException("the model takes the condition " + Quote.of(name) + " as " + wanted
            + " for " + examples + " example(s), not " + value.shape());
      }
      values.add(value);
    });
    return values;
  }

  /**
   * Returns all inputs of a computation: those that are given, and the model's conditions.
   *
   * @param conditions by name, [B, ...]
   * @param inputs the first has B rows
   * @throws VaeException as {@link #conditionsOf}
   */
  public HostTensor[] withConditions(Map<String, HostTensor> conditions, HostTensor... inputs) {
    if (this.conditions.isEmpty()) {
      return inputs;
    }
    List<HostTensor> all = new ArrayList<>(List.of(inputs));
    all.addAll(conditionsOf(inputs[0].shape().dimension(0), conditions));
    return all.toArray(HostTensor[]::new);
  }

  /** Returns how many numbers are trained. */
  public long parameterCount() {
    return parameters().stream()
        .mapToLong(parameter -> parameter.shape().size())
        .sum();
  }
}
