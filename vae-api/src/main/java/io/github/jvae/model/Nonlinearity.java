package io.github.jvae.model;

import java.util.List;

/** What makes a hidden layer of a network more than a linear map. */
public interface Nonlinearity {
  /**
   * Returns layers that make as many numbers as a linear one does.
   *
   * @param layer the linear one
   */
  List<Layer> after(Layer.Weighted layer);

  /**
   * Returns gates: the layer makes twice as many numbers, and those of its first half are
   * multiplied by the sigmoids of the second ({@link Layer.Gated}).
   */
  static Nonlinearity gate() {
    return layer -> List.of(layer.withOutputs(2 * layer.outputs()), new Layer.Gated());
  }
}
