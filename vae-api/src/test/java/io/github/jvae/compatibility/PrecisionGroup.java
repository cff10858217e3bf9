package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.Precision;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.LatentModel;
import io.github.jvae.objective.Elbo;
import io.github.jvae.plugin.Kind;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Matrix products in bfloat16: they work where they are offered, and are refused elsewhere. */
abstract class PrecisionGroup extends CompatibilityGroup {
  private static final BackendOptions BFLOAT16 =
      BackendOptions.builder().threads(1).precision(Precision.BFLOAT16).build();
  private static final int STEPS = 10;

  /** At greater rates the first steps of a deep model carry every difference away. */
  private static final double DEEP_RATE = 0.003;

  private static final int DEEP_STEPS = 30;

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

  private static Map<String, ModelSpec> deep() {
    ModelSpec images = ModelSpec.mlp().withInput(Shape.of(3, 16, 16));
    return Map.of(
        "a residual network",
        images.with(
            Kind.ARCHITECTURE, "{'type':'resnet','channels':[16,24],'blocks':2,'dense':32}"),
        "a ladder of latent groups",
        images.with(Kind.MODEL, "{'type':'ladder','blocks':[2,2],'width':16}"));
  }

  @TestFactory
  @DisplayName("trains deep models as single precision does: the loss falls as far, within 8 bits")
  Stream<DynamicTest> deepModels() {
    assumeTrue(!isGap(), "skipped: declared as a gap");
    return deep().entrySet().stream()
        .map(model -> dynamicTest(model.getKey(), () -> requireAsFar(model.getValue())));
  }

  private void requireAsFar(ModelSpec spec) {
    List<Double> expected = losses(SINGLE_THREAD, spec);
    List<Double> actual = losses(BFLOAT16, spec);
    assertThat(actual).isNotEqualTo(expected);
    TrainingRun.checkLosses(actual, expected, CLOSE);
    // What is learned is far more than what may differ: a training gone wrong would be seen.
    assertThat(expected.get(DEEP_STEPS - 1)).isLessThan(expected.get(0) * (1 - 10 * CLOSE));
  }

  private List<Double> losses(BackendOptions options, ModelSpec spec) {
    try (OpenBackend engine = open(options)) {
      LatentModel model = spec.latentModel(engine);
      ModelRuntime runtime = new ModelRuntime(
          engine.backend(), spec.input(), model, new Elbo(DivergenceForm.CLOSED_FORM));
      runtime.createVariables(3);
      List<Double> losses = new ArrayList<>();
      try (TrainingStep step = runtime.compileTraining(Adam.defaults())) {
        for (int t = 0; t < DEEP_STEPS; t++) {
          HostTensor noise =
              Numbers.normal("noise " + t, Shape.of(TrainingRun.BATCH, model.noiseSize()));
          HostTensor[] inputs = {spec.images(TrainingRun.BATCH), noise, HostTensor.scalar(1)};
          losses.add((double) step.run(DEEP_RATE, inputs).get(0).item());
        }
      }
      return losses;
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
