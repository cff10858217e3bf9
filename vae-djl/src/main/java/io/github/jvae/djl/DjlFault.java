package io.github.jvae.djl;

import io.github.jvae.backend.support.EngineFault;
import io.github.jvae.error.BackendException;
import io.github.jvae.error.VaeException;
import java.util.function.Supplier;

/** Makes one line of what DJL and PyTorch throw. */
final class DjlFault {
  private static final EngineFault FAULT = new EngineFault("PyTorch");

  private DjlFault() {}

  /** Does something in the engine alone; what it throws comes out as a {@link VaeException}. */
  static <T> T guard(String action, Supplier<T> work) {
    return FAULT.guard(action, work);
  }

  /** A script that does not load, or fails as it runs. */
  static VaeException inScript(String action, ScriptText text, Exception e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("DefaultCPUAllocator")) {
      return new BackendException(
          "PyTorch ran out of native memory as it was to " + action
              + " a computation; use a smaller batch",
          e);
    }
    return FAULT.failed(action + " a computation" + text.culprit(message), e);
  }
}
