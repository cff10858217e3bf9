package io.github.jvae.data.table;

import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.internal.file.FileFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * The numbers of a table, row by row in blocks, so that it grows without copying and may hold more
 * than one array can. A gap is NaN.
 */
final class CellStore {
  /** Marks a cell that nothing is known of. */
  static final float GAP = Float.NaN;

  private static final int BLOCK = 1 << 16;

  private final Path file;
  private final int columns;
  private final int mostRows;
  private final int shift;
  private final List<float[]> blocks = new ArrayList<>();
  private int rows;

  /** @param file for messages */
  CellStore(Path file, int columns) {
    this(file, columns, Integer.MAX_VALUE);
  }

  CellStore(Path file, int columns, int mostRows) {
    this.file = file;
    this.columns = columns;
    this.mostRows = mostRows;
    this.shift = 31 - Integer.numberOfLeadingZeros(Math.max(1, BLOCK / Math.max(1, columns)));
  }

  int rows() {
    return rows;
  }

  /**
   * Adds a row.
   *
   * @param row a copy of which is kept
   * @throws io.github.jvae.error.VaeException if there is no room for it
   */
  void add(float[] row) {
    if (rows == mostRows) {
      throw FileFault.of(
          file,
          String.format(Locale.ROOT, "has more than %,d rows", mostRows),
          "split it into several files");
    }
    if (rows >>> shift == blocks.size()) {
      addBlock();
    }
    System.arraycopy(row, 0, blocks.get(rows >>> shift), place(rows), columns);
    rows++;
  }

  private void addBlock() {
    long each = (long) columns << shift;
    if (FileChecks.exceedsHeap((blocks.size() + 1) * each * Float.BYTES)) {
      throw FileFault.of(
          file,
          String.format(
              Locale.ROOT,
              "has more than the %,d rows of %d columns that a Java heap of %s has room for",
              rows,
              columns,
              FileChecks.heap()),
          "raise it with -Xmx, or leave columns out with a schema");
    }
    blocks.add(new float[(int) each]);
  }

  private int place(int row) {
    return (row & ((1 << shift) - 1)) * columns;
  }

  float get(int row, int column) {
    return blocks.get(row >>> shift)[place(row) + column];
  }

  /** Reads some columns of a row, gaps as 0. */
  void read(int row, int[] chosen, float[] target, int offset) {
    float[] block = blocks.get(row >>> shift);
    int place = place(row);
    for (int i = 0; i < chosen.length; i++) {
      float value = block[place + chosen[i]];
      target[offset + i] = Float.isNaN(value) ? 0 : value;
    }
  }

  /** Puts other numbers in the place of those of one column; gaps stay. */
  void recode(int column, float[] numbers) {
    for (int row = 0; row < rows; row++) {
      float[] block = blocks.get(row >>> shift);
      int place = place(row) + column;
      block[place] = Float.isNaN(block[place]) ? GAP : numbers[(int) block[place]];
    }
  }

  /** Keeps some of the rows, in order. */
  void keep(IntPredicate kept) {
    int next = 0;
    for (int row = 0; row < rows; row++) {
      if (kept.test(row)) {
        System.arraycopy(
            blocks.get(row >>> shift),
            place(row),
            blocks.get(next >>> shift),
            place(next),
            columns);
        next++;
      }
    }
    rows = next;
    int needed = (rows + (1 << shift) - 1) >>> shift;
    while (blocks.size() > needed) {
      blocks.remove(blocks.size() - 1);
    }
  }
}
