package io.github.jvae.flow;

import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.Tensor;
import java.util.Map;
import java.util.Objects;

/**
 * The map {@code y = e^s x + t}, element by element, of which a network makes s and t.
 *
 * @param logScale s, [B, L]
 * @param shift t, [B, L]
 */
record Affine(Tensor logScale, Tensor shift) {
  private static final String SCALE = "scale";
  private static final String SHIFT = "shift";

  /** Adds the heads that make s and t to a network, each of a layer like this. */
  static Network.Builder addHeads(Network.Builder network, Layer layer) {
    return network.head(SHIFT, layer).head(SCALE, layer);
  }

  /** Reads what a network made of a batch. */
  static Affine of(Map<String, Tensor> heads, AffineForm form) {
    return form.affine(
        Objects.requireNonNull(heads.get(SCALE)), Objects.requireNonNull(heads.get(SHIFT)));
  }

  Tensor forward(Tensor x) {
    return x.multiply(logScale.exp()).add(shift);
  }

  Tensor inverse(Tensor y) {
    return y.subtract(shift).multiply(logScale.negate().exp());
  }

  /** Returns the logarithm of the determinant of {@link #forward}, [B]. */
  Tensor logDeterminant() {
    return logScale.sum(1);
  }
}
