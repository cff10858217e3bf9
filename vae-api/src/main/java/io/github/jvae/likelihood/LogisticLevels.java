package io.github.jvae.likelihood;

import io.github.jvae.tensor.Tensor;

/**
 * Logistic distributions of mean μ and scale s over 256 levels from 0 to 1, each of which takes
 * what falls nearest to it, and black and white the tails.
 *
 * <p>With {@code a = (x - μ + 1/510) / s} and {@code b = (x - μ - 1/510) / s} a level between black
 * and white has the mass
 *
 * <pre>
 * σ(a) - σ(b) = σ(a) · σ(-b) · (1 - e^(b - a))
 * </pre>
 *
 * whose logarithm is a sum of three numbers that are never above 0: nothing cancels and nothing is
 * infinite, however far x is from μ. Black has {@code σ(a)}, white {@code σ(-b)}.
 */
final class LogisticLevels {
  private static final int WHITE = 255;
  private static final double HALF_STEP = 0.5 / WHITE;
  private static final double LEAST_LOG_SCALE = -7 - Math.log(2);
  private static final double GREATEST_LOG_SCALE = Math.log(10);

  private LogisticLevels() {}

  /**
   * Returns the logarithm of a scale, kept between -7 - ln 2 (PixelCNN++'s limit on its pixels from
   * -1 to 1: a ninth of a level here) and ln 10, where only black and white are left.
   */
  static Tensor bounded(Tensor logScale) {
    return logScale.maximum(LEAST_LOG_SCALE).minimum(GREATEST_LOG_SCALE);
  }

  /** Returns the logarithm of the mass of each level x; all three broadcast. */
  static Tensor logMass(Tensor x, Tensor mean, Tensor logScale) {
    Tensor inverse = logScale.negate().exp();
    Tensor centred = x.subtract(mean).multiply(inverse);
    Tensor halfStep = inverse.multiply(HALF_STEP);
    Tensor notBelow = x.greater(HALF_STEP);
    Tensor notAbove = x.greater(1 - HALF_STEP).negate().add(1);
    Tensor below = halfStep.add(centred).logSigmoid().multiply(notAbove);
    Tensor above = halfStep.subtract(centred).logSigmoid().multiply(notBelow);
    Tensor within = halfStep.multiply(-2).expm1().negate().log();
    return below.add(above).add(within.multiply(notAbove.multiply(notBelow)));
  }

  /**
   * Returns the expected value of a logistic variable that is clipped to [0, 1],
   *
   * <pre>
   * ∫ σ((μ - t) / s) dt from 0 to 1 = s · (softplus(μ/s) - softplus((μ - 1)/s))
   * </pre>
   *
   * of which the expected level is the sum by the midpoint rule over 255 steps: they differ by less
   * than half a level, and by next to nothing where a scale is larger than a level.
   */
  static Tensor mean(Tensor mean, Tensor logScale) {
    Tensor inverse = logScale.negate().exp();
    Tensor white = mean.multiply(inverse).softplus();
    Tensor black = mean.subtract(1).multiply(inverse).softplus();
    return white.subtract(black).multiply(logScale.exp());
  }

  /**
   * Draws levels by the inverse of the distribution function, from uniform numbers. Tensors have no
   * rounding: the level is found bit by bit, by eight comparisons, which clips it as well.
   */
  static Tensor draw(Tensor mean, Tensor logScale, Tensor uniform) {
    Tensor logit = uniform.log().subtract(uniform.negate().log1p());
    Tensor value = mean.add(logit.multiply(logScale.exp()));
    Tensor rest = value.multiply(WHITE).add(0.5);
    Tensor level = mean.trace().scalar(0);
    for (int bit = (WHITE + 1) / 2; bit > 0; bit /= 2) {
      Tensor part = rest.greater(bit).multiply(bit);
      rest = rest.subtract(part);
      level = level.add(part);
    }
    return level.divide(WHITE);
  }
}
