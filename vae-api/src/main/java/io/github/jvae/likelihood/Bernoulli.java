package io.github.jvae.likelihood;

import io.github.jvae.model.IndependentLikelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Tensor;

/**
 * Independent Bernoulli pixels; the decoder makes logits.
 *
 * <p>{@code log p(x|z) = Σ x·l - softplus(l)}, the stable form of {@code x log σ(l) + (1 - x) log(1
 * - σ(l))}. It is a log-probability for binary images. Grey values in [0, 1] are taken as the
 * expected value of a binary pixel; the number then is an expected log-probability, as is customary
 * in the literature, and not a density.
 */
public final class Bernoulli implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "bernoulli";

  /** What is always black in training may yet be white: 7 nats are surprise enough. */
  private static final double LEAST_MEAN = 1e-3;

  /** Half to this power is the least number of full precision. */
  private static final int MOST_FACTORS = -Float.MIN_EXPONENT;

  /**
   * How many pixels' {@code σ(|l|)} a backend may multiply before it takes the logarithm, in single
   * precision: {@code softplus(l) = max(l, 0) - log σ(|l|)}, and most of these logarithms can be
   * spared. Each factor is between a half and 1 and rounded by 3e-8, so a pixel's term is right to
   * 3e-8 nats, and not to its own last digit; {@code x·l - softplus(l)} of a white pixel is no
   * better.
   *
   * @param pixels of an image, at least 1
   * @return a divisor of that
   */
  public static int factors(int pixels) {
    int factors = Math.min(pixels, MOST_FACTORS);
    while (pixels % factors != 0) {
      factors--;
    }
    return factors;
  }

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
    return false;
  }

  /** Only of binary examples: see above for gray ones. */
  @Override
  public boolean isProbability(HostTensor examples) {
    for (float element : examples.data()) {
      if (element != 0 && element != 1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    return x.multiply(decoded).subtract(decoded.softplus());
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return decoded.sigmoid();
  }

  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    return decoded.sigmoid().greater(uniform);
  }

  /** The logit of the mean, which is kept {@value #LEAST_MEAN} away from 0 and 1. */
  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double probability = Math.min(Math.max(mean, LEAST_MEAN), 1 - LEAST_MEAN);
    return new double[] {Math.log(probability / (1 - probability))};
  }
}
