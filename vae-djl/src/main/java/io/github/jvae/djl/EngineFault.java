package io.github.jvae.djl;

import io.github.jvae.error.VaeException;
import java.util.List;
import java.util.function.Supplier;

/** Makes one line of what DJL and PyTorch throw. */
final class EngineFault {
  private EngineFault() {}

  /** Does something in the engine alone; what it throws comes out as a {@link VaeException}. */
  static <T> T guard(String action, Supplier<T> work) {
    try {
      return work.get();
    } catch (VaeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new VaeException("PyTorch failed to " + action + ": " + reason(e), e);
    }
  }

  /** A script that does not load, or fails as it runs. */
  static VaeException inScript(String action, ScriptText text, Exception e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("DefaultCPUAllocator")) {
      return new VaeException(
          "PyTorch ran out of native memory as it was to " + action
              + " a computation; use a smaller batch",
          e);
    }
    return new VaeException(
        "PyTorch failed to " + action + " a computation" + text.culprit(message) + ": " + reason(e),
        e);
  }

  /** What is wrong, without the engine's own stack. */
  private static String reason(Exception e) {
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return e.getClass().getSimpleName();
    }
    List<String> lines =
        message.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    return lines.stream()
        .filter(line -> line.startsWith("RuntimeError: "))
        .map(line -> line.substring("RuntimeError: ".length()))
        .findFirst()
        .orElse(lines.get(0));
  }
}
