package io.github.jvae.compatibility.plugin;

import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Tensor;

/** Independent Laplace pixels of a fixed scale b: {@code log p = -Σ |x - μ| / b + log 2b}. */
public final class LaplaceLikelihood implements Likelihood {
  private final double scale;

  LaplaceLikelihood(double scale) {
    this.scale = scale;
  }

  @Override
  public Support support() {
    return Support.REAL;
  }

  @Override
  public Tensor logProb(Tensor x, Tensor decoded) {
    return x.subtract(decoded)
        .abs()
        .divide(-scale)
        .subtract(Math.log(2 * scale))
        .sum(1, 2, 3);
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
