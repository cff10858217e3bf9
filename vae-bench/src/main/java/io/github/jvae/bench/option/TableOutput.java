package io.github.jvae.bench.option;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.data.DataReading;
import io.github.jvae.data.Transforms;
import io.github.jvae.data.table.TableSchema;
import io.github.jvae.data.table.TableWriter;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Examples of a model of a table as rows of such a table. */
public final class TableOutput {
  private static final int BLOCK = 4096;

  private final Path file;
  private final TableWriter writer;
  private final Transforms transforms;

  private TableOutput(Path file, TableWriter writer, Transforms transforms) {
    this.file = file;
    this.writer = writer;
    this.transforms = transforms;
  }

  /** Makes some examples. */
  @FunctionalInterface
  public interface Source {
    /** Returns examples {@code begin} (included) to {@code end} (not included), as rows. */
    TableWriter.Rows rows(int begin, int end);
  }

  /** Returns whether a file is a table by the ending of its name. */
  public static boolean isTable(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || name.endsWith(".tsv");
  }

  /**
   * Returns the table that goes to a file; nothing if the file is a picture.
   *
   * @throws ConfigurationException if the file is a table and the model makes none, or the other
   *     way round
   */
  public static Optional<TableOutput> to(Path file, SavedModelOptions model, Vae vae) {
    boolean ofTable = vae.config().columns().isPresent();
    if (isTable(file) != ofTable) {
      throw new ConfigurationException(Quote.path(model.folder())
          + (ofTable
              ? " is a model of a table, whose rows are no picture; name a file that ends in .csv"
              : " is no model of a table; name a file that ends in .png"));
    }
    if (!ofTable) {
      return Optional.empty();
    }
    DataReading reading = model.reading();
    TableSchema schema = Optional.ofNullable(reading)
        .flatMap(TableSchema::of)
        .orElseGet(() -> TableSchema.of(vae.config().columns().orElseThrow()));
    Transforms transforms = model.record().options().transforms();
    return Optional.of(new TableOutput(file, TableWriter.of(schema), transforms));
  }

  /**
   * Writes rows and says so.
   *
   * @param source makes them, as the model sees them
   * @param what they are
   * @return the result of the command, which begins with the file's place
   * @throws io.github.jvae.error.VaeException if they cannot be written
   */
  public JsonResult write(int count, Source source, Console console, String what) {
    Stream<TableWriter.Rows> blocks = IntStream.iterate(0, at -> at < count, at -> at + BLOCK)
        .mapToObj(at -> source.rows(at, Math.min(count, at + BLOCK)))
        .map(rows -> new TableWriter.Rows(transforms.undone(rows.x()), rows.conditions()));
    writer.write(file, blocks.iterator());
    console.say("%s: %s", file, what);
    return new JsonResult().put("out", file.toString());
  }

  /** Returns some rows of each condition. */
  public static Map<String, HostTensor> rows(
      Map<String, HostTensor> conditions, int begin, int end) {
    Map<String, HostTensor> some = new TreeMap<>();
    conditions.forEach((name, value) -> some.put(name, value.rows(begin, end)));
    return some;
  }
}
