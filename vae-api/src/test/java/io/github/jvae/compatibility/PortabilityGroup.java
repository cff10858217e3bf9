package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.checkpoint.Safetensors;
import io.github.jvae.tensor.HostTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that move between backends, and components that come from elsewhere. */
abstract class PortabilityGroup extends CompatibilityGroup {

  PortabilityGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static void bounds(
      ModelSpec spec, OpenBackend from, OpenBackend to, Path file, Map<String, String> notes) {
    Safetensors.write(file, from.backend().variables().readAll(), notes);
    to.backend().variables().writeAll(Safetensors.read(file));
    assertThat(to.backend().variables().readAll())
        .isEqualTo(from.backend().variables().readAll());
    HostTensor[] inputs = {spec.images(6), spec.noise(0, 6), HostTensor.scalar(1)};
    HostTensor expected = from.backend()
        .evaluate(ModelSpec.elbo(from, spec.assemble(from)), inputs)
        .get(1);
    HostTensor actual =
        to.backend().evaluate(ModelSpec.elbo(to, spec.assemble(to)), inputs).get(1);
    Closeness.checkTensor("elbo", actual, Closeness.doubles(expected), Closeness.MODEL);
  }

  @Test
  @DisplayName("A model trained on the reference and saved gives the same bound here, and back")
  void crossBackendLoad(@TempDir Path folder) {
    for (ModelSpec spec : List.of(ModelSpec.mlp(), ModelSpec.conv())) {
      try (TrainingRun engine = TrainingRun.start(open(), spec);
          TrainingRun reference = TrainingRun.start(reference(), spec)) {
        reference.next(3);
        bounds(spec, reference.engine(), engine.engine(), folder.resolve("a"), Map.of());
        engine.next(3);
        bounds(spec, engine.engine(), reference.engine(), folder.resolve("b"), Map.of("by", "kit"));
      }
    }
  }

  @Test
  @DisplayName("Training begun on the reference goes on here, optimizer and all")
  void crossBackendResume() {
    ModelSpec spec = ModelSpec.conv();
    try (TrainingRun engine = TrainingRun.start(open(), spec);
        TrainingRun reference = TrainingRun.start(reference(), spec)) {
      reference.next(5);
      engine.engine().backend().variables().writeAll(reference.values());
      engine.step().restore(reference.step().state());
      engine.continueAt(5);
      TrainingRun.checkLosses(engine.next(5), reference.next(5), Closeness.TRAINING);
      engine.checkSlots(reference, 1e-3);
    }
  }
}
