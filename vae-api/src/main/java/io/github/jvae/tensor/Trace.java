package io.github.jvae.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * A computation while it is being recorded. Every {@link Tensor} knows its trace, so a component
 * reaches its parameters and constants through the tensors it is given.
 *
 * <p>Implemented by backends. A trace is used by one thread.
 */
public abstract class Trace {
  private final Deque<String> components = new ArrayDeque<>();

  /** For backends. */
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

  /** The engine's name, for messages. */
  public abstract String backend();

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

  /** The innermost component being recorded, or {@code model} outside of any. */
  public final String component() {
    String innermost = components.peek();
    return innermost == null ? "model" : innermost;
  }
}
