package io.github.jvae.tensor;

/** Functions of two tensors, element by element, with broadcasting. */
public enum BinaryOperation {
  /** {@code a + b}. */
  ADD,
  /** {@code a - b}. */
  SUBTRACT,
  /** {@code a · b}. */
  MULTIPLY,
  /** {@code a / b}. */
  DIVIDE,
  /** The greater of two; where they are equal, how the gradient is shared is up to the engine. */
  MAXIMUM,
  /** The lesser of two; where they are equal, how the gradient is shared is up to the engine. */
  MINIMUM,
  /** 1 where {@code a > b}, else 0; its gradient is 0. */
  GREATER
}
