package io.github.jvae.likelihood;

import io.github.jvae.tensor.Tensor;

/**
 * The logarithm of the gamma function, {@code log Γ(y) = (y - ½) log y - y + ½ log 2π + ε(y)}, as
 * what is left of it after Stirling's formula. Of large numbers the logarithms of gamma functions
 * cancel in a probability down to a few digits; written with ε, the large parts cancel on paper.
 */
final class LogGamma {
  /** From here on three terms of Stirling's series are right to 4e-8. */
  private static final int SERIES = 4;

  /** A ratio further than this from 1 has a logarithm with all its digits. */
  private static final double NEAR = 0.5;

  private LogGamma() {}

  /** Returns ε(y) of numbers above 0; the derivative is that of the digamma function. */
  static Tensor remainder(Tensor y) {
    Tensor large = y.maximum(SERIES);
    Tensor small = y.minimum(SERIES);
    Tensor isSmall = y.greater(SERIES).negate().add(1);
    // ε(y) = ε(y + 4) + (y - ½) log((y + 4)/y) - log Π_k<4 (y + k)/(y + 4) - 4
    Tensor shifted = small.add(SERIES);
    Tensor product = small.divide(shifted);
    for (int k = 1; k < SERIES; k++) {
      product = product.multiply(small.add(k).divide(shifted));
    }
    Tensor difference = shifted.divide(small).log().multiply(small.subtract(0.5));
    Tensor shift = difference.subtract(product.log()).subtract(SERIES);
    Tensor argument = large.add(isSmall.multiply(small));
    return series(argument).add(shift.multiply(isSmall));
  }

  private static Tensor series(Tensor y) {
    Tensor square = y.square();
    return square
        .trace()
        .scalar(1.0 / 1260)
        .divide(square)
        .subtract(1.0 / 360)
        .divide(square)
        .add(1.0 / 12)
        .divide(y);
  }

  /**
   * Returns {@code log(a/b)} with all digits also where a and b nearly are the same.
   *
   * @param difference {@code a - b}, as exact as can be
   */
  static Tensor logRatio(Tensor a, Tensor b, Tensor difference) {
    Tensor relative = difference.divide(b);
    Tensor isFar = relative.abs().greater(NEAR);
    Tensor near = relative.maximum(-NEAR).minimum(NEAR).log1p();
    Tensor far = a.divide(b).log();
    return far.multiply(isFar).add(near.multiply(isFar.negate().add(1)));
  }
}
