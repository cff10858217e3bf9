package io.github.jvae.backend.support;

import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * A batch of images and what the decoder made for them, in one order of axes: the decoder's. What
 * is summed over all pixels does not depend on it.
 *
 * @param <T> the engine's tensors
 * @param <V> the engine's values
 */
public final class ImageBatch<T extends EngineTensor<T, V>, V> {
  private final Shape shape;
  private final T x;
  private final T decoded;
  private final int channelAxis;

  private ImageBatch(T images, T made) {
    this.shape = images.shape();
    boolean channelsLast = made.engineTrace().convolvesChannelsLast() && made.hasChannelsLast();
    this.x = channelsLast ? images.channelsLast() : images.lyingAs(made);
    this.decoded = channelsLast ? made.channelsLast() : made;
    this.channelAxis = channelsLast ? 3 : 1;
  }

  /**
   * Puts both into one order.
   *
   * @param backend the name of the engine's backend
   * @param likelihood that takes them
   * @param x [B, C, H, W]
   * @param decoded what the decoder made, [B, a multiple of C, H, W]
   * @throws io.github.jvae.error.VaeException if they are of another backend or shape
   */
  static <T extends EngineTensor<T, V>, V> ImageBatch<T, V> of(
      Class<T> type, String backend, Likelihood likelihood, Tensor x, Tensor decoded) {
    String user = "likelihood " + likelihood.name();
    Shape image = x.shape().subShape(1, x.shape().rank());
    return new ImageBatch<>(
        EngineTensor.require(type, backend, user, x, image),
        EngineTensor.require(type, backend, user, decoded, likelihood.decoded(image)));
  }

  /** Returns the images. */
  public T x() {
    return x;
  }

  /** Returns what the decoder made. */
  public T decoded() {
    return decoded;
  }

  /** Returns how many pixel values one image has. */
  public int pixels() {
    return shape.size() / shape.dimension(0);
  }

  /** Returns one of several groups of as many channels as the images have. */
  public T group(int index) {
    int channels = shape.dimension(1);
    return x.engineTrace()
        .own(decoded.slice(channelAxis, index * channels, (index + 1) * channels));
  }

  /** Returns a number per pixel, as a tensor of the images' shape. */
  public T perPixel(V numbers) {
    return x.engineTrace().tensor(x.shape(), numbers);
  }

  /** Returns a number per image, as a tensor. */
  public T perImage(V numbers) {
    return x.engineTrace().tensor(Shape.of(shape.dimension(0)), numbers);
  }

  /** Returns the sum over all pixels of each image, [B]. */
  public static Tensor sum(Tensor perPixel) {
    return perPixel.sum(1, 2, 3);
  }
}
