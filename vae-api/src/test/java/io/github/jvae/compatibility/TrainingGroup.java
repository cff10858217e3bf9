package io.github.jvae.compatibility;

import static io.github.jvae.backend.OptimizerSlot.FIRST_MOMENT;
import static io.github.jvae.backend.OptimizerSlot.SECOND_MOMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.Vae;
import io.github.jvae.backend.Adam;
import io.github.jvae.backend.AdamW;
import io.github.jvae.backend.Adamax;
import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.SeparatedStep;
import io.github.jvae.backend.Sgd;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.data.Examples;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.plugin.Kind;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.StepInputs;
import io.github.jvae.train.StepSource;
import io.github.jvae.train.TrainingOptions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** R8: optimizers in PyTorch's form, step by step along the reference's path. */
abstract class TrainingGroup extends CompatibilityGroup {
  private static final int STEPS = 20;

  TrainingGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static Map<String, ModelSpec> specs() {
    Map<String, ModelSpec> specs = new LinkedHashMap<>();
    specs.put("mlp", ModelSpec.mlp());
    specs.put("conv with a shared sigma", ModelSpec.conv());
    specs.put(
        "mlp with a sigma per pixel",
        ModelSpec.mlp().with(Kind.LIKELIHOOD, "{'type':'gaussian','sigma':'learned'}"));
    return specs;
  }

  private static Map<String, Optimizer> optimizers() {
    Map<String, Optimizer> optimizers = new LinkedHashMap<>();
    optimizers.put("PyTorch's defaults", Adam.defaults());
    optimizers.put("a large epsilon", new Adam(0.9, 0.999, 1e-2, GradientLimits.none()));
    optimizers.put("other decays", new Adam(0.5, 0.9, 1e-4, GradientLimits.none()));
    // With a smaller epsilon each step is nearly the sign of the gradient, and rounding decides
    // signs.
    optimizers.put("no memory", new Adam(0, 0, 0.1, GradientLimits.none()));
    optimizers.put(
        "a gradient norm of at most 0.5", Adam.defaults().withLimits(GradientLimits.clipping(0.5)));
    optimizers.put(
        "a limit that is never met", Adam.defaults().withLimits(GradientLimits.clipping(1e6)));
    optimizers.put("AdamW", AdamW.defaults());
    optimizers.put(
        "AdamW with much decay and a limit",
        new AdamW(Adam.defaults().withLimits(GradientLimits.clipping(0.5)), 0.5));
    optimizers.put("Adamax", Adamax.defaults());
    optimizers.put(
        "Adamax with decay and a limit",
        new Adamax(0.8, 0.99, 1e-6, 0.1, GradientLimits.clipping(0.5)));
    optimizers.put("Adam and the average of its weights", new Averaging(Adam.defaults(), 0.9));
    optimizers.put("SGD", Sgd.defaults());
    optimizers.put(
        "SGD with momentum and a limit", new Sgd(0.9, false, 0, GradientLimits.clipping(1)));
    optimizers.put(
        "SGD with Nesterov's momentum, decay and a limit",
        new Sgd(0.5, true, 0.1, GradientLimits.clipping(0.5)));
    return optimizers;
  }

  @TestFactory
  @DisplayName("20 steps: losses, variables and what is remembered are the reference's")
  Stream<DynamicTest> trajectories() {
    return specs().entrySet().stream()
        .flatMap(spec -> optimizers().entrySet().stream()
            .map(optimizer -> dynamicTest(
                spec.getKey() + ", " + optimizer.getKey(),
                () -> follow(spec.getValue(), optimizer.getValue()))));
  }

  private void follow(ModelSpec spec, Optimizer optimizer) {
    try (TrainingRun actual = TrainingRun.start(open(), spec, optimizer);
        TrainingRun expected = TrainingRun.start(reference(), spec, optimizer)) {
      TrainingRun.checkLosses(actual.next(STEPS), expected.next(STEPS), Closeness.TRAINING);
      // Where a gradient is all rounding, Adam makes a full step of it: hence no closer.
      actual.checkValues(expected, 1e-3);
      actual.checkSlots(expected, 1e-3);
      assertThat(actual.step().state().step()).isEqualTo(STEPS);
    }
  }

