package io.github.jvae.nd4j.record;

import io.github.jvae.nd4j.memory.StoredVariable;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a recorded computation, before there is memory for them. Where its numbers come from
 * is known by what it is: made by an operation, an input, a variable or a constant, or the same
 * numbers as another value under another shape.
 */
public final class Value {
  private final Shape shape;
  private final @Nullable Value source;
  private final @Nullable StoredVariable variable;
  private final @Nullable HostTensor constant;

  private Value(
      Shape shape,
      @Nullable Value source,
      @Nullable StoredVariable variable,
      @Nullable HostTensor constant) {
    this.shape = shape;
    this.source = source;
    this.variable = variable;
    this.constant = constant;
  }

  /** Returns the value of numbers that an operation makes or that are given from outside. */
  public static Value of(Shape shape) {
    return new Value(shape, null, null, null);
  }

  static Value of(StoredVariable variable) {
    return new Value(variable.layout().stored(), null, variable, null);
  }

  /** Returns the value of numbers that never change. */
  public static Value of(HostTensor constant) {
    return new Value(constant.shape(), null, null, constant);
  }

  /** Returns the same numbers under another shape, which costs nothing. */
  public Value reshape(Shape newShape) {
    return newShape.equals(shape) ? this : new Value(newShape, storage(), null, null);
  }

  public Shape shape() {
    return shape;
  }

  public int size() {
    return shape.size();
  }

  /** Returns the value that has the memory: this, unless it is another under another shape. */
  public Value storage() {
    return source == null ? this : source;
  }

  /** Returns the variable whose numbers these are, if they are one's. */
  @Nullable
  public StoredVariable variable() {
    return variable;
  }

  /** Returns the numbers, if they never change. */
  @Nullable
  public HostTensor constant() {
    return constant;
  }
}
