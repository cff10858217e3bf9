package io.github.jvae.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Arrays in PyTorch's memory. PyTorch itself allocates all of them, so that all are aligned alike:
 * its products of matrices may differ in the last bit where operands are not.
 */
final class Memory implements AutoCloseable {
  private final NDManager manager;
  private final boolean channelsLast;
  private final Map<Integer, Script> copies = new HashMap<>();

  /**
   * @param manager owns all arrays
   * @param channelsLast whether variables of rank 4, which are kernels of convolutions, are kept
   *     with the channels innermost
   */
  Memory(NDManager manager, boolean channelsLast) {
    this.manager = manager;
    this.channelsLast = channelsLast;
  }

  static ai.djl.ndarray.types.Shape shape(Shape shape) {
    return new ai.djl.ndarray.types.Shape(shape.toLongArray());
  }

  /** An array that is written from Java before each run. */
  NDArray allocate(Shape shape) {
    return manager.create(shape(shape), DataType.FLOAT32);
  }

  /** The memory of an array that has its numbers in row-major order. */
  static FloatBuffer view(NDArray array) {
    return array.toByteBuffer(true).asFloatBuffer();
  }

  /** Returns the owner of all arrays. */
  NDManager manager() {
    return manager;
  }

  /** PyTorch's value of an array, which shares its memory; closed with this, unless before. */
  IValue value(NDArray array) {
    IValue value = IValue.from((PtNDArray) array);
    manager.attachInternal(value.getUid(), value);
    return value;
  }

  /** Closes what {@link #value} made. */
  void close(IValue value) {
    manager.detachInternal(value.getUid());
    value.close();
  }

  /** An array of these numbers, in row-major order. */
  NDArray constant(HostTensor value) {
    NDArray array = allocate(value.shape());
    view(array).put(0, value.data());
    return array;
  }

  /** An array of these numbers, in the order in which variables are kept. */
  NDArray variable(HostTensor value) {
    NDArray array = constant(value);
    if (!isChannelsLast(value.shape())) {
      return array;
    }
    try (array) {
      return copy(array, DjlTrace.CHANNELS_LAST);
    }
  }

  /** Whether kernels of convolutions are kept with the channels innermost. */
  boolean hasChannelsLast() {
    return channelsLast;
  }

  /** Whether a variable of this shape is kept with the channels innermost. */
  boolean isChannelsLast(Shape shape) {
    return channelsLast && shape.rank() == 4;
  }

  /** PyTorch's number for the order in which a variable of this shape is kept. */
  int format(Shape shape) {
    return isChannelsLast(shape) ? DjlTrace.CHANNELS_LAST : DjlTrace.CONTIGUOUS;
  }

  /** The numbers of a variable. */
  HostTensor read(NDArray array, Shape shape) {
    if (!isChannelsLast(shape)) {
      return HostTensor.of(shape, numbers(array, shape.size()));
    }
    try (NDArray copy = copy(array, DjlTrace.CONTIGUOUS)) {
      return HostTensor.of(shape, numbers(copy, shape.size()));
    }
  }

  /** The numbers of an array that has them in row-major order. */
  static float[] numbers(NDArray array, int size) {
    float[] numbers = new float[size];
    view(array).get(0, numbers);
    return numbers;
  }

  private NDArray copy(NDArray array, int memoryFormat) {
    array.setName(null);
    // With gradients on, as else it could not be used where they are.
    return copies
        .computeIfAbsent(memoryFormat, this::load)
        .run(true, new NDList(array))
        .singletonOrThrow();
  }

  private Script load(int memoryFormat) {
    ScriptText text = new ScriptText().addArgument("array");
    text.addReturn("torch.clone(array, memory_format=" + memoryFormat + ")");
    return load(text);
  }

  Script load(ScriptText text) {
    return Script.load(manager, text);
  }

  @Override
  public void close() {
    copies.values().forEach(Script::close);
    copies.clear();
    manager.close();
  }
}
