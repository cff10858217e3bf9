package io.github.jvae.compatibility.plugin;

import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Tensor;

/**
 * Independent logistic pixels of a fixed scale s: {@code log p = Σ log σ(t) + log σ(-t) - log s}
 * with {@code t = (x - μ) / s}.
 */
public final class LogisticLikelihood implements Likelihood {
  private final double scale;

  public LogisticLikelihood(double scale) {
    this.scale = scale;
  }

  @Override
  public void check(HostTensor examples) {
    // Every real number has a density.
  }

  @Override
  public boolean isDensity() {
    return true;
  }

  @Override
  public Tensor logProb(Inputs in, Tensor decoded) {
    Tensor t = in.x().subtract(decoded).divide(scale);
    return in.sum(t.logSigmoid().add(t.negate().logSigmoid()).subtract(Math.log(scale)));
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return decoded;
  }

  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    return decoded.add(uniform.log().subtract(uniform.negate().log1p()).multiply(scale));
  }
}
