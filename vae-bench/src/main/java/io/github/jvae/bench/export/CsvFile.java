package io.github.jvae.bench.export;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.tensor.HostTensor;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes tables of numbers as comma-separated values: a row of names, then one line per row, in
 * UTF-8, each ended by a line feed. Numbers are written as Java writes them, with a point and just
 * enough digits to be read back exactly; what is not a number is {@code NaN}.
 */
public final class CsvFile {
  private CsvFile() {}

  /**
   * Writes a table to a file, atomically.
   *
   * @param columns the names, without commas, quotes and line breaks, so that none needs quoting
   * @param table [rows, columns]
   * @throws VaeException if a name would need quoting, the names are not as many as the columns, or
   *     the file cannot be written
   */
  public static void write(Path file, List<String> columns, HostTensor table) {
    requireTable(columns, table);
    AtomicFile.write(file, channel -> {
      Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8.newEncoder(), 1 << 16);
      writeNames(writer, columns);
      writeRows(writer, columns.size(), table.data());
      writer.flush();
    });
  }

  /** Writes the row of names, each in quotes if it needs them (RFC 4180). */
  static void writeNames(Writer writer, List<String> columns) throws IOException {
    writer.write(columns.stream().map(CsvFile::quoted).collect(Collectors.joining(",")) + "\n");
  }

  /** Returns a text as a cell: in quotes, with its own doubled, if it could be misread without. */
  static String quoted(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  private static void writeRows(Writer writer, int columns, float[] numbers) throws IOException {
    for (int i = 0; i < numbers.length; i++) {
      writer.write(Float.toString(numbers[i]));
      writer.write((i + 1) % columns == 0 ? '\n' : ',');
    }
  }

  private static void requireTable(List<String> columns, HostTensor table) {
    if (table.shape().rank() != 2 || table.shape().dimension(1) != columns.size()) {
      throw new VaeException(columns.size()
          + " column names do not fit a table of shape "
          + table.shape()
          + "; give one name per column");
    }
    for (String name : columns) {
      if (name.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
        throw new VaeException(
            "a column is named with a comma, a quote or a line break; give it a plain name");
      }
    }
  }
}
