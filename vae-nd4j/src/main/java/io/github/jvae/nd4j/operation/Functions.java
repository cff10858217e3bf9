package io.github.jvae.nd4j.operation;

import io.github.jvae.model.Activation;
import io.github.jvae.nd4j.kernel.ErrorFunction;
import io.github.jvae.nd4j.kernel.TileFunction;
import io.github.jvae.nd4j.kernel.TileFunctions;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.UnaryOperation;

/** Functions of one operand, with their gradients. */
public final class Functions {
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double NORMAL_DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);
  private static final float SLOPE = (float) Activation.LEAKY_SLOPE;

  private static final TileFunction ABS = TileFunction.of(x -> Math.abs(x));
  private static final TileFunction EXPM1 = TileFunction.of(x -> (float) Math.expm1(x));
  private static final TileFunction LOG = TileFunction.of(x -> (float) Math.log(x));
  private static final TileFunction LOG1P = TileFunction.of(x -> (float) Math.log1p(x));
  private static final TileFunction SQRT = TileFunction.of(x -> (float) Math.sqrt(x));
  private static final TileFunction ERF = TileFunction.of(x -> (float) ErrorFunction.erf(x));
  private static final TileFunction LEAKY_RELU = TileFunction.of(x -> x > 0 ? x : SLOPE * x);
  private static final TileFunction LEAKY_RELU_GRADIENT =
      TileFunction.of((y, g) -> y > 0 ? g : SLOPE * g);
  private static final TileFunction GELU =
      TileFunction.of(x -> (float) (x * normalDistribution(x)));
  private static final TileFunction GELU_GRADIENT =
      TileFunction.of((x, g) -> (float) (g * (normalDistribution(x) + x * normalDensity(x))));

  private Functions() {}

  public static Value record(Recording recording, UnaryOperation function, Value x) {
    return record(recording, value(function), rule(function), x);
  }

  public static Value record(Recording recording, Activation function, Value x) {
    return switch (function) {
      case RELU -> record(recording, UnaryOperation.RELU, x);
      case TANH -> record(recording, UnaryOperation.TANH, x);
      case SIGMOID -> record(recording, UnaryOperation.SIGMOID, x);
      case SOFTPLUS -> record(recording, UnaryOperation.SOFTPLUS, x);
      case LEAKY_RELU -> record(recording, LEAKY_RELU, ofResult(LEAKY_RELU_GRADIENT), x);
      case ELU -> record(recording, TileFunctions.ELU, ofResult(TileFunctions.ELU_GRADIENT), x);
      case GELU -> record(recording, GELU, ofOperand(GELU_GRADIENT), x);
      case SILU -> record(recording, TileFunctions.SILU, ofOperand(TileFunctions.SILU_GRADIENT), x);
    };
  }

  private static Value record(
      Recording recording, TileFunction function, Elementwise.Rule rule, Value x) {
    return recording.add(Elementwise.of(function, rule, x.shape(), x));
  }

  private static TileFunction value(UnaryOperation function) {
    return switch (function) {
      case NEGATE -> TileFunctions.NEGATE;
      case ABS -> ABS;
      case EXP -> TileFunctions.EXP;
      case EXPM1 -> EXPM1;
      case LOG -> LOG;
      case LOG1P -> LOG1P;
      case SQRT -> SQRT;
      case SQUARE -> TileFunctions.SQUARE;
      case ERF -> ERF;
      case RELU -> TileFunctions.RELU;
      case SIGMOID -> TileFunctions.SIGMOID;
      case LOG_SIGMOID -> TileFunctions.LOG_SIGMOID;
      case SOFTPLUS -> TileFunctions.SOFTPLUS;
      case TANH -> TileFunctions.TANH;
      case STOP_GRADIENT -> TileFunctions.COPY;
    };
  }

  private static Elementwise.Rule rule(UnaryOperation function) {
    return switch (function) {
      case NEGATE -> (to, op, g) -> to.add(op.operand(0), () -> Arithmetic.negate(to, g));
      case ABS -> ofOperand(TileFunction.of((x, g) -> g * Math.signum(x)));
      case EXP -> ofResult(TileFunctions.MULTIPLY);
      case EXPM1 -> ofResult(TileFunction.of((y, g) -> g * (y + 1)));
      case LOG -> ofOperand(TileFunction.of((x, g) -> g / x));
      case LOG1P -> ofOperand(TileFunction.of((x, g) -> g / (1 + x)));
      case SQRT -> ofResult(TileFunction.of((y, g) -> g * 0.5f / y));
      case SQUARE -> ofOperand(TileFunction.of((x, g) -> g * 2 * x));
      case ERF ->
        ofOperand(
            TileFunction.of((x, g) -> (float) (g * TWO_OVER_SQRT_PI * Math.exp(-(double) x * x))));
      case RELU -> ofResult(TileFunctions.RELU_GRADIENT);
      case SIGMOID -> ofResult(TileFunctions.SIGMOID_GRADIENT);
      case LOG_SIGMOID -> ofOperand(TileFunctions.LOG_SIGMOID_GRADIENT);
      case SOFTPLUS -> ofOperand(TileFunctions.SOFTPLUS_GRADIENT);
      case TANH -> ofResult(TileFunctions.TANH_GRADIENT);
      case STOP_GRADIENT -> Elementwise.NONE;
    };
  }

  /** A gradient that is a function of the operand and the result's gradient. */
  private static Elementwise.Rule ofOperand(TileFunction function) {
    return (to, op, g) -> to.add(op.operand(0), () -> gradient(to, function, op.operand(0), g));
  }

  /** A gradient that is a function of the result and its gradient. */
  private static Elementwise.Rule ofResult(TileFunction function) {
    return (to, op, g) -> to.add(op.operand(0), () -> gradient(to, function, op.result(), g));
  }

  private static Value gradient(Gradients to, TileFunction function, Value x, Value gradient) {
    return to.recording()
        .add(Elementwise.of(function, Elementwise.NONE, gradient.shape(), x, gradient));
  }

  private static double normalDistribution(double x) {
    return 0.5 * (1 + ErrorFunction.erf(x * ROOT_HALF));
  }

  private static double normalDensity(double x) {
    return NORMAL_DENSITY_AT_0 * Math.exp(-0.5 * x * x);
  }
}
