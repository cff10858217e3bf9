package io.github.jvae.bench.reproduce;

import java.util.Locale;

/** What becomes of a published figure by what was found. */
public enum Verdict {
  /** What was found is as far from it as the tolerance allows, at most. */
  WITHIN,

  /** What was found is less, and so better, by more than the tolerance: not the same either. */
  BETTER,

  /** What was found is more, and so worse, by more than the tolerance. */
  MISSED;

  /** Returns what files call it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns it in words, with by how much.
   *
   * @param figure that was wanted
   * @param found instead
   */
  public String words(Figure figure, double found) {
    double distance = Math.abs(found - figure.value());
    return switch (this) {
      case WITHIN -> String.format(Locale.ROOT, "within %s", figure.tolerance());
      case BETTER -> String.format(Locale.ROOT, "better by %.2f", distance);
      case MISSED -> String.format(Locale.ROOT, "missed by %.2f", distance);
    };
  }
}
