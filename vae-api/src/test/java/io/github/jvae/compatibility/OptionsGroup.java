package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.error.VaeException;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a backend is told when it starts: it does so, or refuses. */
abstract class OptionsGroup extends CompatibilityGroup {
  private static final String ABSENT = "abacus:7";

  OptionsGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  @Test
  @DisplayName("The device it computes on can be asked for by its name")
  void device() {
    try (OpenBackend engine = open()) {
      String device = engine.backend().info().device();
      BackendOptions options = SINGLE_THREAD.toBuilder().device(device).build();
      try (OpenBackend same = open(options)) {
        assertThat(same.backend().info()).isEqualTo(engine.backend().info());
      }
    }
  }

  @Test
  @DisplayName("A device that is not there is refused in one line that lists those that are")
  void absentDevice() {
    try (OpenBackend engine = open()) {
      BackendInfo info = engine.backend().info();
      refused(SINGLE_THREAD.toBuilder().device(ABSENT), info.name(), ABSENT, info.device());
    }
  }

  @Test
  @DisplayName("An engine property that it does not know is refused in one line")
  void unknownProperty() {
    refused(SINGLE_THREAD.toBuilder().property("flux.capacity", "1"), "flux.capacity");
  }

  private void refused(BackendOptions.Builder options, String... words) {
    // The injector wraps what a backend throws.
    assertThat(Throwables.getRootCause(catchThrowable(() -> open(options.build()))))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("\n");
  }
}
