package io.github.jvae.bench.export;

import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.option.Options;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file whose rows take long to compute: they are written as they come to {@code NAME.part},
 * which takes the name once all are there. So the name never shows half of it, and a run that was
 * stopped, or killed, can go on where it was. {@code NAME.part.json} keeps what the rows depend on
 * meanwhile. A device or a pipe is written to as it is.
 */
public final class GrowingTable implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** What a run that is killed may lose: rows of so long. */
  private static final long FLUSH_NANOS = 1_000_000_000;

  private final Path file;
  private final Path part;
  private final boolean device;
  private final FileChannel channel;
  private final BufferedWriter writer;
  private Options settings;
  private int rows;
  private @Nullable String expected;
  private long flushed = System.nanoTime();
  private boolean complete;

  private GrowingTable(Path file, Path part, Options settings, Resumption found)
      throws IOException {
    this.file = file;
    this.part = part;
    this.device = part.equals(file);
    this.settings = settings;
    this.rows = found.rows();
    this.expected = found.lastRow();
    this.channel = device
        ? FileChannel.open(part, StandardOpenOption.WRITE)
        : FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    if (!device) {
      channel.truncate(found.end()).position(found.end());
    }
    this.writer = new BufferedWriter(
        Channels.newWriter(channel, StandardCharsets.UTF_8.newEncoder(), BUFFER), BUFFER);
  }

  /**
   * What of a file is kept.
   *
   * @param rows how many rows
   * @param end where they end, in bytes
   * @param lastRow the row after them, which is computed anew to see whether it comes out alike
   */
  private record Resumption(int rows, long end, @Nullable String lastRow) {}

  /**
   * Begins a file.
   *
   * @param file whose name it takes at the end; one that is there is replaced then
   * @param columns the names
   * @param settings what the rows depend on
   * @throws VaeException if it cannot be written, or another run began it and did not end it
   */
  public static GrowingTable begin(Path file, List<String> columns, Options settings) {
    Path target = target(file);
    boolean device = AtomicFile.isDevice(target);
    Path part = device ? target : partOf(target);
    try {
      if (Files.isDirectory(target)) {
        throw FileFault.of(file, "is a folder", "name a file in it");
      }
      if (!device) {
        Files.createDirectories(AtomicFile.folderOf(target));
        Files.createFile(part);
        JsonFile.write(settingsOf(part), settings);
      }
      GrowingTable table = new GrowingTable(target, part, settings, new Resumption(0, 0, null));
      table.line(String.join(",", columns));
      return table;
    } catch (FileAlreadyExistsException e) {
      if (Files.isRegularFile(part)) {
        throw FileFault.fault(
            Quote.path(part) + " is of a run that did not come to its end; go on with it with"
                + " --resume, or remove it",
            e);
      }
      throw FileFault.unwritable(file, e);
    } catch (IOException e) {
      throw FileFault.unwritable(file, e);
    }
  }

  /**
   * Goes on with a file that was begun.
   *
   * @param settings those it must have been begun with, by name
   * @throws VaeException if it was not begun, or with others
   */
  public static GrowingTable resume(Path file, List<String> columns, Options settings) {
    Path target = target(file);
    Path part = partOf(target);
    if (!Files.isRegularFile(part)) {
      throw FileFault.missing(
          part, "nothing was begun that could go on, so leave --resume out", null);
    }
    Options begun = JsonFile.read(settingsOf(part));
    requireSame(part, begun, settings);
    try {
      return new GrowingTable(target, part, begun, found(part, String.join(",", columns)));
    } catch (IOException e) {
      throw FileFault.unwritable(file, e);
    }
  }

  private static Path target(Path file) {
    try {
      return Files.isSymbolicLink(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      throw FileFault.unwritable(file, e);
    }
  }

  private static Path partOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private static Path settingsOf(Path part) {
    return part.resolveSibling(part.getFileName() + ".json");
  }

  private static void requireSame(Path part, Options begun, Options wanted) {
    wanted.values().forEach((name, value) -> {
      if (!value.equals(begun.get(name))) {
        throw FileFault.of(
            part,
            "was begun with " + name + " " + Quote.bare(begun.get(name)) + ", not "
                + Quote.bare(value),
            "give what it was begun with, or remove it and leave --resume out");
      }
    });
  }

  /** All whole lines but the last row; none but the columns where there is no row. */
  private static Resumption found(Path part, String columns) throws IOException {
    Lines lines = new Lines();
    try (BufferedReader reader = Files.newBufferedReader(part)) {
      long size = Files.size(part);
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        // What ends without a line break was not written whole.
        if (lines.end + length(line) > size) {
          break;
        }
        lines.add(line);
      }
    }
    if (lines.count > 0 && !columns.equals(lines.first)) {
      throw FileFault.of(
          part,
          "has other columns than " + columns,
          "give the scores it was begun with, or remove it and leave --resume out");
    }
    return lines.count < 2
        ? new Resumption(0, 0, null)
        : new Resumption(lines.count - 2, lines.end - length(lines.last), lines.last);
  }

  private static int length(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length + 1;
  }

  /** The lines of a file, of which only few are kept. */
  private static final class Lines {
    private int count;
    private long end;
    private String first = "";
    private String last = "";

    void add(String line) {
      first = count == 0 ? line : first;
      last = line;
      end += length(line);
      count++;
    }
  }

  /** Returns how many rows there are, which is the place of the one to be added next. */
  public int rows() {
    return rows;
  }

  /** Returns what the rows depend on, as it was when the file was begun. */
  public Options settings() {
    return settings;
  }

  /**
   * Keeps something else that the rows depend on.
   *
   * @throws VaeException if it cannot be written
   */
  public void keep(String name, double value) {
    settings = settings.with(name, value);
    if (!device) {
      JsonFile.write(settingsOf(part), settings);
    }
  }

  /**
   * Adds a row.
   *
   * @throws VaeException if it cannot be written, or it is not what a run before made of it
   */
  public void add(String row) {
    if (expected != null) {
      requireAlike(expected, row);
      expected = null;
    }
    try {
      line(row);
      if (System.nanoTime() - flushed > FLUSH_NANOS) {
        writer.flush();
        flushed = System.nanoTime();
      }
    } catch (IOException e) {
      throw FileFault.unwritable(part, e);
    }
    rows++;
  }

  private void requireAlike(String before, String now) {
    if (!NumberCells.areAlike(before, now)) {
      throw FileFault.of(
          part,
          "has the row " + Quote.of(before) + ", which now comes out as " + Quote.of(now),
          "give the model and the data it was begun with, or remove it and leave --resume out");
    }
  }

  private void line(String text) throws IOException {
    writer.write(text);
    writer.write('\n');
  }

  /**
   * Reads all rows that were written, those of a run before included.
   *
   * @throws VaeException if they cannot be read, as those of a device
   */
  public void forEachRow(Consumer<String> reader) {
    try {
      writer.flush();
      try (BufferedReader lines = Files.newBufferedReader(part)) {
        lines.lines().skip(1).forEach(reader);
      }
    } catch (IOException e) {
      throw FileFault.unreadable(part, e);
    }
  }

  /** Returns whether the rows can be read again, as those of a device cannot. */
  public boolean isReadable() {
    return !device;
  }

  /**
   * Ends the file and gives it its name.
   *
   * @throws VaeException if it cannot be written
   */
  public void complete() {
    try {
      writer.flush();
      if (!device) {
        channel.force(true);
        writer.close();
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(settingsOf(part));
      }
      complete = true;
    } catch (IOException e) {
      throw FileFault.unwritable(file, e);
    }
  }

  /**
   * Lets the file go. Without {@link #complete}, what was written stays to be resumed; where that
   * is not a single row, nothing stays.
   */
  @Override
  public void close() {
    try {
      writer.close();
      if (!device && !complete && rows == 0) {
        Files.deleteIfExists(part);
        Files.deleteIfExists(settingsOf(part));
      }
    } catch (NoSuchFileException e) {
      // Somebody removed it: there is nothing left to let go of.
    } catch (IOException e) {
      throw FileFault.unwritable(part, e);
    }
  }
}
