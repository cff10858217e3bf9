package io.github.jvae.data.table;

/** What the numbers of a column have in common, by which its kind is told. */
final class NumberStatistics {
  private static final int FEW = 10;

  private long count;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private double last;
  private boolean whole = true;
  private boolean steps = true;

  void add(double value) {
    steps &= count == 0 || value == last + 1;
    whole &= value == Math.rint(value);
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    last = value;
    count++;
  }

  long count() {
    return count;
  }

  boolean isConstant() {
    return least == greatest;
  }

  double last() {
    return last;
  }

  /** Returns whether each is the one before and one more, as the numbers of rows are. */
  boolean numbersRows(int rows) {
    return steps && whole && count == rows && rows >= FEW;
  }

  /** Returns what they are: whole numbers are counts where the least is 0 or 1. */
  ColumnType type() {
    if (!whole || (least != 0 && least != 1) || greatest > KnownCoder.MOST_COUNT) {
      return ColumnType.NUMERIC;
    }
    return least == 0 && greatest == 1 ? ColumnType.BINARY : ColumnType.COUNT;
  }
}
