package io.github.jvae.flow;

import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Tensor;

/**
 * The map {@code y = x + û tanh(wᵀx + b)}, each example's own (Rezende and Mohamed, "Variational
 * inference with normalizing flows", 2015). û is u moved along w to where the map is invertible, as
 * in their appendix: {@code wᵀû = softplus(wᵀu) - 1}.
 *
 * @param u [B, L]
 * @param w [B, L]
 * @param b [B, 1]
 */
record Planar(Tensor u, Tensor w, Tensor b) implements Bijection {
  /** Less than any square that single precision tells from 0, but for those near its end. */
  static final double TINY = 1e-30;

  @Override
  public Mapped forward(Tensor x) {
    Tensor product = dot(w, u);
    Tensor stretch = product.softplus();
    Tensor along = stretch.subtract(1).subtract(product).divide(dot(w, w).maximum(TINY));
    Tensor bend = dot(w, x).add(b).tanh();
    return new Mapped(
        x.add(u.add(w.multiply(along)).multiply(bend)), () -> logDeterminant(bend, stretch));
  }

  /**
   * {@code log (1 + (1 - tanh²) wᵀû)}, written as a sum of what is positive: it stays finite where
   * the map all but folds.
   */
  private static Tensor logDeterminant(Tensor bend, Tensor stretch) {
    Tensor flat = bend.square();
    return flat.add(flat.negate().add(1).multiply(stretch)).log().reshape(-1);
  }

  /** Returns the products of rows, [B, 1]. */
  static Tensor dot(Tensor a, Tensor b) {
    return a.multiply(b).reduce(Reduction.SUM, true, 1);
  }
}
