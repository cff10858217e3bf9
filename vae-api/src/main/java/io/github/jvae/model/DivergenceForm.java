package io.github.jvae.model;

/** How the divergence of a posterior from the prior is computed. */
public enum DivergenceForm {
  /** In closed form where the prior knows one. */
  CLOSED_FORM,
  /** As {@code log q(z|x) - log p(z)} at the drawn z, whatever the prior knows. */
  SAMPLED
}