  @Test
  @DisplayName("The gradients of one step together have the norm they are clipped to")
  void clipping() {
    Adam adam = Adam.defaults().withLimits(GradientLimits.clipping(0.25));
    try (TrainingRun run = TrainingRun.start(open(), ModelSpec.mlp(), adam)) {
      run.next(1);
      double squares = run.step().state().slot(FIRST_MOMENT).values().stream()
          .mapToDouble(moment -> Math.pow(Closeness.norm(moment), 2))
          .sum();
      // After one step the first moment is (1 - beta1) times the gradient.
      Closeness.relative(Closeness.TRAINING).check("norm", Math.sqrt(squares) / 0.1, 0.25);
    }
  }

  @Test
  @DisplayName("The learning rate is an input of each step; a rate of 0 moves nothing")
  void learningRates() {
    try (TrainingRun actual = TrainingRun.start(open(), ModelSpec.mlp());
        TrainingRun expected = TrainingRun.start(reference(), ModelSpec.mlp())) {
      for (double rate : new double[] {1e-3, 1e-2, 0, 0, 3e-2, 1e-5, 1e-2}) {
        Map<String, HostTensor> before = actual.values();
        Closeness.relative(Closeness.TRAINING)
            .check(
                "loss before a step at rate " + rate, actual.next(rate, 8), expected.next(rate, 8));
        assertThat(actual.values().equals(before)).isEqualTo(rate == 0);
      }
      actual.checkValues(expected, 1e-3);
    }
  }

  @Test
  @DisplayName("Steps on a part of a batch at a time are the reference's on the whole batch")
  void accumulation() {
    assumeCapable(Capability.TRAINING);
    Examples images = Shapes.generate(5, 22, 1).train();
    TrainingOptions whole = TrainingOptions.defaults()
        .withBatchSize(9)
        .withOptimizer(new Averaging(new Sgd(0.9, false, 0.1, GradientLimits.clipping(100)), 0.5));
    TrainingOptions parts = whole.withBatchSize(3).withAccumulate(3);
    for (Vae.Builder model : List.of(Vae.builder().mlp(5), Vae.builder().conv(3, 2))) {
      Map<String, HostTensor> expected = trained(model, new ReferenceModule(), whole, images);
      Map<String, HostTensor> actual = trained(model, kit().module(), parts, images);
      expected.forEach((name, value) -> Closeness.checkTensor(
          name, Objects.requireNonNull(actual.get(name)), Closeness.doubles(value), 1e-4));
    }
  }

  /** The weights after two epochs of three steps, of which the last is smaller. */
  private static Map<String, HostTensor> trained(
      Vae.Builder model, BackendModule engine, TrainingOptions options, Examples images) {
    try (Vae vae = model.backend(engine).input(3, 32, 32).latent(2).gaussian(1).build()) {
      vae.trainer(options.withEpochs(2)).train(images, null);
      return vae.parameters();
    }
  }

  @TestFactory
  @DisplayName("Gradients and the move along them, in two calls, are the engine's own step")
  Stream<DynamicTest> separated() {
    return optimizers().entrySet().stream()
        .map(optimizer -> dynamicTest(optimizer.getKey(), () -> separated(optimizer.getValue())));
  }

  private void separated(Optimizer optimizer) {
    assumeCapable(Capability.TRAINING);
    assumeCapable(Capability.GRADIENTS);
    Examples images = Shapes.generate(5, 8, 1).train().limit(6);
    TrainingOptions options = TrainingOptions.defaults().withBatchSize(6).withOptimizer(optimizer);
    // Along gradients as they come, longer steps would leave all bounds at once.
    boolean unlimited = optimizer.name().equals(Sgd.NAME) && !optimizer.limits().needNorm();
    double rate = unlimited ? 1e-5 : 0.01;
    try (Vae whole = small();
        Vae apart = small()) {
      StepSource source = new StepSource(whole.runtime(), options, images);
      try (TrainingStep expected = source.compile();
          SeparatedStep actual = new SeparatedStep(
              apart.runtime().backend(), apart.runtime().trainingLoss(), optimizer)) {
        Iterator<StepInputs> feeds = source.endless();
        for (int step = 0; step < 5; step++) {
          StepInputs feed = feeds.next();
          HostTensor[] inputs = {feed.batch().x(), feed.noise(), HostTensor.scalar(1)};
          List<HostTensor> outputs = expected.run(rate, inputs);
          SeparatedStep.Gradients gradients = actual.gradients(inputs);
          actual.apply(rate, gradients.byVariable());
          assertThat(outputs.get(0).item()).isFinite();
          Closeness.relative(1e-6)
              .check("loss", gradients.outputs().get(0).item(), outputs.get(0).item());
        }
        assertThat(actual.state().step()).isEqualTo(expected.state().step());
        assertThat(actual.gradientNorms()).hasSameSizeAs(expected.gradientNorms());
        Map<String, HostTensor> moved = apart.parameters();
        whole
            .parameters()
            .forEach((name, value) -> Closeness.checkTensor(
                name, Objects.requireNonNull(moved.get(name)), Closeness.doubles(value), 1e-5));
      }
    }
  }

