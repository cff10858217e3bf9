package io.github.jvae.likelihood;

import io.github.jvae.model.IndependentLikelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Tensor;

/**
 * Independent grey pixels in [0, 1], for which the Bernoulli likelihood is no density: it is one
 * once it is divided by what it integrates to (Loaiza-Ganem and Cunningham, "The continuous
 * Bernoulli: fixing a pervasive error in variational autoencoders", 2019). The decoder makes
 * logits.
 *
 * <p>{@code log p(x|z) = Σ x·l - softplus(l) + log C(l)} with {@code C(l) = l / tanh(l/2)}, which
 * is 2 at l = 0. There both formulas of this class are 0/0, and their derivatives lose digits well
 * before; near 0 they are replaced by their power series.
 */
public final class ContinuousBernoulli implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "continuous-bernoulli";

  /** Up to here the series have the digits of a float, and from here on the formulas have. */
  private static final double NEAR = 0.6;

  /** The inverse of the distribution function has its digits down to here, where it is a line. */
  private static final double FLAT = 1e-5;

  private static final double LEAST_MEAN = 1e-3;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void check(HostTensor examples) {
    Elements.requireUnit(name(), examples);
  }

  @Override
  public boolean isDensity() {
    return true;
  }

  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    Tensor bernoulli = x.multiply(decoded).subtract(decoded.softplus());
    return bernoulli.add(logNormalizer(decoded));
  }

  /**
   * {@code log C(l)}: the series up to {@link #NEAR}, and what the formula adds from there on. Each
   * is constant where the other counts, and then has no gradient.
   */
  private static Tensor logNormalizer(Tensor logits) {
    Tensor size = logits.abs();
    Tensor square = size.minimum(NEAR).square();
    Tensor series = square
        .multiply(-127.0 / 4_838_400)
        .add(31.0 / 90_720)
        .multiply(square)
        .subtract(7.0 / 1_440)
        .multiply(square)
        .add(1.0 / 12)
        .multiply(square)
        .add(Math.log(2));
    Tensor far = size.maximum(NEAR);
    Tensor formula = far.log().subtract(far.multiply(0.5).tanh().log());
    return series.add(formula.subtract(Math.log(NEAR / Math.tanh(NEAR / 2))));
  }

  /** {@code 1 / (1 - e^-l) - 1/l = ½ + ½ coth(l/2) - 1/l}, put together like the normaliser. */
  @Override
  public Tensor mean(Tensor decoded) {
    Tensor near = decoded.maximum(-NEAR).minimum(NEAR);
    Tensor square = near.square();
    Tensor series = square
        .multiply(-1.0 / 1_209_600)
        .add(1.0 / 30_240)
        .multiply(square)
        .subtract(1.0 / 720)
        .multiply(square)
        .add(1.0 / 12)
        .multiply(near);
    Tensor far = decoded.abs().maximum(NEAR);
    Tensor half = far.trace().scalar(0.5);
    Tensor formula = half.divide(far.multiply(0.5).tanh())
        .subtract(far.trace().scalar(1).divide(far))
        .subtract(0.5 / Math.tanh(NEAR / 2) - 1 / NEAR);
    Tensor sign = decoded.greater(0).multiply(2).subtract(1);
    return series.add(formula.multiply(sign)).add(0.5);
  }

  /**
   * By the inverse of the distribution function for -|l|, from the uniform numbers; for a positive
   * logit the image is the negative's.
   */
  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    Tensor size = decoded.abs().maximum(FLAT);
    Tensor dark = uniform.multiply(size.negate().expm1()).log1p().divide(size.negate());
    Tensor positive = decoded.greater(0);
    Tensor negative = positive.negate().add(1);
    return dark.multiply(negative).add(dark.negate().add(1).multiply(positive));
  }

  /** The logit of the mean, which is kept away from 0 and 1, by bisection. */
  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double wanted = Math.min(Math.max(mean, LEAST_MEAN), 1 - LEAST_MEAN);
    // The mean is near 1/|l| from its end for a large logit.
    double low = -2 / LEAST_MEAN;
    double high = 2 / LEAST_MEAN;
    for (int i = 0; i < Double.SIZE; i++) {
      double middle = (low + high) / 2;
      if (mean(middle) < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new double[] {(low + high) / 2};
  }

  private static double mean(double logit) {
    return Math.abs(logit) < FLAT ? 0.5 + logit / 12 : 0.5 + 0.5 / Math.tanh(logit / 2) - 1 / logit;
  }
}
