package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.AdamW;
import io.github.jvae.backend.Adamax;
import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.Sgd;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** R8: what optimizers make of given gradients, from the sums that define them. */
abstract class OptimizersGroup extends CompatibilityGroup {
  private static final double[] START = {1, -2, 0.5, 3, -0.25};
  private static final double[] SCALES = {1, 1e-3, 10, 0.1, 0};
  private static final int STEPS = 12;

  OptimizersGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static List<Optimizer> optimizers() {
    return List.of(
        Adam.defaults(),
        new Adam(0.8, 0.95, 1e-3, GradientLimits.clipping(4)),
        AdamW.defaults(),
        new AdamW(new Adam(0.8, 0.95, 1e-3, GradientLimits.clipping(4)), 0.7),
        Adamax.defaults(),
        new Adamax(0.8, 0.95, 1e-2, 0.3, GradientLimits.clipping(4)),
        Sgd.defaults(),
        new Sgd(0, false, 0.3, GradientLimits.clipping(4)),
        new Sgd(0.9, false, 0.3, GradientLimits.none()),
        new Sgd(0.9, true, 0.3, GradientLimits.clipping(4)),
        new Averaging(Adam.defaults(), 0.7),
        new Averaging(new Sgd(0, false, 0.3, GradientLimits.clipping(4)), 0.999));
  }

  private static double[] gradient(int step) {
    double[] gradient = new double[SCALES.length];
    Arrays.setAll(gradient, i -> (float) (SCALES[i] * Math.sin(1.3 * step + i)));
    return gradient;
  }

  private static double rate(int step) {
    return 0.01 * (1 + step % 3);
  }

  @TestFactory
  @DisplayName("Twelve steps along given gradients")
  Stream<DynamicTest> given() {
    return optimizers().stream()
        .map(optimizer -> dynamicTest(optimizer.toString(), () -> follow(optimizer)));
  }

  private void follow(Optimizer optimizer) {
    double[] expected = START.clone();
    List<List<Double>> gradients = new ArrayList<>();
    for (int i = 0; i < SCALES.length; i++) {
      gradients.add(new ArrayList<>());
    }
    try (OpenBackend engine = open()) {
      declare(engine, "theta", START);
      Computation loss =
          (trace, in) -> List.of(trace.parameter("theta").multiply(in.get(0)).sum());
      try (TrainingStep step = engine.backend().compileTraining(loss, optimizer)) {
        for (int t = 1; t <= STEPS; t++) {
          double[] gradient = gradient(t);
          step.run(rate(t), Numbers.vector(gradient));
          double norm = Closeness.norm(gradient);
          double limit = optimizer.limits().clipNorm();
          double scale = limit == 0 ? 1 : Math.min(1, limit / (norm + 1e-6));
          for (int i = 0; i < expected.length; i++) {
            expected[i] = optimizer.match(
                new Definition(expected[i], gradient[i] * scale, gradients.get(i), rate(t)));
          }
          new Closeness(2e-6, 0.1)
              .check("step " + t, engine.backend().variables().read("theta"), expected);
        }
      }
    }
  }

  private static HostTensor declare(OpenBackend engine, String name, double... values) {
    HostTensor value = Numbers.vector(values);
    Parameter parameter = new Parameter(name, value.shape(), new Initializer.Constant(0));
    engine.backend().variables().create(parameter, value);
    return value;
  }

  /**
   * The next value of one number, from all gradients so far.
   *
   * @param theta its value
   * @param gradient after clipping
   * @param history the gradients before, to which this one is added
   * @param rate the learning rate
   */
  private record Definition(double theta, double gradient, List<Double> history, double rate)
      implements Optimizer.Cases<Double> {

    /** The sum over all gradients g of {@code decay^age · g^power}. */
    private double faded(double decay, int power) {
      double sum = 0;
      for (int s = 0; s < history.size(); s++) {
        sum += Math.pow(decay, (double) history.size() - 1 - s) * Math.pow(history.get(s), power);
      }
      return sum;
    }

    /** The sum of the weights that {@link #faded} gives. */
    private double weights(double decay) {
      double sum = 0;
      for (int age = 0; age < history.size(); age++) {
        sum += Math.pow(decay, age);
      }
      return sum;
    }

    private double adamFrom(double start, Adam adam) {
      history.add(gradient);
      double mean = faded(adam.beta1(), 1) / weights(adam.beta1());
      double meanSquare = faded(adam.beta2(), 2) / weights(adam.beta2());
      return start - rate * mean / (Math.sqrt(meanSquare) + adam.epsilon());
    }

    @Override
    public Double adam(Adam adam) {
      return adamFrom(theta, adam);
    }

    @Override
    public Double adamW(AdamW adamW) {
      return adamFrom(theta - rate * adamW.weightDecay() * theta, adamW.adam());
    }

    @Override
    public Double adamax(Adamax adamax) {
      history.add(gradient + adamax.weightDecay() * theta);
      double largest = 0;
      for (int s = 0; s < history.size(); s++) {
        double size = Math.abs(history.get(s)) + adamax.epsilon();
        double age = (double) history.size() - 1 - s;
        largest = Math.max(largest, Math.pow(adamax.beta2(), age) * size);
      }
      return theta - rate * faded(adamax.beta1(), 1) / weights(adamax.beta1()) / largest;
    }

    @Override
    public Double sgd(Sgd sgd) {
      double g = gradient + sgd.weightDecay() * theta;
      history.add(g);
      double velocity = faded(sgd.momentum(), 1);
      return theta - rate * (sgd.nesterov() ? g + sgd.momentum() * velocity : velocity);
    }

    @Override
    public Double averaging(Averaging averaging) {
      return averaging.base().match(this);
    }
  }

