package io.github.jvae.nd4j;

import io.github.jvae.backend.support.EngineFault;
import io.github.jvae.error.BackendException;
import io.github.jvae.error.VaeException;
import java.util.function.Supplier;

/** Makes one line of what ND4J throws. */
final class Nd4jFault {
  private static final EngineFault FAULT = new EngineFault("ND4J");

  private Nd4jFault() {}

  /** Does something in the engine alone; what it throws comes out as a {@link VaeException}. */
  static <T> T guard(String action, Supplier<T> work) {
    return FAULT.guard(action, work);
  }

  /** Memory that the operating system or JavaCPP's limit refuses. */
  static VaeException outOfMemory(long bytes, OutOfMemoryError e) {
    return new BackendException(
        "ND4J ran out of native memory as it was to allocate " + (bytes >> 20)
            + " MB; use a smaller batch, or raise -Dorg.bytedeco.javacpp.maxbytes and"
            + " -Dorg.bytedeco.javacpp.maxphysicalbytes",
        e);
  }
}
