package io.github.jvae.evaluate;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Likelihood.Support;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;

/** Whether a model gives images a probability at all: told before anything is computed. */
final class ImageCheck {
  private static final double LEVELS = 255;

  /** Of a level, in which single precision writes a multiple of 1/255. */
  private static final double TOLERANCE = 1e-3;

  private final ModelRuntime runtime;

  ImageCheck(ModelRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Checks what any use of images needs.
   *
   * @param images [B, C, H, W]
   * @throws VaeException if the shape is not the model's, or a pixel is not finite
   */
  void requireShape(HostTensor images) {
    Shape wanted = runtime.architecture().input();
    if (images.shape().rank() != 4 || !images.shape().subShape(1, 4).equals(wanted)) {
      throw new VaeException("the model takes images [batch, channels, height, width] of " + wanted
          + ", not " + images.shape());
    }
    if (!images.isFinite()) {
      throw new VaeException("the images hold a pixel that is not a finite number");
    }
  }

  /**
   * Checks what a probability of images needs.
   *
   * @param images [B, C, H, W]
   * @throws VaeException as {@link #requireShape}, or if a pixel is outside of the likelihood's
   *     support
   */
  void require(HostTensor images) {
    requireShape(images);
    Likelihood likelihood = runtime.model().likelihood();
    Support support = likelihood.support();
    for (float pixel : images.data()) {
      if (support != Support.REAL && !(pixel >= 0 && pixel <= 1)) {
        throw new VaeException("likelihood " + likelihood.name()
            + " needs pixels from 0 to 1, but there is one of " + pixel);
      }
      double level = pixel * LEVELS;
      if (support == Support.LEVELS_256 && Math.abs(level - Math.rint(level)) > TOLERANCE) {
        throw new VaeException("likelihood " + likelihood.name()
            + " needs pixels of 256 levels, multiples of 1/255, but there is one of " + pixel);
      }
    }
  }
}
