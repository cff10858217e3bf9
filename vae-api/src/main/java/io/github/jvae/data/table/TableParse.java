package io.github.jvae.data.table;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads one table. */
final class TableParse {
  private final Path file;
  private final TableReader.Settings settings;
  private final CsvText text;
  private final List<String> notes = new ArrayList<>();

  TableParse(Path file, TableReader.Settings settings) {
    this.file = file;
    this.settings = settings;
    this.text = CsvText.of(file, settings.charset(), settings.separator());
  }

  TableExamples read() {
    List<String> first = text.first();
    if (first.isEmpty()) {
      throw FileFault.damaged(file, "has no row");
    }
    boolean header = hasHeader(first);
    List<String> names = header ? named(first) : numbered(first.size());
    if (!header && settings.header() == Header.AUTO) {
      String called = names.size() == 1
          ? "column is called " + names.get(0)
          : "columns are called " + names.get(0) + " to " + names.get(names.size() - 1);
      notes.add(file.getFileName() + " has a value in its first line, so its " + called
          + "; if that line names them, say --header yes");
    }
    TableSchema schema = settings.schema();
    schema.requireIn(file, names);
    List<String> passed = schema.passedOver(names);
    if (!passed.isEmpty()) {
      notes.add(file.getFileName() + ": passed over the columns " + Quote.list(passed));
    }
    Set<String> asTexts = new HashSet<>();
    while (true) {
      TablePass pass = new TablePass(file, settings, names, header, asTexts);
      RowsAhead.read(text, pass);
      Set<String> mixed = pass.mixed();
      if (mixed.isEmpty()) {
        return new TableResult(file, settings, notes).of(pass);
      }
      asTexts.addAll(mixed);
    }
  }

  private boolean hasHeader(List<String> first) {
    return switch (settings.header()) {
      case YES -> true;
      case NO -> false;
      case AUTO ->
        first.stream().noneMatch(this::isValue) && !first.stream().allMatch(String::isEmpty);
    };
  }

  private boolean isValue(String field) {
    char[] characters = field.toCharArray();
    boolean gap =
        !field.isEmpty() && settings.missing().find(characters, 0, characters.length) >= 0;
    return gap
        || !Double.isNaN(settings.numbers().parse(field))
        || (!field.isEmpty() && !DateText.formatsOf(List.of(field)).isEmpty());
  }

  private static List<String> numbered(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add("column" + i);
    }
    return names;
  }

  private List<String> named(List<String> header) {
    List<String> names = numbered(header.size());
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (!header.get(i).isEmpty()) {
        names.set(i, header.get(i));
      }
      if (!taken.add(names.get(i))) {
        throw twice(names.get(i));
      }
    }
    return names;
  }

  private VaeException twice(String name) {
    return FileFault.of(
        file,
        "names two columns " + Quote.of(name) + " in its first line",
        "rename one, or say --header no if that line is no header");
  }
}
