package io.github.jvae.train;

/**
 * The best epoch so far of a training.
 *
 * @param elbo the ELBO that was reached in it on the part of the data by which epochs are judged,
 *     or what the objective has as criterion in its place, nats per example
 * @param epoch counted from 1; 0 before the first
 */
public record BestEpoch(double elbo, int epoch) {
  /** Before the first epoch. */
  public static final BestEpoch NONE = new BestEpoch(Double.NEGATIVE_INFINITY, 0);

  /** Returns the better of this and another epoch; of two that are as good, this. */
  BestEpoch or(double reached, int inEpoch) {
    return reached > elbo ? new BestEpoch(reached, inEpoch) : this;
  }
}
