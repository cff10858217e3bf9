package io.github.jvae.bench.option;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.export.NpyFile;
import io.github.jvae.data.DataReading;
import io.github.jvae.data.Transforms;
import io.github.jvae.data.table.TableSchema;
import io.github.jvae.data.table.TableWriter;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Examples of a model as numbers: of a table as rows of such a table, of all else as an array. */
public final class TableOutput {
  private static final int BLOCK = 4096;

  private static final int IMAGE_RANK = 3;

  private final Path file;
  private final Format format;
  private final Transforms transforms;

  private TableOutput(Path file, Format format, Transforms transforms) {
    this.file = file;
    this.format = format;
    this.transforms = transforms;
  }

  /** How examples are written. */
  private interface Format {
    void write(Path file, int count, Iterator<TableWriter.Rows> blocks);
  }

  /** Makes some examples. */
  @FunctionalInterface
  public interface Source {
    /** Returns examples {@code begin} (included) to {@code end} (not included), as rows. */
    TableWriter.Rows rows(int begin, int end);
  }

  /** Returns whether a file is a table or an array by the ending of its name, and no picture. */
  public static boolean isNumbers(Path file) {
    return isTable(file) || isArray(file);
  }

  private static boolean isTable(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || name.endsWith(".tsv");
  }

  private static boolean isArray(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
  }

  /**
   * Returns the table or the array that goes to a file; nothing if the file is a picture.
   *
   * @throws ConfigurationException if the file is not of the kind that the model makes
   */
  public static Optional<TableOutput> to(Path file, SavedModelOptions model, Vae vae) {
    boolean ofTable = vae.config().columns().isPresent();
    Shape shape = vae.config().shape();
    if (isTable(file) && ofTable) {
      TableWriter writer = writer(model, vae).orElseThrow();
      return Optional.of(new TableOutput(
          file, (to, count, blocks) -> writer.write(to, blocks), transforms(model)));
    }
    if (isArray(file) && !ofTable) {
      Format array = (to, count, blocks) -> NpyFile.write(to, shape.prepend(count), numbers -> {
        while (blocks.hasNext()) {
          numbers.accept(blocks.next().x().data());
        }
      });
      return Optional.of(new TableOutput(file, array, transforms(model)));
    }
    if (isNumbers(file) || ofTable || shape.rank() != IMAGE_RANK) {
      throw new ConfigurationException(Quote.path(model.folder())
          + (ofTable
              ? " is a model of a table, whose rows are no picture; name a file that ends in .csv"
              : " makes " + (shape.rank() == IMAGE_RANK ? "images" : "examples of " + shape)
                  + " and no "
                  + (isNumbers(file) ? "table" : "picture") + "; name a file that ends in "
                  + (shape.rank() == IMAGE_RANK ? ".png, or in " : "")
                  + ".npy"));
    }
    return Optional.empty();
  }

  /** Returns what writes a saved model's rows as those of its table; nothing if it makes none. */
  public static Optional<TableWriter> writer(SavedModelOptions model, Vae vae) {
    return writer(Optional.ofNullable(model.reading()), vae);
  }

  /**
   * Returns what writes a model's rows as those of its table; nothing if it makes none.
   *
   * @param reading how the table was read, where that is known
   */
  public static Optional<TableWriter> writer(Optional<DataReading> reading, Vae vae) {
    return vae.config()
        .columns()
        .map(columns -> TableWriter.of(
            reading.flatMap(TableSchema::of).orElseGet(() -> TableSchema.of(columns))));
  }

  private static Transforms transforms(SavedModelOptions model) {
    return model.record().options().transforms();
  }

  /**
   * Writes examples, in the units of the data, and says so.
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
    format.write(file, count, blocks.iterator());
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
