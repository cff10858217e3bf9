package io.github.jvae.evaluate;

import io.github.jvae.tensor.HostTensor;
import java.util.Optional;

/**
 * The scores of an example, in nats; higher is more anomalous.
 *
 * @param index the place of the example in its data set
 * @param logLikelihood as {@link AnomalyScore#LOG_LIKELIHOOD} says
 * @param elbo as {@link AnomalyScore#ELBO} says
 * @param reconstruction as {@link AnomalyScore#RECONSTRUCTION} says
 * @param contributions what each element adds to the reconstruction score, of the example's shape;
 *     0 for an element that was not observed, and empty if it was not asked for
 */
public record AnomalyScores(
    int index,
    double logLikelihood,
    double elbo,
    double reconstruction,
    Optional<HostTensor> contributions) {

  /** Returns one of the scores. */
  public double of(AnomalyScore score) {
    return switch (score) {
      case LOG_LIKELIHOOD -> logLikelihood;
      case ELBO -> elbo;
      case RECONSTRUCTION -> reconstruction;
    };
  }
}
