package io.github.jvae;

import io.github.jvae.data.PixelMoments;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.stream.IntStream;

/**
 * The bias of the decoder's last layer that starts from data: whatever the latent vector, a model
 * then first expects the average image, as Burda, Grosse and Salakhutdinov ("Importance weighted
 * autoencoders", 2016) have theirs do.
 */
final class OutputBias {
  private OutputBias() {}

  /**
   * An architecture with that bias: for each pixel of its own where the last layer is dense, for
   * each channel where it is convolutional.
   *
   * @throws VaeException if the pixels are not of the model's images, the likelihood does not know
   *     which outputs stand for a mean, or the decoder does not end in a layer with a bias
   */
  static Architecture set(Architecture architecture, Likelihood likelihood, PixelMoments pixels) {
    Shape example = architecture.shapes().example();
    if (!pixels.shape().equals(example)) {
      throw new VaeException("the output bias cannot start from images of " + pixels.shape()
          + ", as the model takes " + example);
    }
    boolean dense = architecture.outputLayer().output().rank() == 1;
    HostTensor bias = values(likelihood, dense ? pixels : pixels.perChannel());
    return architecture.withOutputBias(new Initializer.Given(bias));
  }

  private static HostTensor values(Likelihood likelihood, PixelMoments pixels) {
    int count = pixels.shape().size();
    double[] outputs = likelihood.outputsFor(
        pixels.shape(),
        IntStream.range(0, count).mapToDouble(pixels::mean).toArray(),
        IntStream.range(0, count).mapToDouble(pixels::standardDeviation).toArray());
    float[] values = new float[outputs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) outputs[i];
    }
    return HostTensor.of(Shape.of(values.length), values);
  }
}
