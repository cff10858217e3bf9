package io.github.jvae.reference;

import io.github.jvae.tensor.UnaryOperation;

/** A function of each element. */
record UnaryStep(UnaryOperation function) implements Operation {

  @Override
  public double[] forward(StepInputs feed, double[][] operands) {
    double[] x = operands[0];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = value(x[i]);
    }
    return y;
  }

  @Override
  public void backward(
      double[][] operands, double[] value, double[] gradient, double[][] gradients) {
    if (!passesGradient()) {
      return;
    }
    double[] x = operands[0];
    for (int i = 0; i < x.length; i++) {
      gradients[0][i] += gradient[i] * derivative(x[i], value[i]);
    }
  }

  @Override
  public boolean passesGradient() {
    return function != UnaryOperation.STOP_GRADIENT;
  }

  private double value(double x) {
    return switch (function) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case EXP -> StrictMath.exp(x);
      case EXPM1 -> StrictMath.expm1(x);
      case LOG -> StrictMath.log(x);
      case LOG1P -> StrictMath.log1p(x);
      case SQRT -> Math.sqrt(x);
      case SQUARE -> x * x;
      case ERF -> ErrorFunction.erf(x);
      case RELU -> Math.max(x, 0);
      case SIGMOID -> sigmoid(x);
      case LOG_SIGMOID -> -softplus(-x);
      case SOFTPLUS -> softplus(x);
      case TANH -> StrictMath.tanh(x);
      case STOP_GRADIENT -> x;
    };
  }

  private double derivative(double x, double y) {
    return switch (function) {
      case NEGATE -> -1;
      case ABS -> Math.signum(x);
      case EXP -> y;
      case EXPM1 -> StrictMath.exp(x);
      case LOG -> 1 / x;
      case LOG1P -> 1 / (1 + x);
      case SQRT -> 0.5 / y;
      case SQUARE -> 2 * x;
      case ERF -> ErrorFunction.derivative(x);
      case RELU -> x > 0 ? 1 : 0;
      case SIGMOID -> sigmoid(x) * sigmoid(-x);
      case LOG_SIGMOID -> sigmoid(-x);
      case SOFTPLUS -> sigmoid(x);
      case TANH -> 4 * sigmoid(2 * x) * sigmoid(-2 * x);
      case STOP_GRADIENT -> 0;
    };
  }

  private static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}
