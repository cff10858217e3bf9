package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Precision;
import io.github.jvae.error.VaeException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Matrix products in bfloat16: they work where they are offered, and are refused elsewhere. */
abstract class PrecisionGroup extends CompatibilityGroup {
  private static final BackendOptions BFLOAT16 =
      BackendOptions.builder().threads(1).precision(Precision.BFLOAT16).build();
  private static final int STEPS = 10;

  /** A number of 8 bits is within 1/256 of the truth; sums of such are nearer to it. */
  private static final double CLOSE = 1.0 / 256;

  PrecisionGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private boolean isGap() {
    try (OpenBackend engine = open()) {
      return engine.backend().gaps().containsKey(Capability.BFLOAT16);
    }
  }

  @Test
  @DisplayName("changes the losses of a training, but not by much")
  void works() {
    assumeTrue(!isGap(), "skipped: declared as a gap");
    for (ModelSpec spec : List.of(ModelSpec.mlp(), ModelSpec.conv())) {
      try (TrainingRun single = TrainingRun.start(open(), spec);
          TrainingRun rounded = TrainingRun.start(open(BFLOAT16), spec)) {
        List<Double> expected = single.next(STEPS);
        List<Double> actual = rounded.next(STEPS);
        assertThat(actual).isNotEqualTo(expected);
        TrainingRun.checkLosses(actual, expected, CLOSE);
      }
    }
  }

  @Test
  @DisplayName("that is declared as a gap is refused in one line, with the reason")
  void refused() {
    assumeTrue(isGap(), "skipped: no gap");
    try (OpenBackend engine = open()) {
      String reason = Objects.requireNonNull(engine.backend().gaps().get(Capability.BFLOAT16));
      // The injector wraps what a backend throws.
      assertThat(Throwables.getRootCause(catchThrowable(() -> open(BFLOAT16))))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining(reason)
          .hasMessageNotContaining("\n");
    }
  }
}
