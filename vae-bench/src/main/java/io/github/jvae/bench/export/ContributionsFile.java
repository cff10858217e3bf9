package io.github.jvae.bench.export;

import io.github.jvae.column.Columns;
import io.github.jvae.data.Examples;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.tensor.HostTensor;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What each element of each example adds to its score, as a file that is written as it comes. */
public final class ContributionsFile {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Examples data;

  /**
   * @param file ending in .npy, for [examples, shape of one], or in .csv, for a row per example
   *     with its place in the data
   * @param data the examples
   */
  public ContributionsFile(Path file, Examples data) {
    this.file = file;
    this.data = data;
  }

  /**
   * Writes the file, atomically.
   *
   * @param source hands on what the elements of each example add, in the order of the data
   * @throws io.github.jvae.error.VaeException if the file cannot be written
   */
  public void write(Consumer<Consumer<HostTensor>> source) {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) {
      NpyFile.write(
          file,
          data.shape().prepend(data.size()),
          numbers -> source.accept(each -> written(() -> numbers.accept(each.data()))));
    } else {
      AtomicFile.write(file, channel -> {
        Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8.newEncoder(), BUFFER);
        CsvFile.writeNames(writer, names());
        int[] row = {0};
        source.accept(each -> written(() -> writeRow(writer, row[0]++, each.data())));
        writer.flush();
      });
    }
  }

  private List<String> names() {
    List<String> elements = data.columns()
        .map(Columns::names)
        .orElseGet(() -> IntStream.range(0, data.shape().size())
            .mapToObj(i -> "element_" + i)
            .toList());
    return Stream.concat(Stream.of("row"), elements.stream()).toList();
  }

  private static void writeRow(Writer writer, int row, float[] numbers) throws IOException {
    StringBuilder line = new StringBuilder().append(row);
    for (float number : numbers) {
      line.append(',').append(number);
    }
    writer.append(line).append('\n');
  }

  /** Something that writes. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private void written(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw FileFault.unwritable(file, e);
    }
  }
}
