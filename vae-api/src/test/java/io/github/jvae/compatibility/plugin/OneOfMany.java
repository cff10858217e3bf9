package io.github.jvae.compatibility.plugin;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/** Chooses one of several components, each as likely as the others. */
final class OneOfMany {
  private OneOfMany() {}

  /**
   * Returns 1 in the place of the chosen component and 0 elsewhere, [B, components].
   *
   * @param noise standard normal, [B, 1]
   */
  static Tensor of(Tensor noise, int components) {
    float[] bounds = new float[components];
    for (int i = 0; i < components; i++) {
      bounds[i] = i;
    }
    Tensor lower = noise.trace().constant(HostTensor.of(Shape.of(components), bounds));
    Tensor place = noise.multiply(Math.sqrt(0.5)).erf().add(1).multiply(0.5 * components);
    return place.greater(lower).subtract(place.greater(lower.add(1)));
  }
}
