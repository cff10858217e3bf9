package io.github.jvae.reference;

/** Each element is one of the operand's: reshape, transpose, slice and broadcast. */
final class GatherStep implements Operation {
  private final int[] from;

  /** @param from for each element of the result, the place of the operand's */
  GatherStep(int... from) {
    this.from = from;
  }

  @Override
  public double[] forward(StepInputs feed, double[][] operands) {
    double[] result = new double[from.length];
    for (int i = 0; i < from.length; i++) {
      result[i] = operands[0][from[i]];
    }
    return result;
  }

  @Override
  public void backward(
      double[][] operands, double[] value, double[] gradient, double[][] gradients) {
    for (int i = 0; i < from.length; i++) {
      gradients[0][from[i]] += gradient[i];
    }
  }
}
