package io.github.jvae.nd4j.kernel;

/** The error function to about 1e-15, which Java lacks. */
public final class ErrorFunction {
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  private ErrorFunction() {}

  /** Returns the error function of a number. */
  public static double erf(double x) {
    double size = Math.abs(x);
    if (size > 6) {
      return Math.signum(x);
    }
    return size < 2.5 ? series(x) : Math.signum(x) * (1 - complement(size));
  }

  static double derivative(double x) {
    return TWO_OVER_SQRT_PI * Math.exp(-x * x);
  }

  /**
   * {@code 2/√π e^(-x²) Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1))} (Abramowitz and Stegun, 7.1.6): all terms
   * have one sign, so nothing cancels.
   */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return derivative(x) * sum;
  }

  /** {@code e^(-x²)/√π · 1/(x + ½/(x + 1/(x + 3/2/(x + …))))} (same, 7.1.14), from the inside. */
  private static double complement(double x) {
    double fraction = x;
    for (int n = 120; n >= 1; n--) {
      fraction = x + 0.5 * n / fraction;
    }
    return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
  }
}
