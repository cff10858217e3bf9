package io.github.jvae.nd4j;

import io.github.jvae.error.VaeException;
import java.util.function.Supplier;

/** Makes one line of what ND4J throws. */
final class EngineFault {
  private EngineFault() {}

  /** Does something in the engine alone; what it throws comes out as a {@link VaeException}. */
  static <T> T guard(String action, Supplier<T> work) {
    try {
      return work.get();
    } catch (VaeException e) {
      throw e;
    } catch (LinkageError e) {
      throw notLoaded(e);
    } catch (RuntimeException e) {
      throw new VaeException("ND4J failed to " + action + ": " + firstLine(e), e);
    }
  }

  /** Memory that the operating system or JavaCPP's limit refuses. */
  static VaeException outOfMemory(long bytes, OutOfMemoryError e) {
    return new VaeException(
        "ND4J ran out of native memory as it was to allocate " + (bytes >> 20)
            + " MB; use a smaller batch, or raise -Dorg.bytedeco.javacpp.maxbytes and"
            + " -Dorg.bytedeco.javacpp.maxphysicalbytes",
        e);
  }

  /** The native library is there but does not load, as where the C library is too old. */
  static VaeException notLoaded(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new VaeException("ND4J's native library cannot be loaded: " + firstLine(cause), e);
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message);
  }
}
