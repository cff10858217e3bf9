package io.github.jvae.error;

import java.math.BigDecimal;

/**
 * The numbers that something may be. The check and the sentence that tells of its breach come from
 * one place, so that what is said is what is checked; NaN and the infinities are in no range.
 */
public final class Range {
  /** Numbers from here on are written with an exponent. */
  private static final double LARGEST_PLAIN = 1e7;

  private static final double SMALLEST_PLAIN = 1e-6;

  private final double least;
  private final boolean withLeast;
  private final double greatest;
  private final boolean withGreatest;

  private Range(double least, boolean withLeast, double greatest, boolean withGreatest) {
    this.least = least;
    this.withLeast = withLeast;
    this.greatest = greatest;
    this.withGreatest = withGreatest;
  }

  /** Returns the numbers between two, both included. */
  public static Range from(double least, double greatest) {
    return new Range(least, true, greatest, true);
  }

  /** Returns the numbers above one, up to another that is included. */
  public static Range above(double bound, double greatest) {
    return new Range(bound, false, greatest, true);
  }

  /** Returns the finite numbers above one. */
  public static Range above(double bound) {
    return above(bound, Double.MAX_VALUE);
  }

  /** Returns the numbers from one on, below another. */
  public static Range fromToBelow(double least, double bound) {
    return new Range(least, true, bound, false);
  }

  /** Returns the numbers between two, neither included. */
  public static Range between(double low, double high) {
    return new Range(low, false, high, false);
  }

  /** Returns whether a number is one of them. */
  public boolean holds(double value) {
    return (withLeast ? value >= least : value > least)
        && (withGreatest ? value <= greatest : value < greatest);
  }

  /**
   * Returns a number that is one of them.
   *
   * @param what whose number it is
   * @throws VaeException if it is none of them
   */
  public double require(String what, double value) {
    if (!holds(value)) {
      throw new ConfigurationException(fault(what, value));
    }
    return value;
  }

  /** Returns the sentence that a number is none of them. */
  public String fault(String what, double value) {
    return what + " must be " + this + ", not " + value;
  }

  /** Returns the range in words, such as {@code above 0 and at most 1000}. */
  @Override
  public String toString() {
    if (withLeast && withGreatest) {
      return "from " + text(least) + " to " + text(greatest);
    }
    String end = greatest == Double.MAX_VALUE
        ? "finite"
        : (withGreatest ? "at most " : "below ") + text(greatest);
    return (withLeast ? "at least " : "above ") + text(least) + " and " + end;
  }

  private static String text(double bound) {
    double size = Math.abs(bound);
    return size == 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN)
        ? new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString()
        : Double.toString(bound).replace(".0E", "e").replace('E', 'e');
  }
}
