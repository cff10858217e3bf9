package io.github.jvae.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.Labels;
import io.github.jvae.data.Samples;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A table in text")
class TableReaderTest {
  private static final String PEOPLE = """
      age,visits,smokes,colour,born,member
      31.5,0,0,red,1990-01-02,yes
      40,3,1,"blue, dark",1984-12-31,no
      NA,1,0,green,2000-02-29,yes
      22,7,1,red,,yes
      """;

  @TempDir
  Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("people.csv"), text);
  }

  private TableExamples read(String text) throws IOException {
    return TableReader.standard().read(file(text));
  }

  private TableExamples read(String text, Options options) throws IOException {
    return TableReader.of(options).read(file(text));
  }

  private static Options schema(String name, String kind) {
    return Options.none().with("schema", Options.none().with(name, kind));
  }

  private static float[] row(TableExamples table, int index) {
    float[] row = new float[table.shape().size()];
    table.read(index, row, 0);
    return row;
  }

  @Test
  @DisplayName("is rows of numbers, with what each column is told by how it looks")
  void inferred() throws IOException {
    TableExamples table = read(PEOPLE);
    assertThat(table.columns().orElseThrow().list())
        .containsExactly(
            new Column("age", ColumnKind.NUMERIC),
            new Column("visits", ColumnKind.COUNT),
            new Column("smokes", ColumnKind.BINARY),
            new Column("colour", ColumnKind.CATEGORICAL, List.of("blue, dark", "green", "red")),
            new Column("born", ColumnKind.NUMERIC),
            new Column("member", ColumnKind.BINARY, List.of("no", "yes")));
    assertThat(table.elements()).isEqualTo(ElementKind.MIXED);
    assertThat(row(table, 0)).containsExactly(31.5f, 0, 0, 2, 7306, 1);
    assertThat(row(table, 1)).containsExactly(40, 3, 1, 0, 5478, 0);
    assertThat(row(table, 2)).containsExactly(0, 1, 0, 1, 11016, 1);
    assertThat(table.mask().orElseThrow().isObserved(2, 0)).isFalse();
    assertThat(table.mask().orElseThrow().isObserved(3, 4)).isFalse();
    assertThat(table.mask().orElseThrow().isObserved(3, 0)).isTrue();
    assertThat(table.notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5,2.5\n3.5,-1\n", "a,b\n1.5,2.5\n3.5,-1\n"})
  @DisplayName("of numbers alone is of floats, with and without a line of names")
  void floats(String text) throws IOException {
    TableExamples table = read(text);
    assertThat(table.elements()).isEqualTo(ElementKind.FLOATS);
    assertThat(table.size()).isEqualTo(2);
    assertThat(row(table, 1)).containsExactly(3.5f, -1);
    assertThat(table.columns().orElseThrow().names())
        .containsExactlyElementsOf(
            text.startsWith("a") ? List.of("a", "b") : List.of("column1", "column2"));
    assertThat(table.notes()).hasSize(text.startsWith("a") ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "a;b;c\\n1;2;x, y\\n3;5;z\\n!;",
        "a\\tb\\tc\\n1\\t2\\tx, y\\n3\\t5\\tz\\n!tab",
        "a|b|c\\n1|2|x, y\\n3|5|z\\n!|",
        "a,b,c\\r\\n1,2,\"x, y\"\\r\\n3,5,z\\r\\n!,",
        "MARKa,b,c\\n1,2,\"x, y\"\\n\\n3,5,z!,",
      })
  @DisplayName("is read with whichever delimiter, line ends, byte order mark and empty lines")
  void dialects(String escaped, String delimiter) throws IOException {
    String text = escaped.replace("MARK", "\ufeff").translateEscapes();
    Options options = Options.none().with("delimiter", delimiter);
    for (TableExamples table : List.of(read(text), read(text, options))) {
      assertThat(table.columns().orElseThrow().names()).containsExactly("a", "b", "c");
      assertThat(row(table, 0)).containsExactly(1, 2, 0);
      assertThat(row(table, 1)).containsExactly(3, 5, 1);
    }
  }

  @Test
  @DisplayName("compressed, in UTF-16 or in another encoding reads the same")
  void encodings() throws IOException {
    String text = "name;n\nGr\u00fcn;1\nBla\u00df;4\nGr\u00fcn;2\n";
    List<String> names = List.of("Bla\u00df", "Gr\u00fcn");
    Path zipped = Samples.write(
        folder.resolve("a.csv.gz"), Samples.gzip(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(
            TableReader.standard().read(zipped).columns().orElseThrow().get(0).categories())
        .isEqualTo(names);
    Path wide =
        Files.writeString(folder.resolve("b.csv"), "\ufeff" + text, StandardCharsets.UTF_16LE);
    assertThat(TableReader.standard().read(wide).columns().orElseThrow().get(0).categories())
        .isEqualTo(names);
    Path old = Files.writeString(folder.resolve("c.csv"), text, Charset.forName("windows-1252"));
    assertThatThrownBy(() -> TableReader.standard().read(old))
        .isInstanceOf(VaeException.class)
        .hasMessage(old + " line 2 is not UTF-8 text; save it as UTF-8, or name its encoding, such"
            + " as --encoding windows-1252");
    assertThat(TableReader.of(Options.none().with("encoding", "windows-1252"))
            .read(old)
            .columns()
            .orElseThrow()
            .get(0)
            .categories())
        .isEqualTo(names);
  }

  @Test
  @DisplayName("has a line of names where that is said, whatever the line looks like")
  void headers() throws IOException {
    String years = "2019,2020\n1.5,2.5\n3.5,-1\n";
    assertThat(read(years).size()).isEqualTo(3);
    assertThat(read(years, Options.none().with("header", "yes"))
            .columns()
            .orElseThrow()
            .names())
        .containsExactly("2019", "2020");
    String words = "a,b\nc,d\na,d\n";
    assertThat(read(words).size()).isEqualTo(2);
    assertThat(read(words, Options.none().with("header", "no")).size()).isEqualTo(3);
    TableExamples unnamed = read(",x\n1.5,2.5\n2.5,7\n");
    assertThat(unnamed.columns().orElseThrow().names()).containsExactly("column1", "x");
  }

  @Test
  @DisplayName("has gaps where its words for them are, or those that are said")
  void gaps() throws IOException {
    String text = "x,y\n1.5,-999\nnull,4.5\n?,2.5\nN/A,-999\n2.5,3\n";
    TableExamples usual = read(text);
    assertThat(usual.mask().orElseThrow().isObserved(0, 1)).isTrue();
    assertThat(usual.mask().orElseThrow().isObserved(2, 0)).isFalse();
    Options options = Options.none().with("missing", "-999,null,?,N/A");
    TableExamples said = read(text, options);
    assertThat(said.size()).isEqualTo(4);
    assertThat(said.mask().orElseThrow().isObserved(0, 1)).isFalse();
    assertThat(row(said, 0)).containsExactly(1.5f, 0);
  }

  @Test
  @DisplayName("has decimal commas where that is said, and is told how to say it where it is not")
  void decimalCommas() throws IOException {
    String text = "a;b\n1,5;2,25\n-3,0;4,5\n";
    assertThat(row(read(text, Options.none().with("decimal", ",")), 1)).containsExactly(-3, 4.5f);
    refused("a;b\n1;2\n2;2\n3;2\n4;2\n5;2\n6;2\n7;2\n8;2\n9;2\n10;2\n1,5;2\n", Options.none())
        .hasMessageContaining(
            "people.csv line 12 has '1,5' in column 'a', which is not a number, though 10 other"
                + " values of it are; if its numbers have decimal commas, say so with --decimal ,");
    refused("a;b\n1,5;2\n-2,5;3\n1,5;4\n", Options.none())
        .hasMessageContaining("people.csv line 2 has '1,5' in column 'a', and like it all of it"
            + " may be a number with a decimal comma; say so with --decimal ,");
    assertThat(read("a;b\n1,5;2\n2,5;3\n1,5;4\n", schema("a", "categorical")).size())
        .isEqualTo(3);
    refused("a;b\n1,5;2,25\n3,5;4,5\n", schema("a", "numeric"))
        .hasMessageContaining("line 2 has '1,5' in column 'a'")
        .hasMessageContaining("--decimal ,");
  }

  private AbstractThrowableAssert<?, ?> refused(String text, Options options) {
    return assertThatThrownBy(() -> read(text, options))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(folder.resolve("people.csv").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "a,b\\n1,2\\n3\\n!line 3 has 1 field, but the first line has 2; mend",
        "a,b\\n1,2\\n3,4,5\\n!line 3 has 3 fields, but the first line has 2; mend",
        "a,b\\n1,2\\n\"3\\n,x\",y,4\\n!line 3 has 3 fields",
        "a,b\\n1,2\\nInf,3\\n2,2\\n!line 3 has 'Inf' in column 'a', which is no number of single",
        "a,b\\n1,2\\n1e99,3\\n2,2\\n!line 3 has '1e99' in column 'a', which is no number of single",
        "a,b\\n!has a line of names and no row",
        "a,b,a\\nx,2,3\\n!names two columns 'a' in its first line; rename one",
        "a,b\\n1,1\\n1,1\\n!has no column to learn from: column 'a' is left out: it is always 1.0",
        "a,b\\n,\\n,\\n!has no column to learn from: column 'a' is left out: it has no value",
        "a,b\\n1,2\\n\"2,3\\n4,5\\n!line 3 opens a quote that is never closed; close it",
        "a,b\\n1,\"2\\n3,4\\n!line 2 opens a quote that is never closed; close it",
        "a,b\\n\"1\"2,3\\n!is no CSV",
        "a\\n01/02/2020\\n02/03/2020\\n!may be a date dd/MM/yyyy, MM/dd/yyyy; give the format",
        "\\n\\n!has no row",
      })
  @DisplayName("that is not in order is refused in a sentence with its line and the cure")
  void faults(String escaped, String words) {
    String text = escaped.translateEscapes();
    refused(text, Options.none()).hasMessageContaining(words).hasMessageContaining("; ");
  }

  @Test
  @DisplayName("that lacks what is said of it is refused")
  void missingColumns() {
    refused("a,b\n1,2\n3,5\n", Options.none().with("label", "class"))
        .hasMessageContaining("has no column class; it has a, b; mend the name");
    refused("a,b\n1,2\n3,5\n", schema("c", "numeric"))
        .hasMessageContaining("has no column c; it has a, b; mend the name");
  }

  @Test
  @DisplayName("leaves out, with a note, what is constant, empty, numbers the rows or names them")
  void leftOut() throws IOException {
    StringBuilder text = new StringBuilder("id,name,same,none,x\n");
    for (int i = 1; i <= 30; i++) {
      text.append(i).append(",person").append(i).append(",1.5,,").append(i * i).append('\n');
    }
    TableExamples table = read(text.toString());
    assertThat(table.columns().orElseThrow().names()).containsExactly("x");
    assertThat(table.notes())
        .containsExactly(
            "column 'id' is left out: it numbers the rows; a schema can keep it",
            "column 'name' is left out: it has 30 different texts in 30 rows; a schema can keep it",
            "column 'same' is left out: it is always 1.5; a schema can keep it",
            "column 'none' is left out: it has no value in any row; a schema can keep it");
    TableExamples kept = read(text.toString(), schema("id", "numeric"));
    assertThat(kept.columns().orElseThrow().names()).containsExactly("id", "x");
  }

  @Test
  @DisplayName("has a column of texts though some of it looks like numbers, first or not")
  void numbersAmongTexts() throws IOException {
    for (String order : List.of("0,1,2,3+,1,2", "3+,0,1,2,1,2")) {
      TableExamples table = read("n,x\n" + order.replace(",", ",5\n") + ",6\n");
      assertThat(table.columns().orElseThrow().get(0))
          .isEqualTo(new Column("n", ColumnKind.CATEGORICAL, List.of("0", "1", "2", "3+")));
      assertThat(row(table, 4)[0]).isEqualTo(1);
    }
    refused("n\nabc\n" + "1\n2\n".repeat(10), Options.none())
        .hasMessageContaining("line 2 has 'abc' in column 'n', which is not a number, though 20");
  }

  @Test
  @DisplayName("takes label and conditions out of the rows, and leaves out rows without them")
  void labels() throws IOException {
    String text = "x,class,dose\n1.5,b,2.5\n2.5,a,3.5\n3.5,,4.5\n,a,5.5\n";
    TableExamples table = read(
        text,
        Options.none()
            .with("label", "class")
            .with("schema", Options.none().with("dose", "condition")));
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.columns().orElseThrow().names()).containsExactly("x");
    Labels labels = table.labels().orElseThrow();
    assertThat(labels.classNames()).containsExactly("a", "b");
    assertThat(List.of(labels.label(0), labels.label(1))).containsExactly(1, 0);
    float[] dose = new float[1];
    table.condition("dose").read(1, dose, 0);
    assertThat(dose[0]).isEqualTo(3.5f);
    assertThat(table.notes()).hasSize(1).first().asString().contains("left out 2 of 4 rows");
    assertThat(table.mask()).isEmpty();
  }

  @Test
  @DisplayName("of labels that are numbers has classes in the order of the numbers")
  void numericLabels() throws IOException {
    TableExamples table = read("x,y\n1.5,10\n2.5,9\n3.5,2\n", Options.none().with("label", "y"));
    assertThat(table.labels().orElseThrow().classNames()).containsExactly("2", "9", "10");
  }

  @Test
  @DisplayName("is coded as another by its schema: by name, with its categories and dates")
  void codedAlike() throws IOException {
    TableSchema schema = read(PEOPLE).schema();
    assertThat(TableSchema.of(schema.toOptions())).isEqualTo(schema);
    TableReader alike = TableReader.standard().withSchema(schema);
    String others = "member,extra,colour,visits,smokes,age,born\nno,9,red,2,1,50,1990-01-03\n";
    TableExamples table = alike.read(file(others));
    assertThat(table.columns()).isEqualTo(read(PEOPLE).columns());
    assertThat(row(alike.read(file(others)), 0)).containsExactly(50, 2, 1, 2, 7307, 0);
    assertThat(table.notes()).containsExactly("people.csv: passed over the columns extra");
    assertThatThrownBy(() -> alike.read(file(others.replace("red", "violet"))))
        .hasMessageContaining("line 2 has 'violet' in column 'colour', which is none of its"
            + " categories blue, dark, green, red; mend it, or take such for gaps with --unknown"
            + " missing");
    assertThatThrownBy(() -> alike.read(file(others.replace("smokes", "fumes"))))
        .hasMessageContaining("has no column smokes; it has member, extra")
        .hasMessageContaining("the model needs every one of its columns");
    assertThatThrownBy(() -> alike.read(file(others.replace(",2,1,", ",2,2,"))))
        .hasMessageContaining("line 2 has '2' in column 'smokes', which is not 0 or 1");
    TableReader lenient = TableReader.of(
        Options.none().with("schema", schema.toOptions()).with("unknown", "missing"));
    TableExamples gap = lenient.read(file(others.replace("red", "violet")));
    assertThat(gap.mask().orElseThrow().isObserved(0, 3)).isFalse();
  }

  @Test
  @DisplayName("may lack the label that a model's table had, but not one that is asked for")
  void withoutLabel() throws IOException {
    Options labelled = Options.none().with("label", "y");
    TableSchema schema = read("x,y\n1.5,a\n2.5,b\n", labelled).schema();
    TableExamples table = TableReader.standard().withSchema(schema).read(file("x\n3.5\n4.5\n"));
    assertThat(table.labels()).isEmpty();
    assertThat(table.notes())
        .containsExactly("people.csv has no column 'y', so that is known of no row");
  }

  @Test
  @DisplayName("has dates with a time of day as seconds from the day of the earliest")
  void times() throws IOException {
    TableExamples table = read("t,x\n2024-03-02 00:00:30,1.5\n2024-03-01 12:00:00,2.5\n");
    assertThat(row(table, 0)[0]).isEqualTo(86_430);
    assertThat(row(table, 1)[0]).isEqualTo(43_200);
    TableSchema schema = TableSchema.of(table.schema().toOptions());
    assertThat(schema.columns().get("t")).isEqualTo(table.schema().columns().get("t"));
    TableExamples later =
        TableReader.standard().withSchema(schema).read(file("t,x\n2024-03-03 00:00:00,1.5\n"));
    assertThat(row(later, 0)[0]).isEqualTo(172_800);
    DateText dates = Objects.requireNonNull(schema.columns().get("t")).dates().orElseThrow();
    assertThat(dates.text(86_430)).isEqualTo("2024-03-02 00:00:30");
  }

  @Test
  @DisplayName("of many different times of day is still one of dates")
  void manyTimes() throws IOException {
    StringBuilder text = new StringBuilder("t,x\n");
    for (int i = 0; i < 120_000; i++) {
      text.append(String.format(
              Locale.ROOT,
              "2024-01-%02d %02d:%02d:%02d",
              1 + i / 86_400,
              i / 3600 % 24,
              i / 60 % 60,
              i % 60))
          .append(',')
          .append(i % 7)
          .append('\n');
    }
    TableExamples table = read(text.toString());
    assertThat(table.columns().orElseThrow().names()).containsExactly("t", "x");
    assertThat(row(table, 7)[0]).isEqualTo(7);
    assertThat(row(table, 119_999)[0]).isEqualTo(119_999);
  }

  @Test
  @DisplayName("may be a schema's: words, categories, formats; what is no schema is refused")
  void schemas() throws IOException {
    TableExamples table = read(
        "n,d,c\n1,03.02.2020,x\n5,04.02.2020,y\n",
        Options.none()
            .with(
                "schema",
                Options.none()
                    .with("n", "categorical")
                    .with("d", Options.none().with("kind", "date").with("format", "dd.MM.yyyy"))
                    .with(
                        "c",
                        Options.none()
                            .with("kind", "categorical")
                            .with(
                                "categories",
                                new OptionValue.Items(
                                    List.of(OptionValue.of("y"), OptionValue.of("x")))))));
    assertThat(row(table, 0)).containsExactly(0, 18_295, 1);
    assertThat(table.columns().orElseThrow().get(0).categories()).containsExactly("1", "5");
    assertThatThrownBy(() -> TableSchema.of(Options.none().with("n", "number")))
        .hasMessage("column 'n' must be numeric, count, binary, categorical, date, label, condition"
            + " or ignore, not 'number'");
    assertThatThrownBy(() -> TableSchema.of(Options.none().with("a", "label").with("b", "label")))
        .hasMessageContaining("the columns a, b are all said to be the label");
    Path file = Files.writeString(folder.resolve("schema.json"), "{\"n\": 3}");
    assertThatThrownBy(() -> TableSchema.read(file))
        .hasMessageContaining(file + ": column 'n' must be");
  }

  @Test
  @DisplayName("of more rows than there are numbers for is refused")
  void tooManyRows() {
    CellStore store = new CellStore(Path.of("big.csv"), 1, 3);
    for (int i = 0; i < 3; i++) {
      store.add(new float[] {i});
    }
    assertThatThrownBy(() -> store.add(new float[1]))
        .hasMessage("big.csv has more than 3 rows; split it into several files");
  }
}
