package io.github.jvae.data.table;

import io.github.jvae.error.VaeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Codes a column while finding out what it is. Its first cell tells numbers from texts; a text
 * among numbers is counted, and its reader decides whether to begin again with all as texts.
 */
final class InferringCoder implements ColumnCoder {
  /** More different texts than any kind of column but dates has. */
  private static final int MOST_TEXTS = 100_000;

  /** Text columns with more categories are left out unless the schema keeps them. */
  private static final int MOST_CATEGORIES = 1000;

  private static final int FEW_TEXTS = 20;

  /** So many numbers for a text, and the text is taken for a fault. */
  private static final int MOSTLY = 9;

  private static final TableColumn IGNORED = new TableColumn(ColumnUse.IGNORE, ColumnType.INFERRED);

  private enum State {
    START,
    NUMBERS,
    TEXTS,
    DATES,
    LEFT_OUT
  }

  private final TableColumn wanted;
  private final ColumnFaults faults;
  private final NumberText numbers;
  private final CellStore store;
  private final int place;

  private State state;
  private final NumberStatistics statistics = new NumberStatistics();
  private TextIndex texts = new TextIndex();
  private DateText.@Nullable Reader dateReader;
  private @Nullable DateText dates;
  private long strays;
  private long strayLine;
  private String stray = "";

  /**
   * @param wanted what is known of it
   * @param asTexts whether its cells are texts, though some look like numbers
   * @param store holds its numbers
   * @param place of the column in the store
   */
  InferringCoder(
      TableColumn wanted,
      boolean asTexts,
      ColumnFaults faults,
      NumberText numbers,
      CellStore store,
      int place) {
    this.wanted = wanted;
    this.faults = faults;
    this.numbers = numbers;
    this.store = store;
    this.place = place;
    this.state = asTexts || wanted.type() != ColumnType.INFERRED ? State.TEXTS : State.START;
  }

  @Override
  public float code(char[] text, int begin, int length, long line) {
    switch (state) {
      case START -> {
        boolean number = !Double.isNaN(numbers.parse(text, begin, length));
        state = number ? State.NUMBERS : State.TEXTS;
        return code(text, begin, length, line);
      }
      case NUMBERS -> {
        return number(text, begin, length, line);
      }
      case TEXTS -> {
        int number = texts.add(text, begin, length, line);
        return texts.size() <= MOST_TEXTS ? number : afterMostTexts(number);
      }
      case DATES -> {
        return date(new String(text, begin, length), line);
      }
      case LEFT_OUT -> {
        return CellStore.GAP;
      }
    }
    throw new AssertionError(state);
  }

  private float number(char[] text, int begin, int length, long line) {
    double value = numbers.parse(text, begin, length);
    if (Double.isNaN(value)) {
      if (strays == 0) {
        strayLine = line;
        stray = new String(text, begin, length);
      }
      strays++;
      return CellStore.GAP;
    }
    if (!Float.isFinite((float) value)) {
      throw faults.notFinite(line, new String(text, begin, length));
    }
    statistics.add(value);
    return (float) value;
  }

  private float date(String text, long line) {
    double number = dateReader == null ? Double.NaN : dateReader.number(text);
    if (Double.isNaN(number)) {
      throw faults.notDate(line, text, dates == null ? "" : dates.format());
    }
    return (float) number;
  }

  /** Dates with a time of day may all differ, and so do names, which say nothing of a row. */
  private float afterMostTexts(int number) {
    if (wanted.type() == ColumnType.CATEGORICAL || wanted.type() == ColumnType.BINARY) {
      throw faults.tooManyTexts(MOST_TEXTS);
    }
    requireTexts();
    Optional<DateText> found = findDates();
    if (found.isEmpty()) {
      texts = new TextIndex();
      state = State.LEFT_OUT;
      return CellStore.GAP;
    }
    float[] coded = codesOf(found.get());
    state = State.DATES;
    texts = new TextIndex();
    return coded[number];
  }

  private float[] codesOf(DateText found) {
    dates = found;
    dateReader = found.reader();
    float[] coded = new float[texts.size()];
    for (int i = 0; i < coded.length; i++) {
      coded[i] = (float) dateReader.number(texts.texts().get(i));
    }
    store.recode(place, coded);
    return coded;
  }

  /** Returns how the texts are written if they are dates, which the schema may say they are. */
  private Optional<DateText> findDates() {
    if (wanted.type() != ColumnType.INFERRED && wanted.type() != ColumnType.DATE) {
      return Optional.empty();
    }
    List<String> all = texts.texts();
    List<String> formats = wanted
        .dates()
        .map(given ->
            DateText.fits(given.format(), all) ? List.of(given.format()) : List.<String>of())
        .orElseGet(() -> DateText.formatsOf(all));
    if (formats.size() > 1) {
      throw faults.ambiguousDate(texts.line(0), all.get(0), formats);
    }
    if (formats.isEmpty() && wanted.type() == ColumnType.DATE) {
      String format = wanted.dates().map(DateText::format).orElse("");
      int wrong = 0;
      while (wrong < all.size() - 1 && isDate(format, all.get(wrong))) {
        wrong++;
      }
      throw faults.notDate(texts.line(wrong), all.get(wrong), format);
    }
    return formats.stream().findFirst().map(format -> DateText.of(format, all));
  }

