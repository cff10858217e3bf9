package io.github.jvae.tensorflow;

import io.github.jvae.backend.support.EngineFault;
import io.github.jvae.error.BackendException;
import io.github.jvae.error.VaeException;
import java.util.function.Supplier;
import org.tensorflow.exceptions.TensorFlowException;

/** Makes one line of what TensorFlow throws. */
final class TensorFlowFault {
  private static final EngineFault FAULT = new EngineFault("TensorFlow");

  private TensorFlowFault() {}

  /** Does something in the engine alone; what it throws comes out as a {@link VaeException}. */
  static <T> T guard(String action, Supplier<T> work) {
    try {
      return FAULT.guard(action, work);
    } catch (OutOfMemoryError e) {
      if (!EngineFault.reason(e).contains("hysical")) {
        throw e;
      }
      throw new BackendException(
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
      // The engine's exceptions have a package in common, but no class. The names of the operations
      // at fault are in the message, and start with the component.
      throw e.getClass().getPackage().equals(TensorFlowException.class.getPackage())
          ? FAULT.failed(action, e)
          : e;
    }
  }
}
