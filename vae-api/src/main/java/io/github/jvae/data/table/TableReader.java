package io.github.jvae.data.table;

import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import io.github.jvae.option.internal.DeclaredOptions;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads tables in text: CSV and TSV, plain or compressed by gzip. Immutable.
 *
 * <p>Fields may be quoted by {@code "}. What stands between them, whether the first line names the
 * columns, and what each column is, is told by how it looks, unless options say otherwise. Texts
 * are read without spaces around them.
 *
 * <p>A column of numbers is numeric; a count, where its numbers are whole and the least is 0 or 1;
 * binary, where they are 0 and 1. A column of texts is binary where there are two, dates where all
 * are written in one usual format, and else categorical. Left out, with a note, are columns of one
 * value or none, those that number the rows, and those of more than 1000 texts, or of more than 20
 * that mostly differ.
 */
public final class TableReader {
  /**
   * How a table is read.
   *
   * @param schema what is said of its columns
   * @param separator 0 for what it looks like
   */
  record Settings(
      TableSchema schema,
      char separator,
      NumberText numbers,
      Charset charset,
      Header header,
      TextIndex missing,
      Unknown unknown,
      boolean keepsAllRows) {}

  private final Settings settings;

  private TableReader(Settings settings) {
    this.settings = settings;
  }

  /** Returns the options that {@link #of} knows. */
  public static List<OptionDescription<?>> options() {
    return TableOptions.ALL;
  }

  /** Returns a reader that goes by how a table looks. */
  public static TableReader standard() {
    return of(Options.none());
  }

  /**
   * Returns a reader.
   *
   * @param options some of {@link #options}
   * @throws io.github.jvae.error.VaeException if one is unknown or none of its type
   */
  public static TableReader of(Options options) {
    Options complete = new DeclaredOptions("table", TableOptions.ALL).complete(options);
    TableSchema schema = TableOptions.SCHEMA.in(complete);
    String label = TableOptions.LABEL.in(complete);
    return new TableReader(new Settings(
        label.equals(TableOptions.NONE) ? schema : schema.withLabel(label),
        TableOptions.DELIMITER.in(complete),
        new NumberText(TableOptions.DECIMAL.in(complete)),
        TableOptions.ENCODING.in(complete),
        TableOptions.HEADER.in(complete),
        TextIndex.of(Arrays.asList(TableOptions.MISSING.in(complete).split(",", -1))),
        TableOptions.UNKNOWN.in(complete),
        TableOptions.WINDOW.in(complete) > 0));
  }

  /** Returns a reader like this one, of tables with such columns. */
  public TableReader withSchema(TableSchema schema) {
    return new TableReader(new Settings(
        schema,
        settings.separator,
        settings.numbers,
        settings.charset,
        settings.header,
        settings.missing,
        settings.unknown,
        settings.keepsAllRows));
  }

  /**
   * Reads a table.
   *
   * @throws io.github.jvae.error.VaeException if it is not in order; the message names file, line
   *     and cure
   */
  public TableExamples read(Path file) {
    FileChecks.requireFile(file);
    return new TableParse(file, settings).read();
  }
}
