package io.github.jvae.evaluate;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.stream.Stream;

/** Images that latent vectors are drawn for together, and what their draws have given so far. */
final class ImageGroup {
  private final HostTensor images;
  private final int[] indices;
  private final WeightSum[] weights;
  private HostTensor repeated;
  private int times = 1;

  /**
   * @param images [B, C, H, W]
   * @param indices the place of each in the data set
   */
  ImageGroup(HostTensor images, int[] indices) {
    this.images = images;
    this.indices = indices;
    this.weights = Stream.generate(WeightSum::new).limit(indices.length).toArray(WeightSum[]::new);
    this.repeated = images;
  }

  HostTensor images() {
    return images;
  }

  int[] indices() {
    return indices;
  }

  int size() {
    return indices.length;
  }

  /** Each image several times in a row, [B · times, C, H, W]; made anew for other times only. */
  HostTensor repeated(int wanted) {
    if (wanted != times) {
      Shape shape = images.shape();
      int length = shape.size() / size();
      float[] data = new float[shape.size() * wanted];
      for (int row = 0; row < size() * wanted; row++) {
        System.arraycopy(images.data(), row / wanted * length, data, row * length, length);
      }
      repeated = HostTensor.of(shape.with(0, size() * wanted), data);
      times = wanted;
    }
    return repeated;
  }

  /** Adds the weight {@code e^logWeight} of a draw for an image. */
  void add(int image, double logWeight) {
    weights[image].add(logWeight);
  }

  /** What the draws of each image have given. */
  Iterable<WeightSum> weights() {
    return Arrays.asList(weights);
  }
}
