package io.github.jvae.plugin;

import io.github.jvae.model.Architecture;
import io.github.jvae.tensor.Shape;

/** An architecture whose sizes are still open; the options were read when it was made. */
@FunctionalInterface
public interface ArchitectureTemplate {

  /**
   * Fixes the sizes.
   *
   * @param input one image, [channels, height, width]
   * @param latent the extent of the latent vector
   * @param channelsPerPixel decoder outputs per channel, as the likelihood asks
   * @throws io.github.jvae.error.VaeException if the sizes do not fit
   */
  Architecture build(Shape input, int latent, int channelsPerPixel);
}
