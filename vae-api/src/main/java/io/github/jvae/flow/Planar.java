package io.github.jvae.flow;

import io.github.jvae.model.Rows;
import io.github.jvae.tensor.Tensor;

/**
 * The map {@code y = x + û tanh(wᵀx + b)}, each example's own (Rezende and Mohamed, "Variational
 * inference with normalizing flows", 2015). û is u moved along w to where the map is invertible, as
 * in their appendix, {@code wᵀû = m(wᵀu)} with {@code m > -1}; here {@code m(a) = softplus(a +
 * log(e - 1)) - 1}, which is 0 at 0, so that û stays small with u however small w is.
 *
 * @param u [B, L]
 * @param w [B, L]
 * @param b [B, 1]
 */
record Planar(Tensor u, Tensor w, Tensor b) implements Bijection {
  /** The softplus of this is 1. */
  private static final double UNMOVED = Math.log(Math.expm1(1));

  @Override
  public Mapped forward(Tensor x) {
    Tensor product = Rows.dot(w, u);
    Tensor stretch = product.add(UNMOVED).softplus();
    Tensor along =
        stretch.subtract(1).subtract(product).divide(Rows.dot(w, w).maximum(Float.MIN_NORMAL));
    Tensor bend = Rows.dot(w, x).add(b).tanh();
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
}
