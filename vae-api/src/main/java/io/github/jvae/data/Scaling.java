package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import java.util.Optional;

/**
 * Makes {@code factor · x + shift} of every number, such as 2 x − 1 for images from −1 to 1.
 *
 * @param factor is not 0
 * @param shift is added
 */
public record Scaling(double factor, double shift) implements Transform {
  /** The type that it is saved as. */
  public static final String TYPE = "scale";

  /** @throws VaeException if a number is not finite, or the factor is 0 */
  public Scaling {
    if (!Double.isFinite(factor) || factor == 0 || !Double.isFinite(shift)) {
      throw new DataException("the transform " + TYPE
          + " needs a finite factor other than 0 and a finite shift, not " + factor + " and "
          + shift);
    }
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public ElementKind elements(ElementKind given) {
    return ElementKind.FLOATS;
  }

  @Override
  public Change in(Pass pass) {
    return (index, values, begin, end) -> {
      for (int i = begin; i < end; i++) {
        values[i] = (float) (factor * values[i] + shift);
      }
    };
  }

  @Override
  public Optional<Change> inverse() {
    return Optional.of((index, values, begin, end) -> {
      for (int i = begin; i < end; i++) {
        values[i] = (float) ((values[i] - shift) / factor);
      }
    });
  }

  @Override
  public double logStretch(int place) {
    return Math.log(Math.abs(factor));
  }

  @Override
  public String toString() {
    return TYPE + " by " + factor + " and " + shift;
  }
}
