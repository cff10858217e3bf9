package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.backend.Adam;
import io.github.jvae.checkpoint.Safetensors;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Prior;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.Plugin;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
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

  @Test
  @DisplayName("A likelihood and a prior from a jar of their own are found and train")
  void pluginJar(@TempDir Path folder) throws IOException {
    ModelSpec spec = ModelSpec.mlp()
        .with(Kind.LIKELIHOOD, "{'type':'laplace','scale':0.2}")
        .with(Kind.PRIOR, "{'type':'mixture','components':4}");
    try (PluginJar jar = PluginJar.pack(folder)) {
      Plugin[] plugins = jar.plugins().toArray(Plugin[]::new);
      assertThat(plugins).hasSize(1);
      try (TrainingRun actual = TrainingRun.start(open(plugins), spec, Adam.defaults());
          TrainingRun expected = TrainingRun.start(reference(plugins), spec, Adam.defaults())) {
        assertThat(actual.engine().catalogue().origins(Kind.LIKELIHOOD))
            .containsEntry("laplace", "extra-components.jar");
        assertThat(actual.values()).containsKey("prior.means");
        TrainingRun.checkLosses(actual.next(10), expected.next(10), Closeness.TRAINING);
        actual.checkValues(expected, 1e-3);
        draws(actual, expected);
      }
    }
  }

  /** Draws of the plugin's components, on the same numbers. */
  private static void draws(TrainingRun actual, TrainingRun expected) {
    Prior prior = actual.model().prior();
    HostTensor noise = Numbers.normal("prior noise", Shape.of(50, prior.noiseSize(3)));
    Shape images = ModelSpec.mlp().input().prepend(50);
    HostTensor[] inputs = {
      noise, Numbers.uniform("u", images, 0.01, 0.99), Numbers.normal("n", images)
    };
    HostTensor wanted = draw(expected, inputs);
    Closeness.checkTensor(
        "draw", draw(actual, inputs), Closeness.doubles(wanted), Closeness.TRAINING * 10);
  }

  private static HostTensor draw(TrainingRun run, HostTensor... inputs) {
    return run.engine()
        .backend()
        .evaluate(
            (trace, in) -> {
              var z = run.model().sample(in.get(0), Conditions.none());
              var decoded = run.model().decode(z, Conditions.none());
              return List.of(run.model().likelihood().sample(decoded, in.get(1), in.get(2)));
            },
            inputs)
        .get(0);
  }
}
