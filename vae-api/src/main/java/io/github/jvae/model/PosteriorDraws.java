package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;

/**
 * Latent vectors drawn for the examples of a batch, K in a row for each of B.
 *
 * @param in the examples, each as often as there are draws of it: B · K
 * @param posterior the distribution of each draw
 * @param prior of the latent vectors, which may be made of posteriors of the same pass
 * @param draw the draws
 */
public record PosteriorDraws(Inputs in, Posterior posterior, Prior prior, Draw draw) {

  /** Returns the latent vectors, [B · K, L]. */
  public Tensor z() {
    return draw.z();
  }

  /** Returns the same examples and posteriors with other latent vectors. */
  public PosteriorDraws with(Draw other) {
    return new PosteriorDraws(in, posterior, prior, other);
  }

  /** Records {@code KL(q(z|x) ‖ p(z))}, [B · K], in nats. */
  public Tensor kl(DivergenceForm form) {
    return form == DivergenceForm.CLOSED_FORM
        ? Model.kl(prior, posterior, draw, in.conditions())
        : draw.logProb().subtract(logPrior());
  }

  /** Records {@code log p(z)} of the latent vectors, [B · K], in nats. */
  public Tensor logPrior() {
    return Model.logPrior(prior, draw.z(), in.conditions());
  }
}
