package io.github.jvae.model;

import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/** What training minimises. */
public interface Objective extends Component {

  /** The names of the terms that {@link #evaluate} reports, in order. */
  List<String> terms();

  /** The shape of the standard normal noise a batch needs; [B, L] unless an objective says more. */
  default Shape noise(int batch, int latent) {
    return Shape.of(batch, latent);
  }

  /**
   * Whether the loss is the mean over the batch of something that follows from one image and its
   * noise, as most are, and each number of a term follows from its image. Engines may then compute
   * parts of a batch apart, which is faster. Not so unless an objective says it is: one that
   * compares the images of a batch with each other must not.
   */
  default boolean averagesExamples() {
    return false;
  }

  /**
   * Records the loss of a batch.
   *
   * @param x images, [B, C, H, W]
   * @param noise standard normal, of the shape {@link #noise} gives
   * @param klWeight the weight of the divergence in the loss, shape []; an input, so that a
   *     schedule never records anew. What is reported carries weight 1.
   */
  Loss evaluate(Model model, Tensor x, Tensor noise, Tensor klWeight);
}
