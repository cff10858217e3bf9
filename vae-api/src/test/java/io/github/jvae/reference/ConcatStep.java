package io.github.jvae.reference;

import java.util.List;

/**
 * Operands put side by side.
 *
 * @param size the elements of the result
 * @param places for each operand, where in the result its elements go
 */
record ConcatStep(int size, List<int[]> places) implements Operation {

  @Override
  public double[] forward(StepInputs feed, double[][] operands) {
    double[] result = new double[size];
    for (int part = 0; part < operands.length; part++) {
      int[] place = places.get(part);
      for (int i = 0; i < place.length; i++) {
        result[place[i]] = operands[part][i];
      }
    }
    return result;
  }

  @Override
  public void backward(
      double[][] operands, double[] value, double[] gradient, double[][] gradients) {
    for (int part = 0; part < operands.length; part++) {
      int[] place = places.get(part);
      for (int i = 0; i < place.length; i++) {
        gradients[part][i] += gradient[place[i]];
      }
    }
  }
}
