package io.github.jvae;

import io.github.jvae.data.ElementMoments;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.stream.IntStream;

/**
 * The bias of the decoder's last layer that starts from data: whatever the latent vector, a model
 * then first expects the average example, as Burda, Grosse and Salakhutdinov ("Importance weighted
 * autoencoders", 2016) have theirs do. Of tables and series likewise.
 */
final class OutputBias {
  private OutputBias() {}

  /**
   * An architecture with that bias: for each element of its own where the last layer is dense, for
   * each channel where it is convolutional.
   *
   * @throws VaeException if the moments are not of the model's examples, the likelihood does not
   *     know which outputs stand for a mean, or the decoder does not end in a layer with a bias
   */
  static Architecture set(
      Architecture architecture, Likelihood likelihood, ElementMoments moments) {
    Shape example = architecture.shapes().example();
    if (!moments.shape().equals(example)) {
      throw new VaeException("the output bias cannot start from examples of " + moments.shape()
          + ", as the model takes " + example);
    }
    boolean dense = architecture.outputLayer().output().rank() == 1;
    HostTensor bias = values(likelihood, dense ? moments : moments.perChannel());
    return architecture.withOutputBias(new Initializer.Given(bias));
  }

  private static HostTensor values(Likelihood likelihood, ElementMoments moments) {
    int count = moments.shape().size();
    double[] outputs = likelihood.outputsFor(
        moments.shape(),
        IntStream.range(0, count).mapToDouble(moments::mean).toArray(),
        IntStream.range(0, count).mapToDouble(moments::standardDeviation).toArray());
    float[] values = new float[outputs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) outputs[i];
    }
    return HostTensor.of(Shape.of(values.length), values);
  }
}
