package io.github.jvae.model;

/** Where latent vectors lie. A posterior and its prior are densities on the same space. */
public enum LatentSpace {
  /** All vectors of the latent extent; the usual distribution is N(0, I). */
  EUCLIDEAN("all of the latent space"),

  /** The vectors of length 1; the usual distribution is uniform. Densities are per unit of area. */
  SPHERE("the unit sphere");

  private final String words;

  LatentSpace(String words) {
    this.words = words;
  }

  /** Returns the words for messages. */
  @Override
  public String toString() {
    return words;
  }
}
