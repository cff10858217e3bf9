package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.List;

/**
 * Measured numbers in rows, one for each example.
 *
 * @param each how many numbers a row has
 */
record RowNumbers(List<float[]> rows, int each) implements Numbers {
  /**
   * Checks rows.
   *
   * @param name of the data set, for the message
   * @throws VaeException if there is none, their lengths differ or a number is not finite
   */
  static RowNumbers of(String name, List<float[]> rows) {
    if (rows.isEmpty() || rows.get(0).length == 0) {
      throw new DataException(
          "data set " + Quote.of(name) + " needs at least one row with at least one number");
    }
    List<float[]> kept = List.copyOf(rows);
    int each = kept.get(0).length;
    for (int row = 0; row < kept.size(); row++) {
      float[] numbers = kept.get(row);
      if (numbers.length != each) {
        throw new DataException("data set " + Quote.of(name) + ": row " + row + " has "
            + numbers.length + " numbers, but row 0 has " + each);
      }
      for (int i = 0; i < each; i++) {
        if (!Float.isFinite(numbers[i])) {
          throw new DataException("data set " + Quote.of(name) + ": number " + i + " of row " + row
              + " is " + numbers[i] + "; where a number is missing, put 0 and a mask");
        }
      }
    }
    return new RowNumbers(kept, each);
  }

  @Override
  public int count() {
    return rows.size();
  }

  @Override
  public void read(int example, float[] target, int offset) {
    System.arraycopy(rows.get(example), 0, target, offset, each);
  }
}
