package io.github.jvae.onnx;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;

/** Weights put into the form that layers have. */
final class ReadWeights {
  private ReadWeights() {}

  /** Returns [n, m] of a matrix [m, n]. */
  static HostTensor transposed(HostTensor matrix) {
    int rows = matrix.shape().dimension(0);
    int columns = matrix.shape().dimension(1);
    HostTensor result = HostTensor.zeros(Shape.of(columns, rows));
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result.data()[j * rows + i] = matrix.data()[i * columns + j];
      }
    }
    return result;
  }

  /**
   * Returns weight and bias of a layer that is followed by a normalisation with known moments,
   * {@code (y - mean) / √(variance + ε) · scale + shift} for each channel.
   *
   * @param layer weight and bias
   * @param axis of the weight that counts channels out
   * @param norm scale, shift, mean and variance
   * @return nothing if those are not as many as channels
   */
  static List<HostTensor> normalized(
      List<HostTensor> layer, int axis, List<HostTensor> norm, double epsilon) {
    HostTensor weight = layer.get(0);
    HostTensor bias = layer.get(1);
    int channels = weight.shape().dimension(axis);
    if (bias.data().length != channels
        || !norm.stream().allMatch(each -> each.data().length == channels)) {
      return List.of();
    }
    HostTensor scaled = HostTensor.zeros(weight.shape());
    HostTensor shifted = HostTensor.zeros(bias.shape());
    double[] factors = new double[channels];
    for (int i = 0; i < channels; i++) {
      factors[i] = norm.get(0).data()[i] / Math.sqrt(norm.get(3).data()[i] + epsilon);
      shifted.data()[i] = (float)
          ((bias.data()[i] - norm.get(2).data()[i]) * factors[i] + norm.get(1).data()[i]);
    }
    int inner = weight.shape().subShape(axis + 1, weight.shape().rank()).size();
    for (int i = 0; i < weight.data().length; i++) {
      scaled.data()[i] = (float) (weight.data()[i] * factors[i / inner % channels]);
    }
    return List.of(scaled, shifted);
  }
}
