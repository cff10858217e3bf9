package io.github.jvae.data.table;

import io.github.jvae.data.DataFormat;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataPath;
import io.github.jvae.data.DataReading;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Part;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tables in text, a file or a folder of {@code train.csv} and {@code test.csv}, with
 * {@code validation.csv} if there is one; see {@link TableReader}. The parts of a folder are coded
 * as its training part is.
 */
public final class TableFormat implements DataFormat {
  static final String NAME = "csv";
  private static final Set<String> ENDINGS = Set.of(".csv", ".tsv", ".tab", ".psv");
  private static final String TRAIN = "train";
  private static final String VALIDATION = "validation";
  private static final String TEST = "test";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "a table in text (.csv, .tsv, also .gz)";
  }

  @Override
  public List<OptionDescription<?>> options() {
    return TableReader.options();
  }

  @Override
  public boolean recognizes(DataPath path) {
    if (path.isFolder()) {
      // Beside folders of images, such a file tells of them.
      return file(path.path(), TRAIN).isPresent()
          && !Files.isDirectory(path.path().resolve(TRAIN));
    }
    byte[] head = path.head();
    boolean marked = path.hasSignature(0, "\u00ff\u00fe") || path.hasSignature(0, "\u00fe\u00ff");
    if (ENDINGS.contains(path.ending())) {
      return marked || path.isText();
    }
    String text = new String(head, StandardCharsets.UTF_8);
    boolean other = text.stripLeading().startsWith("<")
        || text.stripLeading().startsWith("{")
        || text.stripLeading().startsWith("[");
    boolean whole = head.length < DataPath.HEAD;
    return path.isText()
        && !other
        && Separators.count(text, whole) > 1
        && Separators.consistent(text, whole).isPresent();
  }

  private static Optional<Path> file(Path folder, String part) {
    for (String ending : List.of(".csv", ".tsv", ".csv.gz", ".tsv.gz")) {
      Path file = folder.resolve(part + ending);
      if (Files.isRegularFile(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  @Override
  public DataParts open(DataPath path, Options options) {
    TableReader reader = TableReader.of(options);
    Path first = path.isFolder() ? file(path.path(), TRAIN).orElseThrow() : path.path();
    TableExamples train = reader.read(first);
    List<String> notes = new ArrayList<>(train.notes());
    DataParts parts;
    if (path.isFolder() && file(path.path(), TEST).isPresent()) {
      Parts folder = new Parts(reader.withSchema(train.schema()), options, notes);
      parts = new DataParts(
          path.name(),
          folder.examples(train, Part.TRAIN),
          file(path.path(), VALIDATION).map(file -> folder.read(file, Part.VALIDATION)),
          folder.read(file(path.path(), TEST).orElseThrow(), Part.TEST),
          path.path().toString(),
          List.of());
    } else if (TableOptions.WINDOW.in(options) > 0) {
      parts = SeriesExamples.split(
          train,
          TableOptions.WINDOW.in(options),
          TableOptions.WINDOW_STRIDE.in(options),
          notes,
          path.path().toString());
    } else {
      parts = DataParts.split(train, first.toString());
    }
    // The label is in the schema now; another table that has none may be read all the same.
    Options read = options
        .with(TableOptions.SCHEMA.name(), train.schema().toOptions())
        .with(TableOptions.LABEL.name(), TableOptions.NONE);
    return parts.withNotes(notes).withReading(new DataReading(NAME, read));
  }

  /** What is read of a folder of parts: its rows, or windows over those of each. */
  private record Parts(TableReader reader, Options options, List<String> notes) {
    Examples read(Path file, Part part) {
      TableExamples rows = reader.read(file);
      notes.addAll(rows.notes());
      return examples(rows, part);
    }

    Examples examples(TableExamples rows, Part part) {
      int window = TableOptions.WINDOW.in(options);
      return window == 0
          ? rows
          : SeriesExamples.of(
              rows,
              window,
              TableOptions.WINDOW_STRIDE.in(options),
              part,
              // What is to be said of columns is said of the first part.
              part == Part.TRAIN ? notes : new ArrayList<>());
    }
  }
}
