package io.github.jvae.nd4j.engine;

import io.github.jvae.backend.support.FreedMemory;
import io.github.jvae.backend.support.SpinCount;
import io.github.jvae.error.BackendException;
import io.github.jvae.nd4j.memory.Memory;
import io.github.jvae.tensor.Shape;
import java.util.Map;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.CustomOpDescriptor;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.nd4j.nativeblas.OpaqueContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ND4J's native operations, below its arrays: an operation is told once where its numbers are, by
 * address, and then runs without an object of Java. One for the whole process, as the native code
 * keeps its settings for the process or the thread.
 */
public final class Engine {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private final NativeOps natives;
  private final Map<String, CustomOpDescriptor> operations;

  private static final class Holder {
    static final Engine ENGINE = new Engine();
  }

  private Engine() {
    NativeLibrary.ofThisPlatform().slow().ifPresent(LOG::warn);
    beQuiet();
    SpinCount.limit();
    FreedMemory.keep();
    // Initialises more than is used here, but is what ND4J itself is tested with.
    this.operations = Nd4j.getExecutioner().getCustomOperations();
    this.natives = NativeOpsHolder.getInstance().getDeviceNativeOps();
    // Used for small products alone. With threads of its own it would take cores from oneDNN's.
    openblas.blas_set_num_threads(1);
    // Nothing here waits for a collection to release memory, so ND4J need not call for one.
    Nd4j.getMemoryManager().togglePeriodicGc(false);
  }

  /** Else ND4J logs some twenty lines about how it was built, unless somebody decided already. */
  private static void beQuiet() {
    if (System.getProperty(ND4JSystemProperties.LOG_INITIALIZATION) == null) {
      System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
    }
  }

  /** Returns it; loads the native code when it is first asked for. */
  public static Engine get() {
    return Holder.ENGINE;
  }

  /** Sets how many threads operations use that the calling thread starts. */
  public void useThreads(int threads) {
    natives.setOmpNumThreads(threads);
  }

  /** Raises ND4J's own limit of threads, which is one for the process. */
  public void allowThreads(int threads) {
    Nd4j.getEnvironment().setMaxThreads(Math.max(threads, Nd4j.getEnvironment().maxThreads()));
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
  }

  /** Returns the number by which an operation is called. */
  public long hash(String operation) {
    CustomOpDescriptor descriptor = operations.get(operation);
    if (descriptor == null) {
      throw new BackendException("this ND4J has no operation " + operation);
    }
    return descriptor.getHash();
  }

  /** Returns what an operation can be told its arguments in; the caller deletes it. */
  public OpaqueContext newContext() {
    OpaqueContext context = natives.createGraphContext(1);
    // The results' shapes are known and their memory is there.
    natives.ctxShapeFunctionOverride(context, true);
    return context;
  }

  /** Tells where an operand is. */
  public void operand(OpaqueContext context, int index, Memory memory, Shape shape) {
    natives.setGraphContextInputArray(
        context, index, memory.address(), shapeInfo(shape), null, null);
  }

  /** Tells where a result goes. */
  public void result(OpaqueContext context, int index, Memory memory, Shape shape) {
    natives.setGraphContextOutputArray(
        context, index, memory.address(), shapeInfo(shape), null, null);
  }

  /** Tells the integer arguments. */
  public void integers(OpaqueContext context, long... values) {
    try (LongPointer pointer = new LongPointer(values)) {
      natives.setGraphContextIArguments(context, pointer, values.length);
    }
  }

  /** Releases a context. */
  public void delete(OpaqueContext context) {
    natives.deleteGraphContext(context);
  }

  /** Runs an operation on what its context was told. */
  public void execute(String operation, long hash, OpaqueContext context) {
    if (natives.execCustomOp2(null, hash, context) != 0) {
      throw new BackendException("ND4J failed in " + operation + ": " + natives.lastErrorMessage());
    }
  }

  /** What ND4J calls a shape: extents, strides and type; kept by ND4J for good. */
  private static Pointer shapeInfo(Shape shape) {
    long[] extents = shape.rank() == 0 ? new long[] {1} : shape.toLongArray();
    long[] strides = new long[extents.length];
    long stride = 1;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= extents[axis];
    }
    return Nd4j.getShapeInfoProvider()
        .createShapeInformation(extents, strides, 1, 'c', DataType.FLOAT, false)
        .getFirst()
        .addressPointer();
  }
}
