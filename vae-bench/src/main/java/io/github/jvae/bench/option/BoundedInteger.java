package io.github.jvae.bench.option;

import io.github.jvae.internal.Quote;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number between two, both included. */
public class BoundedInteger implements ITypeConverter<Integer> {
  private final int least;
  private final int greatest;

  /**
   * @param least the smallest that is taken
   * @param greatest the greatest that is taken
   */
  protected BoundedInteger(int least, int greatest) {
    this.least = least;
    this.greatest = greatest;
  }

  /** Reads any whole number that an {@code int} holds. */
  public BoundedInteger() {
    this(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Override
  public final Integer convert(String text) {
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= least && value <= greatest) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw new TypeConversionException(
        "must be a whole number from " + least + " to " + greatest + ", not " + Quote.of(text));
  }
}
