package io.github.jvae.reference;

import io.github.jvae.tensor.Reduction;
import java.util.Arrays;

/** A reduction. */
final class ReductionStep implements Operation {
  private final Reduction function;
  private final int[] to;
  private final int size;

  /**
   * @param to for each element of the operand, the element of the result it goes to
   * @param size the elements of the result
   */
  ReductionStep(Reduction function, int[] to, int size) {
    this.function = function;
    this.to = to;
    this.size = size;
  }

  @Override
  public double[] forward(StepInputs feed, double[][] operands) {
    double[] x = operands[0];
    return switch (function) {
      case SUM -> sum(x);
      case MEAN -> mean(x);
      case MAX -> max(x);
      case LOG_SUM_EXP -> logSumExp(x);
    };
  }

  private double count() {
    return (double) to.length / size;
  }

  private double[] sum(double[] x) {
    double[] result = new double[size];
    for (int i = 0; i < x.length; i++) {
      result[to[i]] += x[i];
    }
    return result;
  }

  private double[] mean(double[] x) {
    return Arrays.stream(sum(x)).map(total -> total / count()).toArray();
  }

  private double[] max(double[] x) {
    double[] result = new double[size];
    Arrays.fill(result, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < x.length; i++) {
      result[to[i]] = Math.max(result[to[i]], x[i]);
    }
    return result;
  }

  private double[] logSumExp(double[] x) {
    double[] greatest = max(x);
    double[] shifted = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double shift = greatest[to[i]];
      shifted[i] = StrictMath.exp(x[i] - (Double.isInfinite(shift) ? 0 : shift));
    }
    double[] result = sum(shifted);
    for (int i = 0; i < size; i++) {
      result[i] = StrictMath.log(result[i]) + (Double.isInfinite(greatest[i]) ? 0 : greatest[i]);
    }
    return result;
  }

  @Override
  public void backward(
      double[][] operands, double[] value, double[] gradient, double[][] gradients) {
    double[] x = operands[0];
    for (int i = 0; i < x.length; i++) {
      double share = switch (function) {
        case SUM -> 1;
        case MEAN -> 1 / count();
        case MAX -> x[i] == value[to[i]] ? 1 : 0;
        case LOG_SUM_EXP -> StrictMath.exp(x[i] - value[to[i]]);
      };
      gradients[0][i] += gradient[to[i]] * share;
    }
  }
}
