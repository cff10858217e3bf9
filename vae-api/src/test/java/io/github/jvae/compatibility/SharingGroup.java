package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Adamax;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Computation.Examples;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.Sgd;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Parameter;
import io.github.jvae.objective.Elbo;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Threads that share a batch compute what one would: whether the engine divides the batch where a
 * computation allows it ({@link Computation#examples}) or each operation.
 */
abstract class SharingGroup extends CompatibilityGroup {
  private static final int STEPS = 6;
  private static final double RATE = 0.01;

  SharingGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private OpenBackend open(int threads) {
    return open(BackendOptions.builder().threads(threads).build());
  }

  private static Map<String, ModelSpec> specs() {
    Map<String, ModelSpec> specs = new LinkedHashMap<>();
    specs.put("mlp", ModelSpec.mlp());
    specs.put("conv with a shared sigma", ModelSpec.conv());
    return specs;
  }

  private static Computation averaged(OpenBackend engine, ModelSpec spec) {
    return new ModelRuntime(
            engine.backend(),
            spec.input(),
            spec.start(engine, 3),
            new Elbo(DivergenceForm.CLOSED_FORM))
        .trainingLoss();
  }

  private static HostTensor[] inputs(ModelSpec spec, int step, int batch) {
    return new HostTensor[] {spec.images(batch), spec.noise(step, batch), HostTensor.scalar(0.5)};
  }

  @TestFactory
  @DisplayName("Training steps on batches of any size, by two and by three threads")
  Stream<DynamicTest> training() {
    return specs().entrySet().stream()
        .flatMap(spec -> Stream.of(2, 3)
            .flatMap(threads -> Stream.of(
                dynamicTest(
                    spec.getKey() + ", " + threads + " threads",
                    () -> follow(spec.getValue(), threads, Adam.defaults())),
                dynamicTest(
                    spec.getKey() + ", " + threads + " threads, a limited gradient norm",
                    () -> follow(
                        spec.getValue(),
                        threads,
                        Adam.defaults().withLimits(GradientLimits.clipping(0.5)))),
                dynamicTest(
                    spec.getKey() + ", " + threads + " threads, Adamax with decay",
                    () -> follow(
                        spec.getValue(),
                        threads,
                        new Adamax(0.9, 0.999, 1e-8, 0.1, GradientLimits.none()))),
                dynamicTest(
                    spec.getKey() + ", " + threads + " threads, SGD without memory",
                    () -> follow(spec.getValue(), threads, Sgd.defaults())))));
  }

  private void follow(ModelSpec spec, int threads, Optimizer optimizer) {
    try (OpenBackend engine = open(threads);
        OpenBackend reference = reference();
        TrainingStep actual = engine.backend().compileTraining(averaged(engine, spec), optimizer);
        TrainingStep expected =
            reference.backend().compileTraining(averaged(reference, spec), optimizer)) {
      int[] batches = {64, 37, 1, 100, 64, 17};
      for (int step = 0; step < STEPS; step++) {
        HostTensor[] inputs = inputs(spec, step, batches[step]);
        List<HostTensor> outputs = actual.run(RATE, inputs);
        List<HostTensor> wanted = expected.run(RATE, inputs);
        for (int i = 0; i < wanted.size(); i++) {
          Closeness.relative(Closeness.TRAINING)
              .check(
                  "output " + i + " of step " + step,
                  outputs.get(i).item(),
                  wanted.get(i).item());
        }
      }
      checkAll(
          "variable",
          engine.backend().variables().readAll(),
          reference.backend().variables().readAll());
      OptimizerState state = actual.state();
      expected
          .state()
          .slots()
          .forEach((slot, values) -> checkAll(slot.key(), state.slot(slot), values));
    }
  }

  private static void checkAll(
      String what, Map<String, HostTensor> actual, Map<String, HostTensor> expected) {
    expected.forEach((name, value) -> {
      HostTensor found = actual.getOrDefault(name, HostTensor.scalar(0));
      Closeness.checkVector(
          what + " of " + name, found, Closeness.doubles(value), 1e-3, Float.MIN_NORMAL);
    });
  }

  @Test
  @DisplayName("Gradients of a mean over examples, a penalty of weights in it counted once")
  void gradients() {
    ModelSpec spec = ModelSpec.mlp();
    try (OpenBackend engine = open(2);
        OpenBackend reference = reference()) {
      HostTensor[] inputs = inputs(spec, 0, 41);
      List<HostTensor> actual = engine.gradients(penalised(engine, spec), inputs);
      List<double[]> expected =
          exact(reference).compileGradients(penalised(reference, spec)).runExactly(inputs);
      for (int i = 0; i < expected.size(); i++) {
        Closeness.checkVector(
            "result " + i, actual.get(i), expected.get(i), Closeness.TRAINING, 1e-3);
      }
    }
  }

  private static Computation penalised(OpenBackend engine, ModelSpec spec) {
    Computation loss = averaged(engine, spec);
    return Computation.of(Examples.AVERAGED, (trace, inputs) -> {
      Tensor penalty = trace.parameter("encoder.0.weight").square().sum();
      return List.of(loss.record(trace, inputs).get(0).add(penalty));
    });
  }

  @Test
  @DisplayName("Outputs with a row for each example come back in the examples' order")
  void rows() {
    ModelSpec spec = ModelSpec.conv();
    try (OpenBackend engine = open(2);
        OpenBackend reference = reference();
        Executable actual = engine.backend().compile(bounds(engine, spec));
        Executable expected = reference.backend().compile(bounds(reference, spec))) {
      for (int batch : new int[] {70, 1, 33, 7}) {
        HostTensor[] inputs = inputs(spec, 0, batch);
        List<HostTensor> outputs = actual.run(inputs);
        List<HostTensor> wanted = expected.run(inputs);
        for (int i = 0; i < wanted.size(); i++) {
          assertThat(outputs.get(i).shape()).isEqualTo(wanted.get(i).shape());
          Closeness.checkTensor(
              "output " + i, outputs.get(i), Closeness.doubles(wanted.get(i)), Closeness.MODEL);
        }
      }
    }
  }

  /** Bound and images of each example. */
  private static Computation bounds(OpenBackend engine, ModelSpec spec) {
    var model = spec.start(engine, 3);
    Computation terms = ModelSpec.objective(model, new Elbo(DivergenceForm.CLOSED_FORM));
    return Computation.of(Examples.APART, (trace, inputs) -> {
      List<Tensor> outputs = new ArrayList<>(terms.record(trace, inputs));
      outputs.set(
          0, model.decode(model.encode(new Inputs(inputs.get(0))).mean(), Conditions.none()));
      return outputs;
    });
  }

  @Test
  @DisplayName("A loss that compares examples with each other is computed of the whole batch")
  void together() {
    HostTensor x = Numbers.normal("x", Shape.of(64, 5));
    try (OpenBackend engine = open(2);
        OpenBackend reference = reference()) {
      List<HostTensor> actual = engine.gradients(variance(engine), x);
      List<double[]> expected =
          exact(reference).compileGradients(variance(reference)).runExactly(x);
      for (int i = 0; i < expected.size(); i++) {
        Closeness.checkTensor("result " + i, actual.get(i), expected.get(i), Closeness.MODEL);
      }
    }
  }

  /** The variance over the batch of a weighted sum. */
  private static Computation variance(OpenBackend engine) {
    engine.create(List.of(new Parameter("weights", Shape.of(5), new Initializer.Normal(1))), 1);
    return (trace, inputs) -> {
      Tensor each = inputs.get(0).multiply(trace.parameter("weights")).sum(1);
      return List.of(each.subtract(each.mean()).square().mean());
    };
  }
}
