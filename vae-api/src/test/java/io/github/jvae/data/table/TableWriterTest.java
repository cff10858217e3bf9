package io.github.jvae.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.Labels;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Rows that are written as a table")
class TableWriterTest {
  private static final String TEXT = """
      age,born,class,colour,visits,smokes,seen,dose
      31.5,01.02.1990,x,"blue, dark",3,0,2024-03-01 12:00:05,2.5
      -4.0E-5,31.12.1984,y,red,0,1,2024-03-02 00:00:00,1.5
      7.25,29.02.2000,x,"a ""big"" red",12,1,2024-03-01 00:00:59,3.5
      """;

  @TempDir
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private TableExamples table;

  @BeforeEach
  void read() throws IOException {
    Options schema = Options.none().with("class", "label").with("dose", "condition");
    table = TableReader.of(Options.none().with("schema", schema))
        .read(Files.writeString(folder.resolve("in.csv"), TEXT));
  }

  private HostTensor condition(String name) {
    HostTensor values = HostTensor.zeros(table.condition(name).shape().prepend(table.size()));
    int each = table.condition(name).shape().size();
    for (int row = 0; row < table.size(); row++) {
      table.condition(name).read(row, values.data(), row * each);
    }
    return values;
  }

  @Test
  @DisplayName("are the rows that were read: columns, types, categories, dates, label, condition")
  void roundTrip() throws IOException {
    Path out = folder.resolve("out.csv");
    Map<String, HostTensor> known =
        Map.of(Labels.NAME, condition(Labels.NAME), "dose", condition("dose"));
    HostTensor x = table.tensor(0, 1, 2);
    TableWriter writer = TableWriter.of(TableSchema.of(table.schema().toOptions()));
    writer.write(out, List.of(new TableWriter.Rows(x, known)).iterator());
    assertThat(Files.readString(out)).isEqualTo(TEXT);
    TableExamples again = TableReader.standard().withSchema(table.schema()).read(out);
    assertThat(again.tensor(0, 1, 2)).isEqualTo(x);
    Path tabs = folder.resolve("out.tsv");
    writer.write(tabs, List.of(new TableWriter.Rows(x.rows(0, 2), Map.of())).iterator());
    assertThat(Files.readAllLines(tabs))
        .hasSize(3)
        .first()
        .isEqualTo("age\tborn\tcolour\tvisits\tsmokes\tseen");
  }

  @Test
  @DisplayName("are told cell by cell as they would stand in the file")
  void cells() {
    TableWriter writer = TableWriter.of(table.schema());
    TableWriter.Rows rows = new TableWriter.Rows(table.tensor(2, 0), Map.of());
    assertThat(writer.names(rows))
        .containsExactly("age", "born", "colour", "visits", "smokes", "seen");
    assertThat(writer.cells(rows))
        .containsExactly(
            List.of("7.25", "29.02.2000", "a \"big\" red", "12", "1", "2024-03-01 00:00:59"),
            List.of("31.5", "01.02.1990", "blue, dark", "3", "0", "2024-03-01 12:00:05"));
    HostTensor narrow = HostTensor.zeros(Shape.of(1, 5));
    assertThatThrownBy(() -> writer.cells(new TableWriter.Rows(narrow, Map.of())))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("rows of 6 columns");
  }

  @Test
  @DisplayName("leave out what the model was not given: ignored columns, and conditions of no rows")
  void leftOut() throws IOException {
    Options schema = Options.none().with("class", "label").with("age", "ignore");
    TableExamples some = TableReader.of(Options.none().with("schema", schema))
        .read(Files.writeString(folder.resolve("in.csv"), TEXT));
    Path out = folder.resolve("out.csv");
    TableWriter.of(some.schema())
        .write(out, List.of(new TableWriter.Rows(some.tensor(0, 1), Map.of())).iterator());
    assertThat(Files.readAllLines(out))
        .hasSize(3)
        .first()
        .asString()
        .doesNotContain("age", "class");
  }

  @Test
  @DisplayName("have the nearest category, count and year that there is")
  void rounded() throws IOException {
    float[] far = {1e30f, 1e30f, 7, -3.6f, 0.7f, -1e30f};
    float[] near = {Float.NaN, 7305.6f, -2, 2.4f, -9, 59.4f};
    float[] both = new float[12];
    System.arraycopy(far, 0, both, 0, 6);
    System.arraycopy(near, 0, both, 6, 6);
    Path out = folder.resolve("out.csv");
    HostTensor x = HostTensor.of(Shape.of(2, 6), both);
    TableWriter.of(table.schema())
        .write(out, List.of(new TableWriter.Rows(x, Map.of())).iterator());
    assertThat(Files.readAllLines(out).subList(1, 3))
        .containsExactly(
            "1.0E30,31.12.9999,red,0,1,0001-01-01 00:00:00",
            "NaN,02.01.1990,\"a \"\"big\"\" red\",2,0,2024-03-01 00:00:59");
  }

  @Test
  @DisplayName("of another number of columns leave what was there")
  void refused() throws IOException {
    Path out = Files.writeString(folder.resolve("out.csv"), "before");
    HostTensor good = table.tensor(0);
    HostTensor bad = HostTensor.zeros(Shape.of(1, 5));
    assertThatThrownBy(() -> TableWriter.of(table.schema())
            .write(
                out,
                List.of(new TableWriter.Rows(good, Map.of()), new TableWriter.Rows(bad, Map.of()))
                    .iterator()))
        .isInstanceOf(VaeException.class)
        .hasMessage("rows of 6 columns are written, not [1, 5]");
    assertThat(out).hasContent("before");
    assertThatThrownBy(() -> TableWriter.of(TableSchema.inferred()
            .with("x", new TableColumn(ColumnUse.INPUT, ColumnType.INFERRED))))
        .hasMessageContaining("does not say what column 'x' is");
  }
}
