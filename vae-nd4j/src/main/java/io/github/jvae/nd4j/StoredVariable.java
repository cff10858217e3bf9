package io.github.jvae.nd4j;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;

/** A variable with memory of its own, which every computation reads in place. */
final class StoredVariable implements AutoCloseable {
  private final Shape shape;
  private final Layout layout;
  private final MemoryBlock block;
  private final Memory memory;

  /**
   * @param shape the portable shape
   * @param layout how it is stored
   */
  StoredVariable(Shape shape, Layout layout, float[] portableValue) {
    this.shape = shape;
    this.layout = layout;
    this.block = new MemoryBlock(shape.size());
    this.memory = block.slice(0, shape.size());
    write(portableValue);
  }

  Shape shape() {
    return shape;
  }

  Layout layout() {
    return layout;
  }

  Memory memory() {
    return memory;
  }

  /** Sets the value, from the portable layout. */
  void write(float[] portableValue) {
    memory.write(layout.toStored(portableValue));
  }

  /** The value, in the portable layout; a copy. */
  HostTensor read() {
    return HostTensor.of(shape, layout.toPortable(memory.read()));
  }

  @Override
  public void close() {
    block.close();
  }
}
