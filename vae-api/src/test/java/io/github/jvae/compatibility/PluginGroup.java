package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.AdamW;
import io.github.jvae.backend.Backend;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.objective.Elbo;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.Plugin;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What a paper writes as q(z|x), p(z), p(x|z) is a plugin, on every engine. */
abstract class PluginGroup extends CompatibilityGroup {
  private static final int BATCH = 8;
  private static final int STEPS = 5;
  private static final int DRAWS = 2;
  private static final double RATE = 0.01;
  private static final String LABEL = "label";
  private static final int CLASSES = 3;

  PluginGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static Map<String, ModelSpec> specs() {
    ModelSpec mlp = ModelSpec.mlp();
    Map<String, ModelSpec> specs = new LinkedHashMap<>();
    specs.put(
        "logistic likelihood and mixture prior",
        mlp.with(Kind.LIKELIHOOD, "{'type':'logistic','scale':0.2}")
            .with(Kind.PRIOR, "{'type':'even-mixture','components':4}"));
    specs.put("VampPrior", mlp.with(Kind.PRIOR, "{'type':'bounded-vamp','components':4}"));
    specs.put(
        "VampPrior over convolutions",
        ModelSpec.conv().with(Kind.PRIOR, "{'type':'bounded-vamp','components':4}"));
    specs.put("planar flow", mlp.with(Kind.POSTERIOR, "{'type':'shared-planar','maps':3}"));
    specs.put(
        "labels", mlp.withCondition(LABEL, Shape.of(CLASSES)).with(Kind.PRIOR, "{'type':'label'}"));
    specs.put(
        "labels of convolutions",
        ModelSpec.conv()
            .withCondition(LABEL, Shape.of(CLASSES))
            .with(Kind.PRIOR, "{'type':'label'}"));
    specs.put("two levels", mlp.with(Kind.MODEL, "{'type':'two-levels','upper':2}"));
    specs.put(
        "table",
        mlp.withInput(Shape.of(6)).with(Kind.LIKELIHOOD, "{'type':'binary-columns','binary':2}"));
    specs.put("residual encoder", mlp.with(Kind.ENCODER, "{'type':'residual','width':8}"));
    return specs;
  }

  /** A model of the plugin's, in training. */
  private record Run(OpenBackend engine, ModelRuntime runtime, TrainingStep step)
      implements AutoCloseable {

    static Run start(OpenBackend engine, ModelSpec spec, Optimizer optimizer) {
      LatentModel model = spec.latentModel(engine);
      ModelRuntime runtime = new ModelRuntime(
          engine.backend(),
          spec.input(),
          new TreeMap<>(spec.conditions()),
          model,
          new Elbo(DivergenceForm.CLOSED_FORM));
      engine.create(model.parameters(), 3);
      return new Run(
          engine, runtime, engine.backend().compileTraining(runtime.trainingLoss(), optimizer));
    }

    private HostTensor[] inputs(HostTensor... first) {
      List<HostTensor> inputs = new ArrayList<>(List.of(first));
      if (!runtime.conditions().isEmpty()) {
        HostTensor labels = HostTensor.zeros(Shape.of(BATCH, CLASSES));
        for (int i = 0; i < BATCH; i++) {
          labels.data()[i * CLASSES + i % CLASSES] = 1;
        }
        inputs.add(labels);
      }
      return inputs.toArray(HostTensor[]::new);
    }

    private HostTensor x() {
      return Numbers.binary("x", runtime.example().prepend(BATCH));
    }

    /** The loss, then the objective's terms. */
    List<HostTensor> next(int time) {
      HostTensor noise =
          Numbers.normal("noise " + time, Shape.of(BATCH, runtime.model().noiseSize()));
      return step.run(RATE, inputs(x(), noise, HostTensor.scalar(0.5)));
    }

    /** The bound of several draws, what is drawn from the model, and what stands for examples. */
    List<HostTensor> use() {
      LatentModel model = runtime.model();
      Computation computation = (trace, in) -> {
        Inputs inputs = runtime.inputs(in.get(0), in.subList(3, in.size()));
        BoundTerms bound = model.bound(inputs, in.get(1), DivergenceForm.SAMPLED);
        Tensor z = model.sample(in.get(2), inputs.conditions());
        Tensor mean = model.encode(inputs).mean();
        return List.of(
            bound.elbo(),
            z,
            model.likelihood().mean(model.decode(z, inputs.conditions())),
            model.likelihood().mean(model.decode(mean, inputs.conditions())));
      };
      Backend backend = engine.backend();
      return backend.evaluate(
          computation,
          inputs(
              x(),
              Numbers.normal("draws", Shape.of(BATCH * DRAWS, model.noiseSize())),
              Numbers.normal("prior", Shape.of(BATCH, model.priorNoiseSize()))));
    }

    @Override
    public void close() {
      step.close();
      engine.close();
    }
  }

  @TestFactory
  @DisplayName("Components from a jar of their own train, evaluate and sample as on the reference")
  Stream<DynamicTest> components(@TempDir Path folder) {
    return specs().entrySet().stream()
        .map(spec ->
            dynamicTest(spec.getKey(), () -> compare(folder, spec.getValue(), Adam.defaults())));
  }

  @Test
  @DisplayName("Such a model is trained by AdamW, too")
  void adamW(@TempDir Path folder) throws IOException {
    compare(
        folder,
        ModelSpec.mlp().with(Kind.PRIOR, "{'type':'bounded-vamp','components':4}"),
        new AdamW(Adam.defaults(), 0.1));
  }

  private void compare(Path folder, ModelSpec spec, Optimizer optimizer) throws IOException {
    try (PluginJar jar = PluginJar.pack(folder)) {
      Plugin[] plugins = jar.plugins().toArray(Plugin[]::new);
      assertThat(plugins).hasSize(1);
      try (Run actual = Run.start(open(plugins), spec, optimizer);
          Run expected = Run.start(reference(plugins), spec, optimizer)) {
        assertThat(actual.engine().catalogue().origins(Kind.LIKELIHOOD))
            .containsEntry("logistic", "extra-components.jar");
        for (int time = 0; time < STEPS; time++) {
          check("step " + time, actual.next(time), expected.next(time));
        }
        check("use", actual.use(), expected.use());
      }
    }
  }

  private static void check(String what, List<HostTensor> actual, List<HostTensor> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      Closeness.checkVector(
          what + ", output " + i,
          actual.get(i),
          Closeness.doubles(expected.get(i)),
          Closeness.TRAINING * 10,
          1e-3);
    }
  }
}
