package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What training minimises. */
public interface Objective extends Component {

  /** The schedule that most objectives have: the weight of the divergence, 1 for the bound. */
  String KL_WEIGHT = "kl_weight";

  /**
   * The number of examples in the training part. An objective that names it among its
   * {@link #schedules} is told it by whoever trains; nobody else gives it.
   */
  String TRAINING_EXAMPLES = "training_examples";

  /**
   * Returns the names of the terms that {@link #evaluate} reports of a model, in order: the ELBO
   * and its two parts first, so that every objective can be judged by them.
   */
  List<String> terms(LatentModel model);

  /**
   * Returns the term by which the best epoch is chosen, higher being better: the ELBO, which
   * compares across objectives, unless an objective trains a model for which it says nothing.
   */
  default String criterion() {
    return Loss.ELBO;
  }

  /**
   * Returns the names of the numbers that may change from step to step, such as {@link #KL_WEIGHT}:
   * inputs of the computation, so that a schedule never records anew. None unless an objective says
   * so.
   */
  default List<String> schedules() {
    return List.of();
  }

  /**
   * Returns how many standard normal numbers an example takes: those of one draw from its posterior
   * unless an objective says more, as one of several draws does.
   */
  default int noiseSize(LatentModel model) {
    return model.noiseSize();
  }

  /**
   * Returns how many examples a batch must have at least; 1 unless an objective compares them with
   * each other.
   */
  default int leastBatch() {
    return 1;
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
   * Returns the opponent whose parameters are trained in turn with the model's; none unless an
   * objective has one. Its parameters are among the objective's.
   */
  default Optional<Adversary> adversary() {
    return Optional.empty();
  }

  /**
   * Records the loss of a batch.
   *
   * @param in B examples
   * @param noise standard normal, [B, {@link #noiseSize}]
   * @param schedules the present value of each of {@link #schedules}, shape []
   */
  Loss evaluate(LatentModel model, Inputs in, Tensor noise, Map<String, Tensor> schedules);
}
