package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.likelihood.Beta;
import io.github.jvae.likelihood.LogNormal;
import io.github.jvae.likelihood.NegativeBinomial;
import io.github.jvae.likelihood.Poisson;
import io.github.jvae.likelihood.ZeroInflated;
import io.github.jvae.model.IndependentLikelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.UnaryOperation;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Where naive formulas overflow, cancel or saturate. */
abstract class EdgeValuesGroup extends CompatibilityGroup {
  /** Relative to the number itself: 80 roundings, so a cancellation of two digits fails. */
  private static final Closeness STABLE = Closeness.relative(5e-6);

  EdgeValuesGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static double[] values(UnaryOperation operation) {
    return switch (operation) {
      case EXP -> new double[] {-100, -80, -1e-6, 0, 1e-6, 80, 88, 100, 1000};
      case EXPM1 -> new double[] {-100, -20, -1e-3, -1e-7, -1e-12, 0, 1e-12, 1e-7, 1e-3, 80, 100};
      case LOG -> new double[] {1e-37, 1e-30, 1e-10, 0.5, 1, 1e10, 3e38};
      case LOG1P -> new double[] {-0.999, -1e-3, -1e-7, -1e-12, 0, 1e-12, 1e-7, 1e-3, 1e10};
      case SQRT -> new double[] {0, 1e-37, 1e-20, 1, 1e20, 3e38};
      case SQUARE -> new double[] {-1e-15, 0, 1e15, 1e25};
      case ERF -> new double[] {-100, -6, -3, -1e-6, 0, 1e-6, 1e-3, 0.5, 1, 2, 3, 4, 6, 100};
      case SIGMOID -> new double[] {-1000, -100, -80, -20, 0, 20, 100, 1000};
      case LOG_SIGMOID, SOFTPLUS ->
        new double[] {-1000, -100, -80, -50, -20, -5, 0, 5, 20, 50, 100, 1000};
      case TANH -> new double[] {-100, -20, -1e-6, 0, 1e-6, 1e-3, 20, 100};
      case NEGATE, ABS, RELU, STOP_GRADIENT -> new double[] {-3e38, -1e-37, 0, 1e-37, 3e38};
    };
  }

  private static OperationCase edge(UnaryOperation operation) {
    return OperationCase.unary(
        operation.toString(),
        Numbers.vector(values(operation)),
        x -> OperationsGroup.apply(operation, x));
  }

  @TestFactory
  @DisplayName("A function stays accurate where naive formulas do not")
  Stream<DynamicTest> values() {
    return Stream.of(UnaryOperation.values())
        .map(operation -> dynamicTest(operation.toString(), () -> value(edge(operation), STABLE)));
  }

  private void value(OperationCase operation, Closeness closeness) {
    HostTensor[] inputs = operation.operands().toArray(HostTensor[]::new);
    try (OpenBackend engine = open();
        OpenBackend reference = reference()) {
      double[] expected =
          exact(reference).compile(operation.ofInputs()).runExactly(inputs).get(0);
      HostTensor actual =
          engine.backend().evaluate(operation.ofInputs(), inputs).get(0);
      IntStream.range(0, expected.length)
          .forEach(i -> closeness.check(
              operation.name() + " of "
                  + inputs[0].data()[Math.min(i, inputs[0].data().length - 1)],
              actual.data()[i],
              expected[i]));
    }
  }

  @TestFactory
  @DisplayName("Gradients of saturated functions are finite and right")
  Stream<DynamicTest> saturatedGradients() {
    return Stream.of(
            UnaryOperation.SIGMOID,
            UnaryOperation.LOG_SIGMOID,
            UnaryOperation.SOFTPLUS,
            UnaryOperation.TANH,
            UnaryOperation.ERF,
            UnaryOperation.ABS,
            UnaryOperation.RELU)
        .map(operation -> dynamicTest(operation.toString(), () -> {
          try (OpenBackend engine = open();
              OpenBackend reference = reference()) {
            edge(operation).check(engine, reference, STABLE, Closeness.OPERATION_GRADIENT);
          }
        }));
  }

