package io.github.jvae.bench.export;

/** The cells of a row of numbers. */
final class NumberCells {
  /** What the order of additions may change, and no other model or data will leave. */
  private static final double TOLERANCE = 1e-3;

  private NumberCells() {}

  /** Returns whether two rows have the same cells, but for what rounding does to numbers. */
  static boolean areAlike(String first, String second) {
    String[] left = first.split(",", -1);
    String[] right = second.split(",", -1);
    boolean alike = left.length == right.length;
    for (int i = 0; alike && i < left.length; i++) {
      alike = left[i].equals(right[i]) || areNear(left[i], right[i]);
    }
    return alike;
  }

  private static boolean areNear(String left, String right) {
    try {
      double one = Double.parseDouble(left);
      double other = Double.parseDouble(right);
      return Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.abs(one));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
