package io.github.jvae.nd4j.memory;

import io.github.jvae.error.BackendException;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Off-heap numbers, allocated at once and released when closed. Starts as zeros. */
public final class MemoryBlock implements AutoCloseable {
  /** Numbers in 64 bytes, a line of the processor's cache: where vectors best start. */
  static final int LINE = 16;

  private static final long LINE_BYTES = 64;

  private final FloatPointer allocated;
  private final long first;

  /** Allocates room for so many numbers. */
  public MemoryBlock(long size) {
    long bytes = (size + LINE) * Float.BYTES;
    try {
      allocated = new FloatPointer(size + LINE);
    } catch (OutOfMemoryError e) {
      // Memory that the operating system or JavaCPP's limit refuses.
      throw new BackendException(
          "ND4J ran out of native memory as it was to allocate " + (bytes >> 20)
              + " MB; use a smaller batch, or raise -Dorg.bytedeco.javacpp.maxbytes and"
              + " -Dorg.bytedeco.javacpp.maxphysicalbytes",
          e);
    }
    Pointer.memset(allocated, 0, bytes);
    long past = allocated.address() % LINE_BYTES;
    first = past == 0 ? 0 : (LINE_BYTES - past) / Float.BYTES;
  }

  /** Returns a part of it. Not to be touched once this is closed. */
  public Memory slice(long offset, int size) {
    return new Memory(allocated.getPointer(first + offset), size);
  }

  /** Returns a size rounded up so that what follows starts well. */
  public static long aligned(long size) {
    return (size + LINE - 1) / LINE * LINE;
  }

  @Override
  public void close() {
    // A second time does nothing.
    allocated.deallocate();
  }
}