  @TestFactory
  @DisplayName("logSumExp of large, of very negative and of distant numbers")
  Stream<DynamicTest> logSumExp() {
    return Stream.of(
            new double[] {1000, 1000.5, 999},
            new double[] {-1000, -1001, -1000.25},
            new double[] {-1e4, 0, 1e4},
            new double[] {3e38, 1, 2},
            new double[] {-90},
            new double[] {0.1, 0.2, 0.3})
        .map(numbers -> {
          HostTensor x = Numbers.vector(numbers);
          return dynamicTest(x.toString(), () -> {
            try (OpenBackend engine = open();
                OpenBackend reference = reference()) {
              OperationCase.unary("logSumExp", x, t -> t.logSumExp())
                  .check(engine, reference, STABLE, Closeness.OPERATION_GRADIENT);
            }
          });
        });
  }

  /**
   * Counts, the logarithms of their means and of their dispersions: near the mode, far from it, and
   * where a negative binomial distribution is all but Poisson's.
   */
  private static final double[][] COUNTS = {
    {0, -12, 0},
    {0, 0, -6},
    {0, 9, 0},
    {1, -3, 12},
    {3, 1.5, 14},
    {7, 2, -3},
    {40, 3.7, 2},
    {1000, 6.9, 5},
    {1000, 5, 1},
    {20_000, 9.9, 8},
    {1_000_000, 13.815, 3},
    {1_000_000, 13.815, 14}
  };

  @TestFactory
  @DisplayName("Probabilities of large counts and of shares keep their digits, gradients too")
  Stream<DynamicTest> largeCounts() {
    double[] shares =
        Stream.of(COUNTS).mapToDouble(row -> 1 / (1 + Math.exp(-row[1]))).toArray();
    double[] counts = Stream.of(COUNTS).mapToDouble(row -> row[0]).toArray();
    double[] positive = Stream.of(COUNTS).mapToDouble(row -> row[0] + 0.5).toArray();
    Closeness closeness = new Closeness(Closeness.TRAINING, 1);
    // A difference of numbers as large as the counts, of which seven digits are known: 0.3 of a
    // million.
    Closeness ofGradient = new Closeness(1e-3, 300);
    return Stream.of(
            likelihood(new Poisson(), counts),
            likelihood(NegativeBinomial.perElement(), counts),
            likelihood(ZeroInflated.of(new Poisson()), counts),
            likelihood(LogNormal.perElement(), positive),
            likelihood(Beta.perElement(), shares))
        .map(tested -> dynamicTest(tested.name(), () -> {
          try (OpenBackend engine = open();
              OpenBackend reference = reference()) {
            tested.check(engine, reference, closeness, ofGradient);
          }
        }));
  }

  private static OperationCase likelihood(IndependentLikelihood likelihood, double[] examples) {
    int numbers = likelihood.decoded(Shape.of(1)).dimension(0);
    HostTensor x = HostTensor.zeros(Shape.of(examples.length, 1));
    HostTensor decoded = HostTensor.zeros(Shape.of(examples.length, numbers));
    for (int i = 0; i < examples.length; i++) {
      x.data()[i] = (float) examples[i];
      for (int j = 0; j < numbers; j++) {
        decoded.data()[i * numbers + j] = (float) COUNTS[i][1 + j];
      }
    }
    return OperationCase.unary(
        likelihood.name(), decoded, t -> likelihood.elementLogProb(t.trace().constant(x), t));
  }

  @Test
  @DisplayName("The divergence of a posterior close to the prior does not cancel away")
  void smallDivergence() {
    // e^l - 1 - l is l²/2 for small l; computed as written with exp, nothing of it would be left.
    Function<Tensor, Tensor> excess = l -> l.expm1().subtract(l);
    try (OpenBackend engine = open()) {
      HostTensor l = Numbers.vector(2e-3, -2e-3);
      List<HostTensor> results =
          engine.backend().evaluate((t, in) -> List.of(excess.apply(in.get(0))), l);
      for (float value : results.get(0).data()) {
        // The difference of two numbers of size 2e-3, each rounded, keeps four digits.
        new Closeness(1e-3, 0).check("excess", value, 2e-6);
      }
    }
  }

  @Test
  @DisplayName("NaN goes through rather than being hidden")
  void notANumber() {
    try (OpenBackend engine = open()) {
      HostTensor x = HostTensor.of(Shape.of(3), 1, Float.NaN, 2);
      List<HostTensor> results = engine
          .backend()
          .evaluate((t, in) -> List.of(in.get(0).multiply(2), in.get(0).sum()), x);
      assertThat(results.get(0).data()).containsExactly(2, Float.NaN, 4);
      assertThat(results.get(1).item()).isNaN();
    }
  }
}
