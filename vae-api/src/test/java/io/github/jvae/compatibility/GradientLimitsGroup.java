package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.AdamW;
import io.github.jvae.backend.Adamax;
import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.Sgd;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.objective.Elbo;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is done about gradients that are too great, or no numbers. */
abstract class GradientLimitsGroup extends CompatibilityGroup {
  private static final double[] START = {1, -2, 0.5};
  private static final double[] USUAL = {0.3, -1, 2};
  private static final double RATE = 0.05;
  private static final int STEPS = 12;

  /** A first step, and the one in which vanishing moments are rounded. */
  private static final int[] BEFORE = {0, 63};

  GradientLimitsGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static List<Optimizer> optimizers() {
    return List.of(
        Adam.defaults(),
        new AdamW(Adam.defaults(), 0.3),
        new Adamax(0.9, 0.999, 1e-8, 0.1, GradientLimits.none()),
        Sgd.defaults(),
        new Sgd(0.9, true, 0.3, GradientLimits.none()),
        new Averaging(Adam.defaults(), 0.9),
        new Averaging(Sgd.defaults(), 0.9));
  }

  private static Map<String, double[]> spoilt() {
    return Map.of(
        "a gradient that is infinite", new double[] {1, Double.POSITIVE_INFINITY, 0},
        "a gradient that is no number", new double[] {Double.NaN, 0, 0},
        "gradients that are too great together", new double[] {3, 3, 3});
  }

  @TestFactory
  @DisplayName("A skipped step changes no bit of variables, slots and averages, and is not counted")
  Stream<DynamicTest> skipped() {
    return optimizers().stream()
        .flatMap(optimizer -> Stream.of(0.0, 2.0)
            .map(clip -> optimizer.withLimits(new GradientLimits(clip, 5)))
            .map(limited -> dynamicTest(limited.toString(), () -> requireUnchanged(limited))));
  }

  private void requireUnchanged(Optimizer optimizer) {
    for (int before : BEFORE) {
      try (OpenBackend engine = open()) {
        var variables = engine.backend().variables();
        declare(engine, "theta", START);
        declare(engine, "unused", 7);
        Computation loss =
            (trace, in) -> List.of(trace.parameter("theta").multiply(in.get(0)).sum());
        try (TrainingStep step = engine.backend().compileTraining(loss, optimizer)) {
          for (int t = 0; t < before; t++) {
            step.run(RATE, Numbers.vector(USUAL));
          }
          Map<String, HostTensor> values = variables.readAll();
          OptimizerState state = step.state();
          spoilt().forEach((what, gradient) -> {
            step.run(RATE, Numbers.vector(gradient));
            assertThat(variables.readAll()).as(what).isEqualTo(values);
            assertThat(step.state()).as(what).isEqualTo(state);
            assertThat(step.gradientNorms()).as(what).singleElement().satisfies(norm -> {
              assertThat(norm.skipped()).isTrue();
              assertThat(norm.value() > 5 || !Double.isFinite(norm.value())).isTrue();
            });
          });
          step.run(RATE, Numbers.vector(USUAL));
          requireMoved(step, before, variables.readAll(), values);
        }
      }
    }
  }

  private static void requireMoved(
      TrainingStep step,
      int before,
      Map<String, HostTensor> values,
      Map<String, HostTensor> unmoved) {
    assertThat(step.state().step()).isEqualTo(before + 1L);
    assertThat(values.get("theta")).isNotEqualTo(unmoved.get("theta"));
    assertThat(values.get("unused")).isEqualTo(unmoved.get("unused"));
    GradientNorm norm = step.gradientNorms().get(0);
    assertThat(norm.skipped()).isFalse();
    Closeness.relative(1e-6).check("norm", norm.value(), Closeness.norm(USUAL));
  }

  private static void declare(OpenBackend engine, String name, double... values) {
    HostTensor value = Numbers.vector(values);
    Parameter parameter = new Parameter(name, value.shape(), new Initializer.Constant(0));
    engine.backend().variables().create(parameter, value);
  }

  @TestFactory
  @DisplayName("Of a training, the steps with the greater gradients are skipped: the reference's")
  Stream<DynamicTest> trajectories() {
    return optimizers().stream()
        .map(optimizer -> dynamicTest(optimizer.toString(), () -> followReference(optimizer)));
  }

  private void followReference(Optimizer optimizer) {
    double threshold = threshold(optimizer);
    Optimizer limited = optimizer.withLimits(new GradientLimits(threshold / 2, threshold));
    try (TrainingRun actual = TrainingRun.start(open(), ModelSpec.mlp(), limited);
        TrainingRun expected = TrainingRun.start(reference(), ModelSpec.mlp(), limited)) {
      int skipped = 0;
      for (int t = 0; t < STEPS; t++) {
        TrainingRun.checkLosses(actual.next(1), expected.next(1), Closeness.TRAINING);
        GradientNorm norm = actual.step().gradientNorms().get(0);
        GradientNorm wanted = expected.step().gradientNorms().get(0);
        Closeness.relative(Closeness.TRAINING).check("norm", norm.value(), wanted.value());
        assertThat(norm.skipped()).as("step " + t).isEqualTo(wanted.skipped());
        skipped += norm.skipped() ? 1 : 0;
      }
      assertThat(skipped).isBetween(1, STEPS - 1);
      assertThat(actual.step().state().step()).isEqualTo(STEPS - (long) skipped);
      actual.checkValues(expected, 1e-3);
      actual.checkSlots(expected, 1e-3);
    }
  }

