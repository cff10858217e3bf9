package io.github.jvae.model;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;

/**
 * How the first value of a parameter is made. Made on the host, so that all engines start alike.
 */
public sealed interface Initializer {

  /** The first value of a parameter. */
  HostTensor values(Shape shape, RandomStream random);

  /** Every element the same. */
  record Constant(double value) implements Initializer {
    @Override
    public HostTensor values(Shape shape, RandomStream random) {
      HostTensor result = HostTensor.zeros(shape);
      Arrays.fill(result.data(), (float) value);
      return result;
    }
  }

  /** Uniform on [low, high). */
  record Uniform(double low, double high) implements Initializer {
    /** Uniform on [-bound, bound). */
    public Uniform(double bound) {
      this(-bound, bound);
    }

    @Override
    public HostTensor values(Shape shape, RandomStream random) {
      HostTensor result = HostTensor.zeros(shape);
      random.fillUniform(result.data(), low, high);
      return result;
    }
  }

  /** Normal with mean 0. */
  record Normal(double standardDeviation) implements Initializer {
    @Override
    public HostTensor values(Shape shape, RandomStream random) {
      HostTensor result = HostTensor.zeros(shape);
      float[] data = result.data();
      for (int i = 0; i < data.length; i++) {
        data[i] = (float) (standardDeviation * random.nextGaussian());
      }
      return result;
    }
  }

  /** A multiple of what another makes. */
  record Scaled(Initializer base, double factor) implements Initializer {
    @Override
    public HostTensor values(Shape shape, RandomStream random) {
      HostTensor result = base.values(shape, random);
      for (int i = 0; i < result.data().length; i++) {
        result.data()[i] *= (float) factor;
      }
      return result;
    }
  }

  /** Given numbers, such as a bias set to the logit of the pixel means. */
  record Given(HostTensor value) implements Initializer {
    @Override
    public HostTensor values(Shape shape, RandomStream random) {
      return HostTensor.of(shape, value.data().clone());
    }
  }

  /**
   * PyTorch's default for the weights and biases of its layers: uniform within {@code 1/√fanIn}
   * (Kaiming uniform with a = √5).
   *
   * @param fanIn the inputs that each output sees
   */
  static Initializer fanIn(int fanIn) {
    return new Uniform(1 / Math.sqrt(fanIn));
  }
}
