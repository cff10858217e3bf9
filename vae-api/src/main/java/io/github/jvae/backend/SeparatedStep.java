package io.github.jvae.backend;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A training step in two calls: the gradients of a loss, and the move of the variables along
 * gradients that are given. Between the two, gradients may be added up over the parts of a batch,
 * or over processes of which each computes a part. On every engine, the two together are the step
 * of {@link Backend#compileTraining}, to rounding.
 *
 * <p>The move is the engine's own: a step on the loss {@code Σ θ · g}, whose gradients are the
 * {@code g} given, with not a bit of rounding.
 */
public final class SeparatedStep implements AutoCloseable {
  private final Backend backend;
  private final Executable gradients;
  private final TrainingStep update;
  private List<String> moved = List.of();

  /**
   * Prepares a step; nothing is recorded yet.
   *
   * @param loss whose first output is a single number, the loss
   * @throws VaeException if the backend cannot train, or has no gradients
   */
  public SeparatedStep(Backend backend, Computation loss, Optimizer optimizer) {
    this.backend = backend;
    this.gradients = backend.compileGradients(loss);
    this.update = backend.compileTraining(this::product, optimizer);
  }

  /**
   * What {@link #gradients} computed.
   *
   * @param outputs of the computation, the loss first
   * @param byVariable the gradient of each variable that the loss reaches, in the order of
   *     {@link Variables#names()} and in the portable layout
   */
  public record Gradients(List<HostTensor> outputs, Map<String, HostTensor> byVariable) {
    /** Keeps copies, in their order. */
    public Gradients {
      outputs = List.copyOf(outputs);
      byVariable = Collections.unmodifiableMap(new LinkedHashMap<>(byVariable));
    }
  }

  /** A loss whose gradients are given, and that reaches what the real one reaches. */
  private List<Tensor> product(Trace trace, List<Tensor> given) {
    Tensor sum = trace.scalar(0);
    for (int i = 0; i < given.size(); i++) {
      sum = sum.add(trace.parameter(moved.get(i)).multiply(given.get(i)).sum());
    }
    return List.of(sum);
  }

  /**
   * Computes outputs and gradients; moves nothing.
   *
   * @param inputs of the computation; not changed, and not kept after the call
   * @throws VaeException if this or its backend is closed, or a shape does not fit
   */
  public Gradients gradients(HostTensor... inputs) {
    List<HostTensor> results = gradients.run(inputs);
    List<String> variables = backend.variables().names();
    int outputs = results.size() - variables.size();
    Set<String> reached = gradients.reached();
    Map<String, HostTensor> byVariable = new LinkedHashMap<>();
    for (int i = 0; i < variables.size(); i++) {
      if (reached.contains(variables.get(i))) {
        byVariable.put(variables.get(i), results.get(outputs + i));
      }
    }
    return new Gradients(results.subList(0, outputs), byVariable);
  }

  /**
   * Computes outputs and gradients of some examples of a batch; moves nothing.
   *
   * @param begin the first of them
   * @param end behind the last of them
   * @param inputs of the whole batch, the examples first: of others as many rows follow one another
   *     for each example, such as those of its draws, and single numbers are the same for all
   * @throws VaeException as {@link #gradients(HostTensor...)}, or if an input has no rows for each
   */
  public Gradients gradients(int begin, int end, HostTensor... inputs) {
    int batch = inputs[0].shape().dimension(0);
    return gradients(Arrays.stream(inputs)
        .map(input -> rows(input, batch, begin, end))
        .toArray(HostTensor[]::new));
  }

  private static HostTensor rows(HostTensor input, int batch, int begin, int end) {
    Shape shape = input.shape();
    if (shape.rank() == 0) {
      return input;
    }
    if (shape.dimension(0) % batch != 0) {
      throw new ShapeException("a batch of " + batch + " examples cannot be computed in parts: an"
          + " input of shape " + shape + " has no rows for each");
    }
    int each = shape.dimension(0) / batch;
    return input.rows(each * begin, each * end);
  }

  /**
   * Moves the variables along gradients, unless the optimizer's limits have the step skipped. What
   * is not named stays as it is, also where there is weight decay.
   *
   * @param learningRate the learning rate of this step
   * @param byVariable the gradient of each variable that the loss reaches, in the portable layout;
   *     of the same variables in every step
   * @throws VaeException if this or its backend is closed, a shape is not its variable's, or others
   *     are named than in the first step
   */
  public void apply(double learningRate, Map<String, HostTensor> byVariable) {
    byVariable.forEach(backend.variables()::requireFit);
    List<String> names = List.copyOf(byVariable.keySet());
    if (moved.isEmpty()) {
      moved = names;
    } else if (!moved.equals(names)) {
      throw new VaeException("a step moves the same variables each time, in the same order: "
          + Quote.list(moved) + ", not " + Quote.list(names));
    }
    List<HostTensor> values = new ArrayList<>(byVariable.values());
    update.run(learningRate, values.toArray(HostTensor[]::new));
  }

  /** Returns what the gradients of the last step were, as {@link TrainingStep} does. */
  public List<GradientNorm> gradientNorms() {
    return update.gradientNorms();
  }

  /** Returns the optimizer's memory, in the portable layout; a copy. */
  public OptimizerState state() {
    return update.state();
  }

  /**
   * Sets the optimizer's memory, so that training goes on exactly where it stood.
   *
   * @throws VaeException if it is another optimizer's, or names or shapes are not those of the
   *     variables
   */
  public void restore(OptimizerState state) {
    update.restore(state);
  }

  @Override
  public void close() {
    gradients.close();
    update.close();
  }
}
