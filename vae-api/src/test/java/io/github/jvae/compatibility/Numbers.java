package io.github.jvae.compatibility;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;

/** Reproducible test data. */
final class Numbers {
  private Numbers() {}

  /** Uniform on [low, high), from a stream of this name. */
  static HostTensor uniform(String name, Shape shape, double low, double high) {
    HostTensor result = HostTensor.zeros(shape);
    RandomStream.of(17).child(name).fillUniform(result.data(), low, high);
    return result;
  }

  /** Standard normal, from a stream of this name. */
  static HostTensor normal(String name, Shape shape) {
    HostTensor result = HostTensor.zeros(shape);
    RandomStream.of(17).child(name).fillGaussian(result.data());
    return result;
  }

  /** Zeros and ones in even shares: binary images. */
  static HostTensor binary(String name, Shape shape) {
    HostTensor result = uniform(name, shape, 0, 1);
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] = result.data()[i] < 0.5f ? 0 : 1;
    }
    return result;
  }

  static HostTensor vector(double... values) {
    float[] data = new float[values.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) values[i];
    }
    return HostTensor.of(Shape.of(data.length), data);
  }
}