  private Vae small() {
    return Vae.builder()
        .backend(kit().module())
        .input(3, 32, 32)
        .mlp(5)
        .latent(2)
        .gaussian(1)
        .build();
  }

  @Test
  @DisplayName("A move along gradients of other variables than before is refused")
  void separatedNames() {
    assumeCapable(Capability.TRAINING);
    assumeCapable(Capability.GRADIENTS);
    try (Vae vae = small();
        SeparatedStep step = new SeparatedStep(
            vae.runtime().backend(), vae.runtime().trainingLoss(), Sgd.defaults())) {
      Map<String, HostTensor> gradients = vae.parameters();
      String first = gradients.keySet().iterator().next();
      step.apply(0.01, gradients);
      Map<String, HostTensor> before = vae.parameters();
      assertThatThrownBy(() -> step.apply(0.01, Map.of(first, before.get(first))))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("the same variables");
      assertThatThrownBy(() -> step.apply(0.01, Map.of(first, HostTensor.scalar(1))))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining(first);
      assertThat(vae.parameters()).isEqualTo(before);
    }
  }

  @Test
  @DisplayName("Outputs are those before the update")
  void outputsBeforeUpdate() {
    try (TrainingRun run = TrainingRun.start(open(), ModelSpec.mlp())) {
      Computation bound = ModelSpec.elbo(run.engine(), run.model());
      HostTensor before = run.engine()
          .backend()
          .evaluate(bound, run.inputs(0, TrainingRun.BATCH))
          .get(0);
      Closeness.relative(Closeness.MODEL).check("loss", run.next(1).get(0), before.item());
    }
  }

  private static HostTensor declare(OpenBackend engine, String name, double... values) {
    HostTensor value = Numbers.vector(values);
    engine
        .backend()
        .variables()
        .create(new Parameter(name, value.shape(), new Initializer.Constant(0)), value);
    return value;
  }

  @Test
  @DisplayName("Epsilon is outside the root and not scaled: seen where gradients are tiny")
  void tinyGradients() {
    double[] slopes = {1e-5, 1e-7, 1e-8, 1e-9, -1e-8, -1e-10, 0};
    double rate = 0.5;
    try (OpenBackend engine = open()) {
      declare(engine, "theta", new double[slopes.length]);
      Computation loss = (trace, in) -> List.of(trace
          .parameter("theta")
          .multiply(trace.constant(Numbers.vector(slopes)))
          .sum());
      try (TrainingStep step = engine.backend().compileTraining(loss, Adam.defaults())) {
        // Of a constant gradient g, the corrected moments are g and g² at every step.
        for (int t = 1; t <= 5; t++) {
          step.run(rate);
          float[] theta = engine.backend().variables().read("theta").data();
          for (int i = 0; i < slopes.length; i++) {
            double move = -rate * slopes[i] / (Math.abs(slopes[i]) + 1e-8);
            Closeness.relative(Closeness.TRAINING)
                .check("step " + t + ", gradient " + slopes[i], theta[i], t * move);
          }
        }
      }
    }
  }

