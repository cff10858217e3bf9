package io.github.jvae.model;

/** How the divergence of a posterior from the prior is computed. */
public enum DivergenceForm {
  /** The formula of the prior, where it knows one. */
  CLOSED_FORM,
  /**
   * The one-sample estimate {@code log q(z|x) - log p(z)} at the drawn z, whatever the prior knows.
   */
  SAMPLED
}
