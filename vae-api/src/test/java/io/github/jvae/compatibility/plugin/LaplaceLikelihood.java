package io.github.jvae.compatibility.plugin;

import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Tensor;

/** Independent Laplace pixels of a fixed scale b: {@code log p = -Σ |x - μ| / b + log 2b}. */
public final class LaplaceLikelihood implements Likelihood {
  private final double scale;

  public LaplaceLikelihood(double scale) {
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
    Tensor distance = in.x().subtract(decoded).abs();
    return in.sum(distance.divide(-scale).subtract(Math.log(2 * scale)));
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return decoded;
  }

  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    Tensor centred = uniform.subtract(0.5);
    Tensor sign = centred.greater(0).multiply(2).subtract(1);
    Tensor distance = centred.abs().multiply(-2).log1p().multiply(-scale);
    return decoded.add(sign.multiply(distance));
  }
}
