package io.github.jvae.model;

/**
 * What a transposed convolution adds to its image at the bottom and at the right. A convolution
 * with a stride makes images of several sizes equally large; this says which of them its transpose
 * gives back. In a configuration it is one number where both are the same, and {@code [rows,
 * columns]} elsewhere.
 *
 * @param rows rows added at the bottom
 * @param columns columns added at the right
 */
public record OutputPadding(int rows, int columns) {

  /** Returns what adds as many rows as columns. */
  public static OutputPadding both(int extent) {
    return new OutputPadding(extent, extent);
  }
}
