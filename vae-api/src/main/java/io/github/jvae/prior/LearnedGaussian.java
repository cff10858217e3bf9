package io.github.jvae.prior;

import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Trace;
import java.util.List;

/**
 * {@code p(z) = N(μ, diag(σ²))}, of which μ and σ are learned. It starts as the standard normal
 * distribution.
 */
public final class LearnedGaussian extends GaussianPrior {
  /** The name in configurations. */
  public static final String NAME = DiagonalGaussian.NAME;

  private final Parameter mean;
  private final Parameter logVariance;

  /** @param latent the extent of the latent vector */
  public LearnedGaussian(int latent) {
    Shape shape = Shape.of(1, latent);
    this.mean = new Parameter("prior.mean", shape, new Initializer.Constant(0));
    this.logVariance = new Parameter("prior.log_variance", shape, new Initializer.Constant(0));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(mean, logVariance);
  }

  @Override
  DiagonalGaussian distribution(Trace trace, Conditions conditions) {
    return new DiagonalGaussian(trace.parameter(mean.name()), trace.parameter(logVariance.name()));
  }
}
