package io.github.jvae.tensor;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A computation while it is being recorded. Every {@link Tensor} knows its trace, so a component
 * reaches its parameters and constants through the tensors it is given.
 *
 * <p>Implemented by backends. A trace is used by one thread.
 */
public abstract class Trace {
  private final Deque<String> components = new ArrayDeque<>();
  private boolean frozen;
  private final Map<String, Tensor> told = new LinkedHashMap<>();

  /** Begins a trace; for backends. */
  protected Trace() {}

  /**
   * A parameter of the model, by its portable name, in its portable (PyTorch) layout.
   *
   * @throws io.github.jvae.error.VaeException if no such parameter was declared
   */
  public abstract Tensor parameter(String name);

  /** A number, shape []. */
  public abstract Tensor scalar(double value);

  /** Numbers that never change. What changes from step to step is an input instead. */
  public abstract Tensor constant(HostTensor value);

  /**
   * Applies a network to a batch, on whatever the engine has for it.
   *
   * @param inputs a batch [B, …] of each of the network's inputs
   * @return a batch [B, …] of each of its outputs
   * @throws ShapeException if an input is missing, unknown, of another shape or batch than it
   *     should be (R2), or was recorded for another computation (R3)
   */
  public final Map<String, Tensor> apply(NativeUnit network, Map<String, Tensor> inputs) {
    if (!inputs.keySet().equals(network.inputs().keySet())) {
      throw misfit(
          network, "takes " + network.inputs().keySet() + " and was given " + inputs.keySet());
    }
    int batch = batch(network, inputs);
    network.inputs().forEach((name, example) -> {
      Tensor given = Objects.requireNonNull(inputs.get(name));
      if (!given.shape().equals(example.prepend(batch))) {
        throw misfit(
            network,
            "needs a batch of " + example + " as " + name + ", " + example.prepend(batch) + ", not "
                + given.shape());
      }
      if (given.trace() != this) {
        throw misfit(
            network,
            "was given a tensor of another computation or of another backend, "
                + given.trace().backend() + " and not " + backend() + ", as " + name);
      }
    });
    return checked(network, batch, record(network, inputs));
  }

  /** What the implementer owes: each output, as a batch of its shape. */
  private Map<String, Tensor> checked(NativeUnit network, int batch, Map<String, Tensor> made) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    made.forEach((name, output) -> shapes.put(name, output.shape()));
    Map<String, Shape> wanted = new LinkedHashMap<>();
    network.outputs().forEach((name, example) -> wanted.put(name, example.prepend(batch)));
    if (!shapes.equals(wanted)) {
      throw misfit(
          network, "makes " + wanted + ", but backend " + backend() + " recorded " + shapes);
    }
    return made;
  }

  /**
   * Applies a network of one input and one output.
   *
   * @param input a batch [B, …]
   * @return a batch [B, …]
   * @throws ShapeException if the network has several of either, or as the general form has it
   */
  public final Tensor apply(NativeUnit network, Tensor input) {
    if (network.inputs().size() != 1 || network.outputs().size() != 1) {
      throw misfit(
          network,
          "takes " + network.inputs().keySet() + " and makes "
              + network.outputs().keySet() + "; apply it to inputs by name");
    }
    String name = network.inputs().keySet().iterator().next();
    return apply(network, Map.of(name, input)).values().iterator().next();
  }

  /** The examples of the first input, to which the others must agree. */
  private int batch(NativeUnit network, Map<String, Tensor> inputs) {
    String first = network.inputs().keySet().iterator().next();
    Shape shape = Objects.requireNonNull(inputs.get(first)).shape();
    if (shape.rank() == 0) {
      throw misfit(
          network,
          "needs a batch of " + network.inputs().get(first) + " as " + first + ", not " + shape);
    }
    return shape.dimension(0);
  }

  private ShapeException misfit(NativeUnit network, String fault) {
    return new ShapeException(component() + ": network " + network.name() + " " + fault);
  }

  /**
   * Records a network; its inputs have been checked.
   *
   * @param inputs of this trace, a batch of each of the network's inputs
   * @return a batch of each of its outputs, in their order
   */
  protected abstract Map<String, Tensor> record(NativeUnit network, Map<String, Tensor> inputs);

  /** The engine's name, for messages. */
  public abstract String backend();

  /**
   * Tells a tensor beside what the computation returns: the next value of a parameter that a step
   * of training sets, or a number to be reported. Who records the computation may make use of it or
   * pass it over.
   *
   * @param name of the parameter, or of what is reported; what is told last counts
   */
  public final void tell(String name, Tensor value) {
    told.put(name, value);
  }

  /** Returns all that was told so far, by name. */
  public final Map<String, Tensor> told() {
    return Collections.unmodifiableMap(told);
  }

  /**
   * Records a part of the computation on behalf of a component, whose name then stands in error
   * messages and, where an engine names its operations, in its graph.
   *
   * @param component such as {@code likelihood bernoulli}
   */
  public final <T> T within(String component, Supplier<T> part) {
    components.push(component);
    try {
      return part.get();
    } finally {
      components.pop();
    }
  }

  /**
   * Records a part of the computation through whose parameters, those of networks too, no gradient
   * passes: training does not move them on behalf of it. Gradients pass through all else.
   */
  public final <T> T frozen(Supplier<T> part) {
    boolean before = frozen;
    frozen = true;
    try {
      return part.get();
    } finally {
      frozen = before;
    }
  }

  /** Returns whether what is recorded now may not move parameters; for backends. */
  protected final boolean isFrozen() {
    return frozen;
  }

  /** The innermost component being recorded, or {@code model} outside of any. */
  public final String component() {
    String innermost = components.peek();
    return innermost == null ? "model" : innermost;
  }
}
