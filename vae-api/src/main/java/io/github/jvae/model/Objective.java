package io.github.jvae.model;

import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** What training minimises. */
public interface Objective extends Component {

  /** The schedule that most objectives have: the weight of the divergence, 1 for the bound. */
  String KL_WEIGHT = "kl_weight";

  /** Returns the names of the terms that {@link #evaluate} reports of a model, in order. */
  List<String> terms(LatentModel model);

  /**
   * Returns the names of the numbers that may change from step to step, such as {@link #KL_WEIGHT}:
   * inputs of the computation, so that a schedule never records anew. None unless an objective says
   * so.
   */
  default List<String> schedules() {
    return List.of();
  }

  /**
   * Returns the shape of the standard normal noise a batch needs; one draw for each example, [B,
   * N], unless an objective says more.
   *
   * @param batch B
   * @param size how many numbers a draw takes, N, see {@link LatentModel#noiseSize}
   */
  default Shape noise(int batch, int size) {
    return Shape.of(batch, size);
  }

  /**
   * Returns whether the loss is the mean over the batch of something that follows from one example
   * and its noise, as most are, and each number of a term follows from its example. Engines may
   * then compute parts of a batch apart, which is faster. Not so unless an objective says it is:
   * one that compares the examples of a batch with each other must not.
   */
  default boolean averagesExamples() {
    return false;
  }

  /**
   * Records the loss of a batch.
   *
   * @param in B examples
   * @param noise standard normal, of the shape {@link #noise} gives
   * @param schedules the present value of each of {@link #schedules}, shape []
   */
  Loss evaluate(LatentModel model, Inputs in, Tensor noise, Map<String, Tensor> schedules);
}
