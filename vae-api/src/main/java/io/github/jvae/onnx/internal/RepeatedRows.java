package io.github.jvae.onnx.internal;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Numbers that are the same all along some axes. */
final class RepeatedRows {
  private RepeatedRows() {}

  /**
   * Returns the numbers with an extent of 1 along some axes.
   *
   * @param isRepeated which axes
   * @return empty if the numbers differ along one of them
   */
  static Optional<HostTensor> once(HostTensor value, List<Boolean> isRepeated) {
    HostTensor result = value;
    for (int axis = 0; axis < isRepeated.size(); axis++) {
      if (isRepeated.get(axis)) {
        Optional<HostTensor> shorter = once(result, axis);
        if (shorter.isEmpty()) {
          return shorter;
        }
        result = shorter.get();
      }
    }
    return Optional.of(result);
  }

  private static Optional<HostTensor> once(HostTensor value, int axis) {
    Shape shape = value.shape();
    int inner = shape.subShape(axis + 1, shape.rank()).size();
    int extent = shape.dimension(axis);
    HostTensor once = HostTensor.zeros(shape.with(axis, 1));
    for (int i = 0; i < value.data().length; i++) {
      int place = i / (inner * extent) * inner + i % inner;
      if (i / inner % extent == 0) {
        once.data()[place] = value.data()[i];
      } else if (Float.compare(once.data()[place], value.data()[i]) != 0) {
        return Optional.empty();
      }
    }
    return Optional.of(once);
  }
}
