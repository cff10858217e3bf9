package io.github.jvae.posterior;

/** The quadrature of Gauss and Legendre with five nodes, on [0, 1]. */
final class GaussLegendre {
  /** How many nodes there are. */
  static final int COUNT = 5;

  private static final double INNER = Math.sqrt(5 - 2 * Math.sqrt(10.0 / 7)) / 3;
  private static final double OUTER = Math.sqrt(5 + 2 * Math.sqrt(10.0 / 7)) / 3;
  private static final double INNER_WEIGHT = (322 + 13 * Math.sqrt(70)) / 900;
  private static final double OUTER_WEIGHT = (322 - 13 * Math.sqrt(70)) / 900;

  private GaussLegendre() {}

  /** Returns where the integrand is taken. */
  static double[] nodes() {
    return new double[] {(1 - OUTER) / 2, (1 - INNER) / 2, 0.5, (1 + INNER) / 2, (1 + OUTER) / 2};
  }

  /** Returns what it counts there; together 1. */
  static double[] weights() {
    return new double[] {
      OUTER_WEIGHT / 2, INNER_WEIGHT / 2, 64.0 / 225, INNER_WEIGHT / 2, OUTER_WEIGHT / 2
    };
  }
}
