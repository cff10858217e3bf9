package io.github.jvae.backend.support;

import io.github.jvae.error.BackendException;
import io.github.jvae.error.VaeException;
import java.util.List;
import java.util.function.Supplier;

/** Makes one line of what an engine throws. */
public final class EngineFault {
  private static final String PREFIX = "RuntimeError: ";

  private final String engine;

  /** @param engine its name in messages, such as {@code PyTorch} */
  public EngineFault(String engine) {
    this.engine = engine;
  }

  /** Does something in the engine alone; what it throws comes out as a {@link VaeException}. */
  public <T> T guard(String action, Supplier<T> work) {
    try {
      return work.get();
    } catch (VaeException e) {
      throw e;
    } catch (LinkageError e) {
      throw notLoaded(e);
    } catch (RuntimeException e) {
      throw failed(action, e);
    }
  }

  /** Returns what to throw where the engine could not do something. */
  public VaeException failed(String action, Throwable e) {
    return new BackendException(engine + " failed to " + action + ": " + reason(e), e);
  }

  /** The native library is there but does not load, as where the C library is too old. */
  private VaeException notLoaded(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new BackendException(engine + "'s native library cannot be loaded: " + reason(cause), e);
  }

  /** Returns what is wrong in one line, without the engine's own stack. */
  public static String reason(Throwable e) {
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return e.getClass().getSimpleName();
    }
    List<String> lines =
        message.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.stream()
        .filter(line -> line.startsWith(PREFIX))
        .map(line -> line.substring(PREFIX.length()))
        .findFirst()
        .orElse(lines.get(0));
  }
}
