package io.github.jvae.data.table;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The options of how a table is read. */
final class TableOptions {
  /** Stands for no column. */
  static final String NONE = "none";

  static final OptionDescription<TableSchema> SCHEMA = OptionDescription.of(
      "schema",
      new SchemaType(),
      TableSchema.inferred(),
      "What the columns are, where that is not what they look like, such as"
          + " {\"age\": \"numeric\", \"id\": \"ignore\", \"class\": \"label\"}.");

  static final OptionDescription<String> LABEL = OptionDescription.of(
      "label",
      new TextType("COLUMN", "the name of a column, or none"),
      NONE,
      "The column that holds the class of each row, which is taken out of the row.");

  static final OptionDescription<Character> DELIMITER = OptionDescription.of(
      "delimiter",
      new SignType(Map.of("auto", '\0', "tab", '\t'), "auto, tab or any one character"),
      '\0',
      "What stands between two fields.");

  static final OptionDescription<Character> DECIMAL = OptionDescription.of(
      "decimal", new SignType(Map.of(), "one character"), '.', "What stands before a fraction.");

  static final OptionDescription<Charset> ENCODING = OptionDescription.of(
      "encoding",
      new EncodingType(),
      StandardCharsets.UTF_8,
      "The encoding of the text; a byte order mark wins.");

  static final OptionDescription<Header> HEADER = OptionDescription.of(
      "header",
      OptionType.choice(Header.class),
      Header.AUTO,
      "Whether the first line names the columns; auto if no field of it is a number.");

  static final OptionDescription<String> MISSING = OptionDescription.of(
      "missing",
      new TextType("TEXT,...", "texts with commas between them"),
      "NA,N/A,NaN,null,?",
      "What a field holds, beside nothing, where its value is not known.");

  static final OptionDescription<Unknown> UNKNOWN = OptionDescription.of(
      "unknown",
      OptionType.choice(Unknown.class),
      Unknown.ERROR,
      "What is done with a category that the schema or the model does not know.");

  static final OptionDescription<Integer> WINDOW = OptionDescription.of(
      "window",
      OptionType.wholeNumber(0),
      0,
      "Make an example of so many rows that follow each other, of a series of numbers; 0 for one"
          + " of each row.");

  static final OptionDescription<Integer> WINDOW_STRIDE = OptionDescription.of(
      "window_stride",
      OptionType.wholeNumber(1),
      1,
      "How many rows after the beginning of one window that of the next is.");

  static final List<OptionDescription<?>> ALL = List.of(
      SCHEMA, LABEL, DELIMITER, DECIMAL, ENCODING, HEADER, MISSING, UNKNOWN, WINDOW, WINDOW_STRIDE);

  private TableOptions() {}

  /** A schema, or the path of its file. */
  private static final class SchemaType implements OptionType<TableSchema> {
    @Override
    public String label() {
      return "FILE";
    }

    @Override
    public String demand() {
      return "a file of JSON";
    }

    @Override
    public TableSchema read(String place, OptionValue value) {
      if (value instanceof Options schema) {
        return TableSchema.of(schema);
      }
      if (value instanceof OptionValue.Text file) {
        try {
          return TableSchema.read(Path.of(file.value()));
        } catch (InvalidPathException e) {
          throw mismatch(place, value);
        }
      }
      throw mismatch(place, value);
    }

    @Override
    public OptionValue write(TableSchema value) {
      return value.toOptions();
    }
  }

  /** Text that is called something better. */
  private record TextType(String label, String demand) implements OptionType<String> {
    @Override
    public String read(String place, OptionValue value) {
      if (value instanceof OptionValue.Text text) {
        return text.value();
      }
      throw mismatch(place, value);
    }

    @Override
    public OptionValue write(String value) {
      return OptionValue.of(value);
    }
  }

  /** One character, or a word for it. */
  private record SignType(Map<String, Character> words, String demand)
      implements OptionType<Character> {
    @Override
    public String label() {
      return "CHAR";
    }

    @Override
    public Character read(String place, OptionValue value) {
      if (value instanceof OptionValue.Text text) {
        Character named = words.get(text.value());
        if (named != null) {
          return named;
        }
        if (text.value().length() == 1 && "\"\r\n\0".indexOf(text.value()) < 0) {
          return text.value().charAt(0);
        }
      }
      throw mismatch(place, value);
    }

    @Override
    public OptionValue write(Character value) {
      return words.entrySet().stream()
          .filter(word -> word.getValue().equals(value))
          .findFirst()
          .map(word -> OptionValue.of(word.getKey()))
          .orElseGet(() -> OptionValue.of(value.toString()));
    }
  }

  /** An encoding that this Java knows. */
  private static final class EncodingType implements OptionType<Charset> {
    @Override
    public String label() {
      return "NAME";
    }

    @Override
    public String demand() {
      return "the name of an encoding, such as UTF-8 or windows-1252";
    }

    @Override
    public Charset read(String place, OptionValue value) {
      if (!(value instanceof OptionValue.Text text)) {
        throw mismatch(place, value);
      }
      try {
        return Charset.forName(text.value());
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(
            place + " must be " + demand() + ", not " + Quote.of(text.value()), e);
      }
    }

    @Override
    public OptionValue write(Charset value) {
      return OptionValue.of(value.name());
    }
  }
}