  @Test
  @DisplayName("Moments of a weight without a gradient end at 0 and not at denormal numbers")
  void vanishingMoments() {
    try (OpenBackend engine = open()) {
      declare(engine, "theta", 1, 1);
      // The first weight's gradient ends after a step, as behind a unit that died.
      Computation loss =
          (trace, in) -> List.of(trace.parameter("theta").multiply(in.get(0)).sum());
      try (TrainingStep step = engine.backend().compileTraining(loss, Adam.defaults())) {
        step.run(1e-3, Numbers.vector(1, 1));
        for (int t = 0; t < 1200; t++) {
          step.run(1e-3, Numbers.vector(0, 1));
        }
        OptimizerState state = step.state();
        float[] first =
            Objects.requireNonNull(state.slot(FIRST_MOMENT).get("theta")).data();
        float[] second =
            Objects.requireNonNull(state.slot(SECOND_MOMENT).get("theta")).data();
        assertThat(first[0]).isZero();
        assertThat(first[1]).isGreaterThan(0.9f);
        assertThat(second[0]).isGreaterThan(1e-4f);
      }
    }
  }

  @Test
  @DisplayName("Steps along a gradient that stays the same are as long as the learning rate")
  void unbiased() {
    Parameter parameter = new Parameter("p", Shape.of(3), new Initializer.Constant(0));
    HostTensor gradient = HostTensor.of(Shape.of(3), 1, 10, -1000);
    try (OpenBackend engine = open()) {
      engine.create(List.of(parameter), 0);
      Computation loss =
          (trace, in) -> List.of(in.get(0).multiply(trace.parameter("p")).sum());
      try (TrainingStep step = engine.backend().compileTraining(loss, Adam.defaults())) {
        for (int t = 1; t <= 10; t++) {
          step.run(1, gradient);
          // A β₂ of 0.999 in single precision leaves 1 - β₂ wrong by 1e-5, if nothing is done.
          Closeness.relative(1e-6)
              .check(
                  "variable after step " + t,
                  engine.backend().variables().read("p"),
                  new double[] {-t, -t, t});
        }
      }
    }
  }

  @Test
  @DisplayName("A variable that the loss does not use stays as it is, and its gradient is 0")
  void unusedVariable() {
    try (OpenBackend engine = open()) {
      HostTensor unused = declare(engine, "unused", 1, -2, 3);
      HostTensor used = declare(engine, "used", 1, 2);
      Computation loss = (trace, in) -> List.of(trace.parameter("used").square().sum());
      List<HostTensor> gradients = engine.gradients(loss);
      assertThat(gradients.get(1)).isEqualTo(HostTensor.zeros(unused.shape()));
      assertThat(gradients.get(2).data()).containsExactly(2, 4);
      try (TrainingStep step = engine
          .backend()
          .compileTraining(loss, Adam.defaults().withLimits(GradientLimits.clipping(1)))) {
        for (int t = 0; t < 3; t++) {
          step.run(0.1);
        }
        assertThat(step.state().slot(FIRST_MOMENT).get("unused"))
            .isEqualTo(HostTensor.zeros(unused.shape()));
      }
      assertThat(engine.backend().variables().read("unused")).isEqualTo(unused);
      assertThat(engine.backend().variables().read("used")).isNotEqualTo(used);
    }
  }

  @Test
  @DisplayName("Training resumes from saved variables and optimizer state exactly where it stood")
  void resume() {
    resume(ModelSpec.conv(), Adam.defaults());
    for (Optimizer optimizer : List.of(
        Adam.defaults(),
        AdamW.defaults(),
        Adamax.defaults(),
        new Sgd(0.9, true, 0.1, GradientLimits.clipping(1)))) {
      resume(ModelSpec.mlp(), optimizer);
    }
  }

  private void resume(ModelSpec spec, Optimizer optimizer) {
    try (TrainingRun first = TrainingRun.start(open(), spec, optimizer);
        TrainingRun second = TrainingRun.start(open(), spec, optimizer)) {
      first.next(5);
      OptimizerState state = first.step().state();
      Map<String, HostTensor> values = first.values();
      List<Double> losses = first.next(5);
      second.engine().backend().variables().writeAll(values);
      second.step().restore(state);
      second.continueAt(5);
      requireSame(second, losses, first);
      // And once more in the same step, which has moved on since.
      Map<String, HostTensor> last = first.values();
      second.engine().backend().variables().writeAll(values);
      second.step().restore(state);
      second.continueAt(5);
      requireSame(second, losses, first);
      assertThat(first.values()).isEqualTo(last);
    }
  }

