package io.github.jvae.backend.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an engine throws")
final class EngineFaultTest {
  private static final EngineFault FAULT = new EngineFault("PyTorch");

  private static void guarded(Throwable thrown, String message) {
    assertThatThrownBy(() -> FAULT.guard("start", () -> {
          if (thrown instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) thrown;
        }))
        .isInstanceOf(VaeException.class)
        .hasMessage(message);
  }

  @Test
  @DisplayName("becomes one line that says what failed and why")
  void oneLine() {
    guarded(
        new IllegalStateException("\n  no memory \n at file.cpp:3"),
        "PyTorch failed to start: no memory");
    guarded(new IllegalStateException(), "PyTorch failed to start: IllegalStateException");
    guarded(
        new IllegalStateException("Traceback\n  line 3\nRuntimeError: sizes differ\n"),
        "PyTorch failed to start: sizes differ");
    guarded(
        new ExceptionInInitializerError(new UnsatisfiedLinkError("GLIBC_2.27 not found\n(by it)")),
        "PyTorch's native library cannot be loaded: GLIBC_2.27 not found");
  }

  @Test
  @DisplayName("passes as it is if it is such a line already, or none of the engine's")
  void untouched() {
    guarded(new VaeException("the batch is empty"), "the batch is empty");
    AssertionError other = new AssertionError("elsewhere");
    assertThatThrownBy(() -> FAULT.guard("start", () -> {
          throw other;
        }))
        .isSameAs(other);
    assertThat(FAULT.<Integer>guard("start", () -> 3)).isEqualTo(3);
  }
}
