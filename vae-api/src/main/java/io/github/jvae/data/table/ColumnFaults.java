package io.github.jvae.data.table;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Words for what is wrong with the cells of a column.
 *
 * @param file that it is in
 * @param name of the column
 */
record ColumnFaults(Path file, String name) {
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?\\d+,\\d+");
  private static final String SAY = "say what the column is in a schema (--schema)";

  VaeException notNumber(long line, String text) {
    return cell(line, text, "which is not a number", numberCure(text));
  }

  /** A text among numbers: which of the two is meant, a guess would get wrong. */
  VaeException mixed(long line, String text, long numbers) {
    return cell(
        line,
        text,
        String.format(
            Locale.ROOT, "which is not a number, though %,d other values of it are", numbers),
        numberCure(text) + ", or " + SAY);
  }

  /** Returns the fault of a column all of which may be numbers, written otherwise than was said. */
  Optional<VaeException> decimalCommas(TextIndex texts) {
    return texts.texts().stream().allMatch(text -> DECIMAL_COMMA.matcher(text).matches())
        ? Optional.of(cell(
            texts.line(0),
            texts.texts().get(0),
            "and like it all of it may be a number with a decimal comma",
            "say so with --decimal , or " + SAY))
        : Optional.empty();
  }

  private static String numberCure(String text) {
    return DECIMAL_COMMA.matcher(text).matches()
        ? "if its numbers have decimal commas, say so with --decimal ,"
        : "mend it, or leave it empty where nothing is known";
  }

  VaeException notFinite(long line, String text) {
    return cell(
        line,
        text,
        "which is no number of single precision",
        "mend it, or leave it empty where nothing is known");
  }

  VaeException notOf(ColumnType type, long line, String text) {
    return cell(
        line,
        text,
        type == ColumnType.COUNT ? "which is no count from 0 to 16777216" : "which is not 0 or 1",
        "mend it, or " + SAY);
  }

  VaeException unknownCategory(long line, String text, List<String> known) {
    return cell(
        line,
        text,
        "which is none of its categories " + Quote.list(known),
        "mend it, or take such for gaps with --unknown missing");
  }

  VaeException notDate(long line, String text, String format) {
    return cell(
        line,
        text,
        "which is no date" + (format.isEmpty() ? "" : " " + Quote.of(format)),
        "mend it, or give the format in a schema: {\"kind\": \"date\", \"format\": \"dd.MM.yyyy\"}");
  }

  VaeException ambiguousDate(long line, String text, List<String> formats) {
    return cell(
        line,
        text,
        "which, like all of it, may be a date " + Quote.list(formats),
        "give the format in a schema: {\"kind\": \"date\", \"format\": \"" + formats.get(0)
            + "\"}");
  }

  VaeException tooManyTexts(int most) {
    return FileFault.of(
        file,
        String.format(
            Locale.ROOT, "has more than %,d different texts in column %s", most, Quote.of(name)),
        "leave it out with \"ignore\" in a schema (--schema)");
  }

  VaeException notBinary(List<String> texts) {
    return FileFault.of(
        file,
        "has not two different texts in column " + Quote.of(name) + " but " + Quote.list(texts),
        "make it categorical in the schema");
  }

  private VaeException cell(long line, String text, String fault, String cure) {
    return FileFault.of(
        file,
        "line " + line + " has " + Quote.of(text) + " in column " + Quote.of(name) + ", " + fault,
        cure);
  }
}