  private void requireSame(TrainingRun resumed, List<Double> losses, TrainingRun uninterrupted) {
    List<Double> again = resumed.next(losses.size());
    assertThat(resumed.step().state().step()).isEqualTo(10);
    if (kit().resumesBitForBit()) {
      assertThat(again).isEqualTo(losses);
      assertThat(resumed.values()).isEqualTo(uninterrupted.values());
    } else {
      TrainingRun.checkLosses(again, losses, 1e-6);
      resumed.checkValues(uninterrupted, Closeness.MODEL);
    }
  }

  @Test
  @DisplayName("The state read is a copy, and the first state is step 0 with moments of 0")
  void stateIsCopy() {
    try (TrainingRun run = TrainingRun.start(open(), ModelSpec.mlp())) {
      OptimizerState zero = run.step().state();
      assertThat(zero.step()).isZero();
      zero.slot(FIRST_MOMENT).values().forEach(m -> assertThat(m.data()).containsOnly(0));
      zero.slot(SECOND_MOMENT).values().forEach(m -> assertThat(m.data()).containsOnly(0));
      run.next(2);
      OptimizerState two = run.step().state();
      run.step().state().slot(FIRST_MOMENT).values().forEach(m -> m.data()[0] = 1e6f);
      OptimizerState again = run.step().state();
      assertThat(again.slot(FIRST_MOMENT)).isEqualTo(two.slot(FIRST_MOMENT));
      assertThat(again.slot(SECOND_MOMENT)).isEqualTo(two.slot(SECOND_MOMENT));
    }
  }

  @Test
  @DisplayName("A state of other names or shapes is refused and changes nothing")
  void wrongState() {
    try (TrainingRun run = TrainingRun.start(open(), ModelSpec.mlp())) {
      run.next(2);
      OptimizerState state = run.step().state();
      Map<String, HostTensor> fewer = new LinkedHashMap<>(state.slot(FIRST_MOMENT));
      fewer.remove("encoder.0.bias");
      Map<String, HostTensor> more = new LinkedHashMap<>(state.slot(SECOND_MOMENT));
      more.put("encoder.7.bias", HostTensor.zeros(Shape.of(2)));
      Map<String, HostTensor> misshapen = new LinkedHashMap<>(state.slot(SECOND_MOMENT));
      misshapen.put("encoder.0.bias", HostTensor.zeros(Shape.of(99)));
      refuse(run, with(state, FIRST_MOMENT, fewer), "encoder.0.bias");
      refuse(run, with(state, SECOND_MOMENT, more), "encoder.7.bias");
      refuse(run, with(state, SECOND_MOMENT, misshapen), "encoder.0.bias");
      assertThat(run.step().state()).isEqualTo(state);
    }
  }

  private static OptimizerState with(
      OptimizerState state, OptimizerSlot slot, Map<String, HostTensor> values) {
    Map<OptimizerSlot, Map<String, HostTensor>> slots = new LinkedHashMap<>(state.slots());
    slots.put(slot, values);
    return new OptimizerState(state.optimizer(), 9, slots);
  }

  @Test
  @DisplayName("A state of another optimizer is refused, though its slots be the same")
  void stateOfAnother() {
    try (TrainingRun adam = TrainingRun.start(open(), ModelSpec.mlp());
        TrainingRun adamW = TrainingRun.start(open(), ModelSpec.mlp(), AdamW.defaults());
        TrainingRun sgd = TrainingRun.start(open(), ModelSpec.mlp(), Sgd.defaults());
        TrainingRun momentum = TrainingRun.start(
            open(), ModelSpec.mlp(), new Sgd(0.9, false, 0, GradientLimits.none()))) {
      adam.next(2);
      refuse(adamW, adam.step().state(), "go on with adam");
      refuse(sgd, adam.step().state(), "go on with adam");
      refuse(momentum, sgd.step().state(), "velocity");
      refuse(sgd, momentum.step().state(), "velocity");
      assertThat(adamW.step().state().step()).isZero();
    }
  }

  private static void refuse(TrainingRun run, OptimizerState state, String culprit) {
    assertThatThrownBy(() -> run.step().restore(state))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(culprit);
  }
}
