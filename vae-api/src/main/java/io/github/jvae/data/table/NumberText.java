package io.github.jvae.data.table;

/** Numbers in text, read out of the parser's buffer without a string of each. */
final class NumberText {
  /** Powers of ten that double precision holds exactly. */
  private static final double[] POWERS = new double[23];

  private static final long EXACT = 1L << 53;
  private static final int MOST_DIGITS = 18;
  private static final int LARGEST_EXPONENT = 10_000;

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private final char decimal;

  /** @param decimal the sign before the fraction */
  NumberText(char decimal) {
    this.decimal = decimal;
  }

  /** Returns the number that a whole text is. */
  double parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  /**
   * Returns the number that some characters are: digits with a sign, a fraction and a power of ten
   * where there are any, or infinity in words.
   *
   * @return NaN if they are none
   */
  double parse(char[] text, int begin, int length) {
    int end = begin + length;
    int at = begin;
    boolean negative = at < end && text[at] == '-';
    at += negative || (at < end && text[at] == '+') ? 1 : 0;
    int first = at;
    long digits = 0;
    for (; at < end && isDigit(text[at]); at++) {
      digits = digits * 10 + (text[at] - '0');
    }
    int count = at - first;
    int scale = 0;
    if (at < end && text[at] == decimal) {
      int fraction = ++at;
      for (; at < end && isDigit(text[at]); at++) {
        digits = digits * 10 + (text[at] - '0');
      }
      scale = fraction - at;
      count -= scale;
    }
    if (count == 0) {
      return infinity(text, at, end, negative);
    }
    int exponent = at == end ? 0 : exponent(text, at, end);
    if (exponent == Integer.MIN_VALUE) {
      return Double.NaN;
    }
    int power = scale + exponent;
    // More digits may have been more than a long holds.
    if (count > MOST_DIGITS || digits > EXACT || Math.abs(power) >= POWERS.length) {
      return Double.parseDouble(new String(text, begin, length).replace(decimal, '.'));
    }
    // Both are exact, so that the result is rounded once, as Double.parseDouble rounds.
    double value = power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
    return negative ? -value : value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Returns the power of ten that the rest is; the least number of all if it is none. */
  private static int exponent(char[] text, int begin, int end) {
    int at = begin + 1;
    boolean negative = at < end && text[at] == '-';
    at += negative || (at < end && text[at] == '+') ? 1 : 0;
    if ((text[begin] != 'e' && text[begin] != 'E') || at == end) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; at < end; at++) {
      if (text[at] < '0' || text[at] > '9') {
        return Integer.MIN_VALUE;
      }
      exponent = Math.min(LARGEST_EXPONENT, exponent * 10 + (text[at] - '0'));
    }
    return negative ? -exponent : exponent;
  }

  private static double infinity(char[] text, int at, int end, boolean negative) {
    String word = new String(text, at, end - at);
    return word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity")
        ? (negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
        : Double.NaN;
  }
}
