package io.github.jvae.model;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Tensor;

/** The distribution {@code p(x|z)} of an image, given what the decoder made of a latent vector. */
public interface Likelihood extends Component {

  /** Which images a likelihood gives a probability (density) to. */
  enum Support {
    /** Every pixel is 0 or 1; numbers between are taken as expectations. */
    BINARY,
    /** Every pixel is one of 256 levels, a multiple of 1/255; a probability mass. */
    LEVELS_256,
    /** Every pixel is a real number; a density. */
    REAL
  }

  /** Decoder outputs per pixel and channel: 1 for a mean, 2 for a mean and a scale, and so on. */
  default int channelsPerPixel() {
    return 1;
  }

  /** Which images have a probability. */
  Support support();

  /**
   * {@code log p(x|z)} in nats, with its full normaliser, summed over pixels.
   *
   * @param x images, [B, C, H, W]
   * @param decoded [B, C · channelsPerPixel, H, W]; where there are several per pixel, all channels
   *     of the first come first
   * @return [B]
   */
  Tensor logProb(Tensor x, Tensor decoded);

  /**
   * The expected image.
   *
   * @param decoded [B, C · channelsPerPixel, H, W]
   * @return [B, C, H, W]
   */
  Tensor mean(Tensor decoded);

  /**
   * Draws an image.
   *
   * @param decoded [B, C · channelsPerPixel, H, W]
   * @param uniform numbers from (0, 1), [B, C, H, W]
   * @param normal standard normal numbers, [B, C, H, W]
   * @return [B, C, H, W]
   */
  Tensor sample(Tensor decoded, Tensor uniform, Tensor normal);

  /**
   * The decoder outputs that give a pixel, as near as can be, a mean and a standard deviation: what
   * the bias of the decoder's last layer is, where training is to start from the pixels' averages.
   * Always finite, also for a pixel that never changes.
   *
   * @param mean in [0, 1]
   * @param standardDeviation at least 0; a likelihood whose width the decoder does not make has no
   *     use for it
   * @return {@link #channelsPerPixel} numbers
   * @throws VaeException if this likelihood does not know, which is the default
   */
  default double[] outputsFor(double mean, double standardDeviation) {
    throw new VaeException("likelihood " + name()
        + " does not say which outputs give a pixel its mean, so that the output bias cannot start"
        + " from data; leave that out");
  }
}
