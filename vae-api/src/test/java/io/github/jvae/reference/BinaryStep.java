package io.github.jvae.reference;

import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Shape;

/** A function of two elements; each operand is read where broadcasting puts it. */
final class BinaryStep implements Operation {
  private final BinaryOperation function;
  private final int[] left;
  private final int[] right;

  private BinaryStep(BinaryOperation function, int[] left, int[] right) {
    this.function = function;
    this.left = left;
    this.right = right;
  }

  static BinaryStep of(BinaryOperation function, Shape left, Shape right, Shape result) {
    return new BinaryStep(
        function, Positions.broadcast(left, result), Positions.broadcast(right, result));
  }

  @Override
  public double[] forward(StepInputs feed, double[][] operands) {
    double[] result = new double[left.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = value(operands[0][left[i]], operands[1][right[i]]);
    }
    return result;
  }

  @Override
  public boolean passesGradient() {
    return function != BinaryOperation.GREATER;
  }

  private double value(double a, double b) {
    return switch (function) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case GREATER -> a > b ? 1 : 0;
    };
  }

  @Override
  public void backward(
      double[][] operands, double[] value, double[] gradient, double[][] gradients) {
    for (int i = 0; i < gradient.length; i++) {
      double a = operands[0][left[i]];
      double b = operands[1][right[i]];
      gradients[0][left[i]] += gradient[i] * leftDerivative(a, b);
      gradients[1][right[i]] += gradient[i] * rightDerivative(a, b);
    }
  }

  private double leftDerivative(double a, double b) {
    return switch (function) {
      case ADD, SUBTRACT -> 1;
      case MULTIPLY -> b;
      case DIVIDE -> 1 / b;
      case MAXIMUM -> a >= b ? 1 : 0;
      case MINIMUM -> a <= b ? 1 : 0;
      case GREATER -> 0;
    };
  }

  private double rightDerivative(double a, double b) {
    return switch (function) {
      case ADD -> 1;
      case SUBTRACT -> -1;
      case MULTIPLY -> a;
      case DIVIDE -> -a / (b * b);
      case MAXIMUM -> a >= b ? 0 : 1;
      case MINIMUM -> a <= b ? 0 : 1;
      case GREATER -> 0;
    };
  }
}
