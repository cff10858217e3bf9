package io.github.jvae.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import io.github.jvae.backend.support.EngineVariable;
import io.github.jvae.tensor.HostTensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A variable, or a moment of the optimizer: an array in PyTorch's memory, changed in place. */
final class StoredVariable extends EngineVariable {
  private final Memory memory;
  private NDArray array;

  /** What computations without gradients are given, once there are some. */
  private @Nullable IValue value;

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
    if (this.value != null) {
      memory.close(this.value);
      this.value = memory.value(array);
    }
  }

  /** Has what {@link #value} returns made, by one thread alone. */
  void prepareValue() {
    if (value == null) {
      value = memory.value(array);
    }
  }

  /** What computations without gradients are given; another one after each {@link #write}. */
  IValue value() {
    return Objects.requireNonNull(value, "prepared with the program that reads it");
  }

  HostTensor read() {
    return memory.read(array, shape());
  }

  void close() {
    if (value != null) {
      memory.close(value);
      value = null;
    }
    array.close();
  }
}
