package io.github.jvae.tensorflow;

import io.github.jvae.error.VaeException;
import java.util.function.Supplier;
import org.tensorflow.exceptions.TensorFlowException;

/** Makes one line of what TensorFlow throws. */
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
      throw failed(action, e);
    } catch (OutOfMemoryError e) {
      if (!firstLine(e).contains("hysical")) {
        throw e;
      }
      throw new VaeException(
          "TensorFlow ran out of native memory as it was to " + action
              + "; use a smaller batch or raise -Dorg.bytedeco.javacpp.maxphysicalbytes",
          e);
    }
  }

  /**
   * Does something in the engine and in components; what the engine throws comes out as a
   * {@link VaeException}, what a component throws as it is.
   */
  static <T> T guardEngine(String action, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      // The engine's exceptions have a package in common, but no class.
      throw e.getClass().getPackage().equals(TensorFlowException.class.getPackage())
          ? failed(action, e)
          : e;
    }
  }

  private static VaeException failed(String action, Throwable e) {
    // The names of the operations at fault are in the message, and start with the component.
    return new VaeException("TensorFlow failed to " + action + ": " + firstLine(e), e);
  }

  /** The native library is there but does not load, as where the C library is too old. */
  static VaeException notLoaded(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new VaeException("TensorFlow's native library cannot be loaded: " + firstLine(cause), e);
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message);
  }
}