  /**
   * A norm in the widest gap between those of the first steps, so that rounding decides nothing.
   */
  private double threshold(Optimizer optimizer) {
    try (TrainingRun run = TrainingRun.start(
        reference(), ModelSpec.mlp(), optimizer.withLimits(new GradientLimits(0, 1e-9)))) {
      List<Double> norms = new ArrayList<>();
      for (int t = 0; t < STEPS; t++) {
        run.next(1);
        norms.add(run.step().gradientNorms().get(0).value());
      }
      norms.sort(null);
      int widest = IntStream.range(STEPS / 4, STEPS - 1)
          .boxed()
          .max((a, b) ->
              Double.compare(norms.get(a + 1) - norms.get(a), norms.get(b + 1) - norms.get(b)))
          .orElseThrow();
      return (norms.get(widest) + norms.get(widest + 1)) / 2;
    }
  }

  @Test
  @DisplayName("Limits that are never met change nothing but rounding")
  void neverMet() {
    for (Optimizer optimizer : optimizers()) {
      try (TrainingRun limited = TrainingRun.start(
              open(), ModelSpec.conv(), optimizer.withLimits(new GradientLimits(1e6, 1e6)));
          TrainingRun free = TrainingRun.start(open(), ModelSpec.conv(), optimizer)) {
        TrainingRun.checkLosses(limited.next(5), free.next(5), 1e-6);
        limited.checkValues(free, 1e-5);
        assertThat(limited.step().gradientNorms()).hasSize(1);
        assertThat(free.step().gradientNorms()).isEmpty();
      }
    }
  }

  @TestFactory
  @DisplayName("The norm is that of the gradients, on batches in one part and in several")
  Stream<DynamicTest> norms() {
    return Stream.of(ModelSpec.mlp(), ModelSpec.conv())
        .flatMap(spec -> Stream.of(1, 2)
            .map(threads -> dynamicTest(
                spec.input() + ", " + threads + " threads", () -> requireNorm(spec, threads))));
  }

  private void requireNorm(ModelSpec spec, int threads) {
    BackendOptions options = BackendOptions.builder().threads(threads).build();
    Optimizer optimizer = Sgd.defaults().withLimits(GradientLimits.clipping(0.1));
    try (OpenBackend engine = open(options)) {
      Computation loss = new ModelRuntime(
              engine.backend(),
              spec.input(),
              spec.start(engine, 3),
              new Elbo(DivergenceForm.CLOSED_FORM))
          .trainingLoss();
      try (TrainingStep step = engine.backend().compileTraining(loss, optimizer);
          Executable gradients = engine.backend().compileGradients(loss)) {
        assertThat(step.gradientNorms()).isEmpty();
        for (int t = 0; t < 3; t++) {
          HostTensor[] inputs = {spec.images(24), spec.noise(t, 24), HostTensor.scalar(0.5)};
          List<HostTensor> results = gradients.run(inputs);
          int variables = engine.backend().variables().names().size();
          double squares = results.subList(results.size() - variables, results.size()).stream()
              .flatMapToDouble(gradient -> Arrays.stream(Closeness.doubles(gradient)))
              .map(number -> number * number)
              .sum();
          assertThat(step.run(RATE, inputs)).hasSize(results.size() - variables);
          Closeness.relative(1e-5)
              .check("norm", step.gradientNorms().get(0).value(), Math.sqrt(squares));
        }
      }
    }
  }

  @Test
  @DisplayName("A training of which steps are skipped resumes exactly where it stood")
  void resume() {
    Optimizer plain = new Averaging(Adam.defaults(), 0.9);
    double threshold = threshold(plain);
    Optimizer limited = plain.withLimits(new GradientLimits(threshold / 2, threshold));
    try (TrainingRun first = TrainingRun.start(open(), ModelSpec.mlp(), limited);
        TrainingRun second = TrainingRun.start(open(), ModelSpec.mlp(), limited)) {
      first.next(STEPS / 2);
      OptimizerState state = first.step().state();
      Map<String, HostTensor> values = first.values();
      List<Double> losses = first.next(STEPS / 2);
      assertThat(first.step().state().step()).isLessThan(STEPS);
      second.engine().backend().variables().writeAll(values);
      second.step().restore(state);
      second.continueAt(STEPS / 2);
      List<Double> again = second.next(STEPS / 2);
      assertThat(second.step().state().step()).isEqualTo(first.step().state().step());
      if (kit().resumesBitForBit()) {
        assertThat(again).isEqualTo(losses);
        assertThat(second.values()).isEqualTo(first.values());
        assertThat(second.step().state()).isEqualTo(first.step().state());
      } else {
        TrainingRun.checkLosses(again, losses, 1e-6);
        second.checkValues(first, Closeness.MODEL);
      }
    }
  }
}
