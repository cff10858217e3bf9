package io.github.jvae.flow;

import io.github.jvae.tensor.Tensor;
import java.util.function.Supplier;

/**
 * What a bijection makes of vectors, with how it changes volumes there. That is recorded only if
 * somebody asks for it.
 *
 * @param vectors the images, [B, L]
 * @param determinant records {@code log |det J|}, [B]
 */
public record Mapped(Tensor vectors, Supplier<Tensor> determinant) {

  /** Returns {@code log |det J|} of the map from the originals to {@link #vectors}, [B]. */
  public Tensor logDeterminant() {
    return determinant.get();
  }
}
