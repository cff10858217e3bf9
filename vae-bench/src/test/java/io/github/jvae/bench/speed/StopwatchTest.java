package io.github.jvae.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.Vae;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The stopwatch")
final class StopwatchTest {

  private static boolean isGray(Workload workload) {
    return switch (workload) {
      case MLP, MLP_IWAE, VAMP, IAF -> true;
      case CONV, CONV_IWAE, RESNET, LADDER -> false;
    };
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  @DisplayName("times a workload that trains: the loss is sound and the paces are in order")
  void measures(Workload workload) {
    Vae.Builder model = workload.describe(Vae.builder().backend("tensorflow").threads(2));
    Stopwatch.Result result = new Stopwatch(model, 4, 0.7).measure();
    assertThat(result.steps().min())
        .isPositive()
        .isLessThanOrEqualTo(result.steps().median());
    assertThat(result.steps().max()).isGreaterThanOrEqualTo(result.steps().median());
    assertThat(result.encodes().median()).isPositive();
    assertThat(result.decodes().median()).isPositive();
    assertThat(result.firstStepMillis()).isPositive();
    // Logits of 0 lose ln 2 a pixel; images of 0 lose about 15 nats a pixel under σ = 0.1. How far
    // it has come from there depends on the machine.
    double untrained = isGray(workload) ? 784 * Math.log(2) : 3072 * 15.3;
    assertThat(result.loss()).isBetween(0.0, 2 * untrained);
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  @DisplayName("times the models it says it does")
  void sizes(Workload workload) {
    try (Vae vae = workload.describe(Vae.builder().backend("tensorflow")).build()) {
      assertThat(vae.parameterCount()).isEqualTo(parameters(workload));
    }
  }

  private static long parameters(Workload workload) {
    return switch (workload) {
      case MLP, MLP_IWAE -> 652_824;
      case VAMP -> 652_824 + 500 * 784;
      // A context of 32, and twice 52-320-(20,20).
      case IAF -> 652_824 + 401 * 32 + 2 * (53 * 320 + 2 * 321 * 20);
      case CONV, CONV_IWAE -> 1_406_851;
      // As PyTorch counts them in src/test/python/deep_yardstick.py.
      case RESNET -> 6_107_459;
      case LADDER -> 276_067;
    };
  }
}
