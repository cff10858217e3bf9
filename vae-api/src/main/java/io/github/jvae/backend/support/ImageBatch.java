package io.github.jvae.backend.support;

import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * A batch of images and what the decoder made for them, in one order of axes: the decoder's. What
 * is summed over all pixels does not depend on it.
 *
 * @param <T> the engine's tensors
 * @param <V> the engine's values
 */
public abstract class ImageBatch<T extends EngineTensor<T, V>, V> {
  private final Shape shape;
  private final T x;
  private final T decoded;
  private final int channelAxis;

  /**
   * Puts both into one order.
   *
   * @param images [B, C, H, W]
   * @param made what the decoder made, [B, a multiple of C, H, W]
   */
  protected ImageBatch(T images, T made) {
    this.shape = images.shape();
    boolean channelsLast = made.recording().convolvesChannelsLast() && made.hasChannelsLast();
    this.x = channelsLast ? images.channelsLast() : images.lyingAs(made);
    this.decoded = channelsLast ? made.channelsLast() : made;
    this.channelAxis = channelsLast ? 3 : 1;
  }

  /** Returns the shape of one image, [C, H, W]. */
  protected static Shape image(Tensor x) {
    return x.shape().subShape(1, x.shape().rank());
  }

  /** Returns the images. */
  public final V x() {
    return x.unwrap();
  }

  /** Returns what the decoder made. */
  public final V decoded() {
    return decoded.unwrap();
  }

  /** Returns how many pixel values one image has. */
  public final int pixels() {
    return shape.size() / shape.dimension(0);
  }

  /** Returns one of several groups of as many channels as the images have. */
  public final V group(int index) {
    int channels = shape.dimension(1);
    return x.recording()
        .own(decoded.slice(channelAxis, index * channels, (index + 1) * channels))
        .unwrap();
  }

  /** Returns a number per image, as a tensor. */
  public final Tensor perImage(V numbers) {
    return x.recording().tensor(Shape.of(shape.dimension(0)), numbers);
  }
}
