package io.github.jvae.data.table;

/** Makes numbers of the texts of one column. */
interface ColumnCoder {

  /**
   * Returns the number of a cell.
   *
   * @param text holds the cell, which is not empty and no gap
   * @param line where its row begins, from 1
   * @return {@link CellStore#GAP} where nothing is known by it
   * @throws io.github.jvae.error.VaeException if it cannot be such a column's
   */
  float code(char[] text, int begin, int length, long line);

  /**
   * Returns what the column is, when all rows are stored.
   *
   * @throws io.github.jvae.error.VaeException if it cannot be what it must be
   */
  CodedColumn finish();

  /**
   * What a column turned out to be.
   *
   * @param column with all that codes another table alike; to be ignored if it says nothing
   * @param note why it is left out, to be read after its name; empty if it is not
   */
  record CodedColumn(TableColumn column, String note) {}
}
