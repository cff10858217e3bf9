package io.github.jvae.data.table;

/** Codes a column of which everything is known. */
final class KnownCoder implements ColumnCoder {
  /** Above this, single precision has no place for every whole number. */
  static final int MOST_COUNT = 1 << 24;

  /** What a cell is as a number. */
  private interface Coding {
    float code(char[] text, int begin, int length, long line);
  }

  private final TableColumn column;
  private final Coding coding;

  /**
   * @param column is coded, or has the numbers 0 and 1
   * @param unknown what is done with other categories than its own
   */
  KnownCoder(TableColumn column, ColumnFaults faults, NumberText numbers, Unknown unknown) {
    this.column = column;
    this.coding = switch (column.type()) {
      case DATE -> dates(column.dates().orElseThrow(), faults);
      case BINARY, CATEGORICAL ->
        column.categories().isEmpty()
            ? numbers(column.type(), faults, numbers)
            : categories(column, faults, unknown);
      case NUMERIC, COUNT, INFERRED -> numbers(column.type(), faults, numbers);
    };
  }

  private static Coding numbers(ColumnType type, ColumnFaults faults, NumberText numbers) {
    return (text, begin, length, line) -> {
      double value = numbers.parse(text, begin, length);
      if (Double.isNaN(value)) {
        throw faults.notNumber(line, new String(text, begin, length));
      }
      if (!Float.isFinite((float) value)) {
        throw faults.notFinite(line, new String(text, begin, length));
      }
      boolean fits = switch (type) {
        case COUNT -> value >= 0 && value <= MOST_COUNT && value == Math.rint(value);
        case BINARY -> value == 0 || value == 1;
        default -> true;
      };
      if (!fits) {
        throw faults.notOf(type, line, new String(text, begin, length));
      }
      return (float) value;
    };
  }

  private static Coding categories(TableColumn column, ColumnFaults faults, Unknown unknown) {
    TextIndex known = TextIndex.of(column.categories());
    return (text, begin, length, line) -> {
      int number = known.find(text, begin, length);
      if (number < 0 && unknown == Unknown.ERROR) {
        throw faults.unknownCategory(line, new String(text, begin, length), column.categories());
      }
      return number < 0 ? CellStore.GAP : number;
    };
  }

  private static Coding dates(DateText dates, ColumnFaults faults) {
    DateText.Reader reader = dates.reader();
    return (text, begin, length, line) -> {
      String date = new String(text, begin, length);
      double number = reader.number(date);
      if (Double.isNaN(number)) {
        throw faults.notDate(line, date, dates.format());
      }
      return (float) number;
    };
  }

  @Override
  public float code(char[] text, int begin, int length, long line) {
    return coding.code(text, begin, length, line);
  }

  @Override
  public CodedColumn finish() {
    return new CodedColumn(column, "");
  }
}
