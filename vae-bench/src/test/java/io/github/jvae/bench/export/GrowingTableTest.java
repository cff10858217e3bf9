package io.github.jvae.bench.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A table that is written as it comes")
final class GrowingTableTest {
  private static final List<String> COLUMNS = List.of("row", "score");
  private static final Options SETTINGS = Options.none().with("samples", 3).with("data", "shapes");

  @TempDir
  Path folder;

  private Path file() {
    return folder.resolve("new").resolve("scores.csv");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(file().getParent())) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static void stopAfter(Path file, String... rows) {
    try (GrowingTable table = GrowingTable.begin(file, COLUMNS, SETTINGS)) {
      Stream.of(rows).forEach(table::add);
    }
  }

  @Test
  @DisplayName("has its name only when it is complete, and leaves nothing else then")
  void complete() throws IOException {
    try (GrowingTable table = GrowingTable.begin(file(), COLUMNS, SETTINGS)) {
      table.add("0,1.5");
      assertThat(file()).doesNotExist();
      assertThat(names()).containsExactly("scores.csv.part", "scores.csv.part.json");
      table.add("1,2.5");
      List<String> rows = new ArrayList<>();
      table.forEachRow(rows::add);
      assertThat(rows).containsExactly("0,1.5", "1,2.5");
      table.complete();
    }
    assertThat(file()).hasContent("row,score\n0,1.5\n1,2.5\n");
    assertThat(names()).containsExactly("scores.csv");
  }

  @Test
  @DisplayName("leaves nothing where not one row was written")
  void empty() throws IOException {
    stopAfter(file());
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', 2", "'3,9', 2", "'3,9.25\n', 3", "'3,ü', 2"})
  @DisplayName("goes on before the last whole row, whatever came of the row after it")
  void resumes(String broken, int kept) throws IOException {
    stopAfter(file(), "0,1.5", "1,2.5", "2,3.5");
    Path part = folder.resolve("new/scores.csv.part");
    Files.writeString(part, Files.readString(part) + broken);
    try (GrowingTable table = GrowingTable.resume(file(), COLUMNS, SETTINGS)) {
      assertThat(table.rows()).isEqualTo(kept);
      String[] rows = {"0,1.5", "1,2.5", "2,3.5", "3,9.25"};
      for (int i = kept; i < rows.length; i++) {
        table.add(rows[i]);
      }
      table.complete();
    }
    assertThat(file()).hasContent("row,score\n0,1.5\n1,2.5\n2,3.5\n3,9.25\n");
    assertThat(names()).containsExactly("scores.csv");
  }

  @Test
  @DisplayName("keeps what was learnt of the rows for the run that goes on")
  void keeps() {
    try (GrowingTable table = GrowingTable.begin(file(), COLUMNS, SETTINGS)) {
      table.keep("threshold", 2.5);
      table.add("0,1.5");
    }
    try (GrowingTable table = GrowingTable.resume(file(), COLUMNS, SETTINGS)) {
      assertThat(table.settings()).isEqualTo(SETTINGS.with("threshold", 2.5));
    }
  }

  @Test
  @DisplayName("is not begun over another run's, and not gone on with where there is none")
  void refused() throws IOException {
    assertThatThrownBy(() -> GrowingTable.resume(file(), COLUMNS, SETTINGS))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("so leave --resume out");
    stopAfter(file(), "0,1.5", "1,2.5");
    String before = Files.readString(folder.resolve("new/scores.csv.part"));
    assertThatThrownBy(() -> GrowingTable.begin(file(), COLUMNS, SETTINGS))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("go on with it with --resume, or remove it");
    Options other = SETTINGS.with("samples", 4);
    assertThatThrownBy(() -> GrowingTable.resume(file(), COLUMNS, other))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("was begun with samples 3, not 4");
    assertThatThrownBy(() -> GrowingTable.resume(file(), List.of("row", "elbo"), SETTINGS))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("has other columns than row,elbo");
    assertThat(folder.resolve("new/scores.csv.part")).hasContent(before);
  }

  @Test
  @DisplayName("is not gone on with by another model, whose last row is another")
  void otherModel() throws IOException {
    stopAfter(file(), "0,1.5", "1,2.5");
    try (GrowingTable table = GrowingTable.resume(file(), COLUMNS, SETTINGS)) {
      assertThat(table.rows()).isEqualTo(1);
      assertThatThrownBy(() -> table.add("1,2.6"))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("has the row '1,2.5', which now comes out as '1,2.6'");
    }
    assertThat(file()).doesNotExist();
    try (GrowingTable table = GrowingTable.resume(file(), COLUMNS, SETTINGS)) {
      table.add("0,1.5000001");
    }
  }

  @Test
  @DisplayName("is refused at once where it could not be written in the end")
  void unwritable() throws IOException {
    Files.createDirectories(file());
    assertThatThrownBy(() -> GrowingTable.begin(file(), COLUMNS, SETTINGS))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("is a folder; name a file in it");
    Path plain = Files.writeString(folder.resolve("plain"), "");
    assertThatThrownBy(() -> GrowingTable.begin(plain.resolve("s.csv"), COLUMNS, SETTINGS))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("cannot write");
    assertThat(names()).containsExactly("scores.csv");
  }
}
