package io.github.jvae.nd4j;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A variable: a part of the memory of all, which every computation reads in place. */
final class StoredVariable {
  private final Shape shape;
  private final Layout layout;
  private final Runnable settling;

  /** The value, as long as it has no place in memory yet. */
  private float @Nullable [] waiting;

  private @Nullable Memory memory;

  /**
   * @param shape the portable shape
   * @param layout how it is stored
   * @param settling gives it its place, when that is first needed
   */
  StoredVariable(Shape shape, Layout layout, float[] portableValue, Runnable settling) {
    this.shape = shape;
    this.layout = layout;
    this.settling = settling;
    this.waiting = layout.toStored(portableValue).clone();
  }

  Shape shape() {
    return shape;
  }

  Layout layout() {
    return layout;
  }

  boolean isSettled() {
    return memory != null;
  }

  void settle(Memory place) {
    place.write(Objects.requireNonNull(waiting));
    memory = place;
    waiting = null;
  }

  Memory memory() {
    if (memory == null) {
      settling.run();
    }
    return Objects.requireNonNull(memory);
  }

  /** Sets the value, from the portable layout. */
  void write(float[] portableValue) {
    float[] value = layout.toStored(portableValue);
    if (memory == null) {
      waiting = value.clone();
    } else {
      memory.write(value);
    }
  }

  /** The value, in the portable layout; a copy. */
  HostTensor read() {
    float[] value = memory == null ? Objects.requireNonNull(waiting).clone() : memory.read();
    return HostTensor.of(shape, layout.toPortable(value));
  }
}
