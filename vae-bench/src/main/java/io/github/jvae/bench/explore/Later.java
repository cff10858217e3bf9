package io.github.jvae.bench.explore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.error.VaeException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is computed meanwhile in another thread, unless it fails.
 *
 * @param <T> what it is
 */
final class Later<T> {
  private volatile @Nullable T value;
  private volatile @Nullable String fault;

  private Later() {}

  /** Has something computed; where the thread has ended, it never is. */
  static <T> Later<T> of(Executor executor, Supplier<T> source) {
    Later<T> later = new Later<>();
    try {
      executor.execute(() -> later.compute(source));
    } catch (RejectedExecutionException e) {
      later.fault = "the model was closed";
    }
    return later;
  }

  /** Returns what is not to be had, and why. */
  static <T> Later<T> never(String why) {
    Later<T> later = new Later<>();
    later.fault = why;
    return later;
  }

  private void compute(Supplier<T> source) {
    try {
      value = source.get();
    } catch (VaeException e) {
      fault = String.valueOf(e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      fault = "internal error: " + e;
    }
  }

  /** Returns it if it is there. */
  Optional<T> now() {
    return Optional.ofNullable(value);
  }

  /** Returns JSON of it, with a status: {@code ready}, {@code pending} or {@code failed}. */
  ObjectNode toJson(Function<T, ObjectNode> format) {
    T known = value;
    String why = fault;
    if (known != null) {
      return format.apply(known).put("status", "ready");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return why == null
        ? json.put("status", "pending")
        : json.put("status", "failed").put("error", why);
  }
}