  @Test
  @DisplayName("Averaged weights are the weighted mean of what the weights were after each step")
  void averages() {
    for (Averaging optimizer : List.of(
        new Averaging(Adam.defaults(), 0.7),
        new Averaging(new AdamW(Adam.defaults(), 0.3), 0.999),
        new Averaging(Adamax.defaults(), 0.9),
        new Averaging(new Sgd(0.9, true, 0, GradientLimits.none()), 0.5),
        new Averaging(new Sgd(0, false, 0, GradientLimits.clipping(4)), 0.9999))) {
      List<double[]> values = new ArrayList<>();
      try (OpenBackend engine = open()) {
        declare(engine, "theta", START);
        HostTensor unused = declare(engine, "unused", 7, -3);
        var variables = engine.backend().variables();
        Computation loss =
            (trace, in) -> List.of(trace.parameter("theta").multiply(in.get(0)).sum());
        try (TrainingStep step = engine.backend().compileTraining(loss, optimizer)) {
          assertThat(optimizer.averages(step.state(), variables.readAll()))
              .as("before the first step")
              .isEqualTo(variables.readAll());
          for (int t = 1; t <= STEPS; t++) {
            step.run(rate(t), Numbers.vector(gradient(t)));
            values.add(doubles(variables.read("theta")));
          }
          Map<String, HostTensor> averages = optimizer.averages(step.state(), variables.readAll());
          HostTensor average = Objects.requireNonNull(averages.get("theta"));
          new Closeness(1e-6, 0.1)
              .check(optimizer.toString(), average, mean(values, optimizer.decay()));
          assertThat(averages.get("unused")).isEqualTo(unused);
          requireSameAfterRestore(engine, step, loss, optimizer);
        }
      }
    }
  }

  private static double[] doubles(HostTensor tensor) {
    double[] numbers = new double[tensor.data().length];
    Arrays.setAll(numbers, i -> tensor.data()[i]);
    return numbers;
  }

  private static double[] mean(List<double[]> values, double decay) {
    double[] mean = new double[values.get(0).length];
    double weights = 0;
    for (int t = 0; t < values.size(); t++) {
      double weight = Math.pow(decay, (double) values.size() - 1 - t);
      weights += weight;
      for (int i = 0; i < mean.length; i++) {
        mean[i] += weight * values.get(t)[i];
      }
    }
    double sum = weights;
    Arrays.setAll(mean, i -> mean[i] / sum);
    return mean;
  }

  /** One more step of the same training and of one that goes on from its state. */
  private static void requireSameAfterRestore(
      OpenBackend engine, TrainingStep step, Computation loss, Averaging optimizer) {
    var variables = engine.backend().variables();
    Map<String, HostTensor> before = variables.readAll();
    OptimizerState state = step.state();
    step.run(0.01, Numbers.vector(gradient(0)));
    Map<String, HostTensor> expected = optimizer.averages(step.state(), variables.readAll());
    variables.writeAll(before);
    try (TrainingStep resumed = engine.backend().compileTraining(loss, optimizer)) {
      resumed.restore(state);
      resumed.run(0.01, Numbers.vector(gradient(0)));
      Map<String, HostTensor> actual = optimizer.averages(resumed.state(), variables.readAll());
      actual.forEach((name, average) -> new Closeness(1e-6, 0.1)
          .check(name, average, doubles(Objects.requireNonNull(expected.get(name)))));
    }
  }

  @Test
  @DisplayName("Weight decay leaves a variable alone that no gradient of the loss reaches")
  void unreached() {
    for (Optimizer optimizer : List.of(
        new AdamW(Adam.defaults(), 0.5),
        new Adamax(0.9, 0.999, 1e-8, 0.5, GradientLimits.none()),
        new Sgd(0.9, false, 0.5, GradientLimits.none()))) {
      try (OpenBackend engine = open()) {
        HostTensor unused = declare(engine, "unused", 1, -2);
        HostTensor compared = declare(engine, "compared", 3, -1);
        HostTensor stopped = declare(engine, "stopped", 4, 5);
        HostTensor used = declare(engine, "used", 1, 2);
        Computation loss = (trace, in) -> List.of(trace
            .parameter("used")
            .square()
            .multiply(trace.parameter("compared").greater(0))
            .multiply(trace.parameter("stopped").stopGradient())
            .sum());
        try (TrainingStep step = engine.backend().compileTraining(loss, optimizer)) {
          step.run(0.1);
          step.run(0.1);
        }
        try (Executable gradients = engine.backend().compileGradients(loss)) {
          gradients.run();
          assertThat(gradients.reached()).containsExactly("used");
        }
        var variables = engine.backend().variables();
        assertThat(variables.read("unused")).as("%s", optimizer).isEqualTo(unused);
        assertThat(variables.read("compared")).as("%s", optimizer).isEqualTo(compared);
        assertThat(variables.read("stopped")).as("%s", optimizer).isEqualTo(stopped);
        assertThat(variables.read("used").data()[0]).isLessThan(used.data()[0]);
        // The comparison gave it a gradient of 0: only the decay moves it.
        assertThat(variables.read("used").data()[1]).isBetween(1.5f, 1.99f);
      }
    }
  }
}
