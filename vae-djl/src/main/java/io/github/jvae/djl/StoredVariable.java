package io.github.jvae.djl;

import ai.djl.ndarray.NDArray;
import io.github.jvae.backend.support.EngineVariable;
import io.github.jvae.tensor.HostTensor;

/** A variable, or a moment of the optimizer: an array in PyTorch's memory, changed in place. */
final class StoredVariable extends EngineVariable {
  private final Memory memory;
  private NDArray array;

  StoredVariable(Memory memory, HostTensor value) {
    super(value.shape());
    this.memory = memory;
    this.array = memory.variable(value);
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
    return memory.read(array, shape());
  }

  void close() {
    array.close();
  }
}
