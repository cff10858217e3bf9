package io.github.jvae.evaluate;

/** Where the latent vectors of an estimate of log p(x) come from. */
public enum Proposal {
  /**
   * The posterior q(z|x), each draw weighted by p(x|z) p(z) / q(z|x): the bound of Burda, Grosse
   * and Salakhutdinov, "Importance weighted autoencoders", 2016, which tightens as draws are added.
   */
  POSTERIOR,
  /**
   * The prior p(z), each draw weighted by p(x|z): correct as well, and useless, as hardly a draw
   * ever explains the image. Here to show that.
   */
  PRIOR
}
