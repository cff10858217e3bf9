package io.github.jvae.bench.export;

import io.github.jvae.column.Column;
import io.github.jvae.column.Columns;
import io.github.jvae.internal.file.AtomicFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the rows of a table as comma-separated values (RFC 4180): the columns' names, then a line
 * per row, in UTF-8, each ended by a line feed. Categories are written by their texts, whole
 * numbers without a point, and other numbers as Java writes them, with just enough digits to be
 * read back exactly.
 */
public final class TableFile {
  private static final int BUFFER = 1 << 16;

  private TableFile() {}

  /** Takes rows. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Takes the next row.
     *
     * @param numbers of the columns, in order
     * @param before what comes before them in the line, as many as were announced
     */
    void add(float[] numbers, int... before) throws IOException;
  }

  /** Makes rows. */
  @FunctionalInterface
  public interface Source {
    /** Hands on all rows. */
    void writeTo(Rows rows) throws IOException;
  }

  /**
   * Writes a table, row by row and whole or not at all.
   *
   * @param columns what the rows' numbers are
   * @param before the names of whole numbers that come before them in each line
   * @throws io.github.jvae.error.VaeException if the file cannot be written
   */
  public static void write(Path file, Columns columns, List<String> before, Source source) {
    AtomicFile.write(file, channel -> {
      Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8.newEncoder(), BUFFER);
      writer.write(line(Stream.concat(before.stream(), columns.names().stream())));
      source.writeTo((numbers, more) -> writer.write(line(Stream.concat(
          IntStream.of(more).mapToObj(Integer::toString),
          IntStream.range(0, numbers.length)
              .mapToObj(place -> text(columns.get(place), numbers[place]))))));
      writer.flush();
    });
  }

  private static String line(Stream<String> fields) {
    return fields.map(TableFile::quoted).collect(Collectors.joining(",")) + "\n";
  }

  /** A field as it is, or in quotes where it would be taken apart. */
  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  private static String text(Column column, float number) {
    int whole = Math.round(number);
    return switch (column.kind()) {
      case NUMERIC -> Float.toString(number);
      case COUNT -> Integer.toString(whole);
      case BINARY, CATEGORICAL ->
        column.categories().isEmpty()
            ? Integer.toString(whole)
            : column.categories().get(whole);
    };
  }
}
