package io.github.jvae.tensorflow;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/** Numbers into and out of TensorFlow's memory, in one go: an element loop is 80 times slower. */
final class Buffers {
  private Buffers() {}

  static org.tensorflow.ndarray.Shape shape(Shape shape) {
    return org.tensorflow.ndarray.Shape.of(shape.toLongArray());
  }

  static TFloat32 allocate(Shape shape) {
    return TFloat32.tensorOf(shape(shape));
  }

  static TFloat32 copyOf(Shape shape, float[] numbers) {
    TFloat32 result = allocate(shape);
    result.asRawTensor().data().asFloats().write(numbers);
    return result;
  }

  static HostTensor read(Tensor tensor, Shape shape) {
    return HostTensor.of(shape, read(tensor, shape.size()));
  }

  static float[] read(Tensor tensor, int size) {
    float[] numbers = new float[size];
    tensor.asRawTensor().data().asFloats().read(numbers);
    return numbers;
  }
}
