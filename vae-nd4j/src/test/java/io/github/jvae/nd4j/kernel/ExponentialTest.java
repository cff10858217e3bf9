package io.github.jvae.nd4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A function made of exponentials")
final class ExponentialTest {
  private static final float[] EXTREMES = {
    0f,
    -0f,
    1e-30f,
    -1e-30f,
    1e-7f,
    -1e-7f,
    87f,
    -87f,
    1e5f,
    -1e5f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY
  };

  static Stream<Arguments> functions() {
    return Stream.of(
        Arguments.of(
            "elu", TileFunctions.ELU, (DoubleUnaryOperator) x -> x > 0 ? x : Math.expm1(x)),
        Arguments.of("tanh", TileFunctions.TANH, (DoubleUnaryOperator) Math::tanh),
        Arguments.of(
            "sigmoid", TileFunctions.SIGMOID, (DoubleUnaryOperator) x -> 1 / (1 + Math.exp(-x))),
        Arguments.of("softplus", TileFunctions.SOFTPLUS, (DoubleUnaryOperator)
            x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
        Arguments.of("exp", TileFunctions.EXP, (DoubleUnaryOperator) Math::exp));
  }

  /** From far to the left to far to the right, denser near 0, where digits are lost most easily. */
  private static float[] numbers() {
    float[] x = new float[Tiles.SIZE];
    for (int i = 0; i < x.length; i++) {
      double place = 2.0 * i / (x.length - 1) - 1;
      x[i] = (float) (30 * Math.pow(place, 5));
    }
    System.arraycopy(EXTREMES, 0, x, 0, EXTREMES.length);
    return x;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  @DisplayName("keeps its digits, near 0 and far from it")
  void precise(String name, TileFunction function, DoubleUnaryOperator exact) {
    float[] x = numbers();
    float[] found = new float[x.length];
    function.apply(new float[][] {x.clone()}, found, x.length, new Exponential());
    for (int i = 0; i < x.length; i++) {
      double wanted = exact.applyAsDouble(x[i]);
      if (Math.abs(wanted) > Float.MAX_VALUE) {
        assertThat(found[i]).as("%s of %s", name, x[i]).isEqualTo((float) wanted);
      } else {
        // 4 units in the last place; and what is left of e^-87, where it stays.
        double allowed = Math.abs(wanted) * 4 * 0x1p-23 + 1.2e-38;
        assertThat((double) found[i]).as("%s of %s", name, x[i]).isCloseTo(wanted, within(allowed));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  @DisplayName("is not a number where its operand is not")
  void notANumber(String name, TileFunction function, DoubleUnaryOperator exact) {
    float[] found = new float[1];
    function.apply(new float[][] {{Float.NaN}}, found, 1, new Exponential());
    assertThat(found[0]).as(name).isNaN();
    assertThat(exact.applyAsDouble(Double.NaN)).isNaN();
  }
}
