package io.github.jvae.backend;

import io.github.jvae.error.Range;

/**
 * What is done about the L2 norm of all gradients of a step together, which includes those of every
 * variable that the loss reaches.
 *
 * <p>Clipping follows Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural
 * networks", 2013, in PyTorch's form; skipping is how Child, "Very deep VAEs generalize
 * autoregressive models and can outperform them on images", 2021, keeps a rare bad step from
 * spoiling a deep model. Engines add up squares in single precision, in which a norm above about
 * 1e19 is infinite.
 *
 * @param clipNorm the greatest norm, to which greater ones are scaled down by {@code clipNorm /
 *     (norm + 1e-6)}; 0 for no limit
 * @param skipAbove the norm, before it is scaled down, above which a step is skipped; so is one
 *     whose norm is not finite. A skipped step changes neither variables nor what the optimizer
 *     remembers, and is not counted. 0 for no step to be skipped
 */
public record GradientLimits(double clipNorm, double skipAbove) {
  /** What limits may be, where there are any. */
  public static final Range NORMS = Range.above(0);

  /** What PyTorch adds to a norm before it divides by it. */
  public static final double MARGIN = 1e-6;

  private static final GradientLimits NONE = new GradientLimits(0, 0);

  /** @throws io.github.jvae.error.VaeException if a number is out of range */
  public GradientLimits {
    require("the gradient norm's limit, unless it is 0 for none,", clipNorm);
    require("the gradient norm above which steps are skipped, unless it is 0 for none,", skipAbove);
  }

  private static void require(String what, double norm) {
    if (norm != 0) {
      NORMS.require(what, norm);
    }
  }

  /** Returns no limits: steps are taken as they come, and nobody looks at their norm. */
  public static GradientLimits none() {
    return NONE;
  }

  /** Returns the limits that scale gradients down and skip no step. */
  public static GradientLimits clipping(double norm) {
    return new GradientLimits(norm, 0);
  }

  /** Returns whether there is a limit, so that the norm of each step is to be computed. */
  public boolean needNorm() {
    return clipNorm > 0 || skipAbove > 0;
  }

  /** Returns what gradients of a norm are multiplied by, at most 1. */
  public double scale(double norm) {
    return clipNorm == 0 ? 1 : Math.min(1, clipNorm / (norm + MARGIN));
  }

  /** Returns {@link #skipAbove} in single precision, in which engines compare, and finite. */
  public float threshold() {
    return (float) Math.min(skipAbove, Float.MAX_VALUE);
  }

  /** Returns whether a step of a norm is skipped. */
  public boolean skips(double norm) {
    return skipAbove > 0 && !((float) norm <= threshold());
  }
}
