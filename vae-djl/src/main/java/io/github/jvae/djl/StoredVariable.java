package io.github.jvae.djl;

import ai.djl.ndarray.NDArray;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;

/** A variable, or a moment of the optimizer: an array in PyTorch's memory, changed in place. */
final class StoredVariable {
  private final Shape shape;
  private final Memory memory;
  private NDArray array;

  StoredVariable(Memory memory, HostTensor value) {
    this.shape = value.shape();
    this.memory = memory;
    this.array = memory.variable(value);
  }

  Shape shape() {
    return shape;
  }

  /** What scripts are given; another one after each {@link #write}. */
  NDArray array() {
    return array;
  }

  /** Sets the value; the numbers are copied. */
  void write(HostTensor value) {
    NDArray old = array;
    array = memory.variable(value);
    old.close();
  }

  HostTensor read() {
    return memory.read(array, shape);
  }

  void close() {
    array.close();
  }
}