  private static boolean isDate(String format, String text) {
    return format.isEmpty()
        ? !DateText.formatsOf(List.of(text)).isEmpty()
        : DateText.fits(format, List.of(text));
  }

  /**
   * Returns whether texts came among numbers, so that the column is to be read again as texts.
   *
   * @throws VaeException if they are so few that they are faults
   */
  boolean isMixed() {
    if (strays > 0 && statistics.count() > MOSTLY * strays) {
      throw faults.mixed(strayLine, stray, statistics.count());
    }
    return strays > 0;
  }

  /** Refuses a text among numbers, wherever the text came first. */
  private void requireTexts() {
    if (wanted.type() != ColumnType.INFERRED) {
      return;
    }
    long looksLikeNumbers = 0;
    long others = 0;
    int first = -1;
    for (int i = 0; i < texts.size(); i++) {
      if (Double.isNaN(numbers.parse(texts.texts().get(i)))) {
        others += texts.count(i);
        first = first < 0 ? i : first;
      } else {
        looksLikeNumbers += texts.count(i);
      }
    }
    if (first >= 0 && looksLikeNumbers > MOSTLY * others) {
      throw faults.mixed(texts.line(first), texts.texts().get(first), looksLikeNumbers);
    }
    if (wanted.use() == ColumnUse.INPUT) {
      faults.decimalCommas(texts).ifPresent(fault -> {
        throw fault;
      });
    }
  }

  @Override
  public CodedColumn finish() {
    return switch (state) {
      case START -> leftOut("it has no value in any row");
      case NUMBERS -> ofNumbers();
      case TEXTS -> ofTexts();
      case DATES -> coded(ColumnType.DATE, List.of());
      case LEFT_OUT -> leftOut("it has more than " + MOST_TEXTS + " different texts");
    };
  }

  private CodedColumn ofNumbers() {
    boolean input = wanted.use() == ColumnUse.INPUT;
    if (input && statistics.isConstant()) {
      return leftOut("it is always " + (float) statistics.last());
    }
    if (input && statistics.numbersRows(store.rows())) {
      return leftOut("it numbers the rows");
    }
    return coded(input ? statistics.type() : ColumnType.NUMERIC, List.of());
  }

  private CodedColumn ofTexts() {
    List<String> all = texts.texts();
    if (all.isEmpty()) {
      return leftOut("it has no value in any row");
    }
    boolean open = wanted.type() == ColumnType.INFERRED && wanted.use() == ColumnUse.INPUT;
    requireTexts();
    if (open && all.size() == 1) {
      return leftOut("it is always '" + all.get(0) + "'");
    }
    Optional<DateText> found = findDates();
    if (found.isPresent()) {
      codesOf(found.get());
      return coded(ColumnType.DATE, List.of());
    }
    boolean different = all.size() > FEW_TEXTS && all.size() > store.rows() / 2;
    if (open && (different || all.size() > MOST_CATEGORIES)) {
      return leftOut("it has " + all.size() + " different texts in " + store.rows() + " rows");
    }
    return wanted.type() == ColumnType.BINARY ? binary() : categories();
  }

  private CodedColumn binary() {
    List<String> all = texts.texts();
    if (all.stream().allMatch(text -> numbers.parse(text) == 0 || numbers.parse(text) == 1)) {
      float[] values = new float[all.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) numbers.parse(all.get(i));
      }
      store.recode(place, values);
      return coded(ColumnType.BINARY, List.of());
    }
    if (all.size() != 2) {
      throw faults.notBinary(all);
    }
    return categories();
  }

  private CodedColumn categories() {
    List<String> sorted = new ArrayList<>(texts.texts());
    boolean numeric = sorted.stream().noneMatch(text -> Double.isNaN(numbers.parse(text)));
    sorted.sort(
        numeric
            ? (a, b) -> {
              int order = Double.compare(numbers.parse(a), numbers.parse(b));
              return order == 0 ? a.compareTo(b) : order;
            }
            : String::compareTo);
    TextIndex index = TextIndex.of(sorted);
    float[] places = new float[sorted.size()];
    for (int i = 0; i < places.length; i++) {
      char[] text = texts.texts().get(i).toCharArray();
      places[i] = index.find(text, 0, text.length);
    }
    store.recode(place, places);
    boolean two = wanted.type() == ColumnType.BINARY
        || (wanted.type() == ColumnType.INFERRED && wanted.use() == ColumnUse.INPUT);
    return coded(two && sorted.size() == 2 ? ColumnType.BINARY : ColumnType.CATEGORICAL, sorted);
  }

  private CodedColumn coded(ColumnType type, List<String> categories) {
    return new CodedColumn(
        new TableColumn(wanted.use(), type, categories, Optional.ofNullable(dates)), "");
  }

  private static CodedColumn leftOut(String why) {
    return new CodedColumn(IGNORED, why);
  }
}
