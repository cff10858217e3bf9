package io.github.jvae.likelihood;

import io.github.jvae.model.IndependentLikelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * Independent counts of which the decoder makes the logarithm of the rate: {@code log p(x|z) = Σ x
 * log λ - λ - log x!}.
 */
public final class Poisson implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "poisson";

  static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  @Override
  public String name() {
    return NAME;
  }

  /** A draw takes several uniform numbers. */
  @Override
  public Shape noise(Shape example) {
    return Elements.widened(NAME, example, PoissonDraw.NUMBERS);
  }

  @Override
  public void check(HostTensor examples) {
    Elements.requireCounts(NAME, examples);
  }

  @Override
  public boolean isDensity() {
    return false;
  }

  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    return logMass(x, LogRate.rate(decoded));
  }

  /** Returns the logarithm of the mass of each count; see {@link LogGamma} for its form. */
  static Tensor logMass(Tensor count, Tensor rate) {
    Tensor next = count.add(1);
    Tensor excess = rate.subtract(next);
    return count
        .multiply(LogGamma.logRatio(rate, next, excess))
        .subtract(excess)
        .subtract(next.log().multiply(0.5))
        .subtract(LogGamma.remainder(next))
        .subtract(HALF_LOG_TWO_PI);
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return LogRate.rate(decoded);
  }

  /** See {@link PoissonDraw}. */
  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    return PoissonDraw.of(LogRate.rate(decoded), uniform);
  }

  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    return new double[] {LogRate.of(mean)};
  }
}
