package io.github.jvae.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataReading;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Holdout;
import io.github.jvae.data.Samples;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Data sets that are tables")
class TableFormatTest {
  @TempDir
  Path folder;

  private static String rows(int count, String... colours) {
    StringBuilder text = new StringBuilder("x,colour\n");
    for (int i = 0; i < count; i++) {
      text.append(i * 1.5).append(',').append(colours[i % colours.length]).append('\n');
    }
    return text.toString();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static DataParts open(Path path) {
    return DataSource.standard().open(path.toString());
  }

  @Test
  @DisplayName("are found by a path, by their ending or by how they look")
  void recognized() throws IOException {
    String text = rows(20, "red", "blue", "green");
    for (String name : new String[] {"a.csv", "b.tsv", "c.txt", "d"}) {
      DataParts data = open(write(name, text));
      assertThat(data.train().size()).isEqualTo(18);
      assertThat(data.test().size()).isEqualTo(2);
      assertThat(data.train().columns().orElseThrow().names()).containsExactly("x", "colour");
      assertThat(data.name()).isEqualTo(name);
    }
    Path zipped = Samples.write(
        folder.resolve("e.csv.gz"), Samples.gzip(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(open(zipped).train().size()).isEqualTo(18);
    assertThatThrownBy(() -> open(write("f.txt", "A line.\nAnother, and more, of it.\n")))
        .hasMessageContaining("is text, which is not read");
  }

  @Test
  @DisplayName("may be a folder of parts, which are coded as the training part is")
  void folders() throws IOException {
    write("t/train.csv", rows(12, "red", "blue", "green"));
    write("t/test.csv", rows(4, "green"));
    write("t/validation.csv", "colour,x\ngreen,3\n");
    DataParts data = open(folder.resolve("t"));
    assertThat(data.test().size()).isEqualTo(4);
    assertThat(data.validation().orElseThrow().size()).isEqualTo(1);
    float[] row = new float[2];
    data.test().read(1, row, 0);
    assertThat(row).containsExactly(1.5f, 1);
    data.validation().orElseThrow().read(0, row, 0);
    assertThat(row).containsExactly(3, 1);
    write("t/test.csv", rows(4, "violet"));
    assertThatThrownBy(() -> open(folder.resolve("t")))
        .hasMessageContaining("test.csv line 2 has 'violet' in column 'colour'");
  }

  @Test
  @DisplayName("say how others are read alike, with no path of this machine")
  void reading() throws IOException {
    Path schema = write("schema.json", "{\"colour\": \"label\"}");
    Options options = Options.none().with("schema", schema.toString());
    Path first = write("a.csv", rows(12, "red", "blue", "green"));
    DataParts data = DataSource.standard().reading(options).open(first.toString());
    DataReading reading = data.reading().orElseThrow();
    assertThat(reading.toOptions().toString()).doesNotContain(folder.toString());
    assertThat(DataReading.of(reading.toOptions())).isEqualTo(reading);
    Path second = write("b.csv", rows(12, "green"));
    DataParts alike = DataSource.standard().like(reading).open(second.toString());
    assertThat(alike.train().labels().orElseThrow().classNames())
        .containsExactly("blue", "green", "red");
    assertThat(alike.train().labels().orElseThrow().label(0)).isEqualTo(1);
    assertThat(data.limit(3).reading()).contains(reading);
    assertThat(data.withValidation(data.test(), null).reading()).contains(reading);
    // What was said of tables says nothing of other formats.
    assertThat(DataSource.standard().like(reading).open("shapes").train().size())
        .isPositive();
    // What is said now wins.
    assertThat(DataSource.standard()
            .like(reading)
            .reading(Options.none().with("schema", Options.none()))
            .open(first.toString())
            .train()
            .labels())
        .isEmpty();
  }

  @Test
  @DisplayName("refuse an option that their format, or a data set with a name, does not know")
  void unknownOptions() throws IOException {
    Path file = write("a.csv", rows(12, "red", "blue"));
    DataSource odd = DataSource.standard().reading(Options.none().with("resize", "32x32"));
    assertThatThrownBy(() -> odd.open(file.toString()))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(
            file + " is read as csv and has no option resize; leave it out, or choose of schema,");
    assertThatThrownBy(() -> odd.open("shapes"))
        .isInstanceOf(VaeException.class)
        .hasMessage(
            "data set 'shapes' is known by its name and has no option resize; leave it out");
  }

  private Path series(int rows) throws IOException {
    StringBuilder text = new StringBuilder("day,temperature,wind\n");
    for (int i = 0; i < rows; i++) {
      text.append(String.format(
          Locale.ROOT, "2024-%02d-%02d,%d.5,%s%n", 1 + i / 28, 1 + i % 28, i, i % 7 == 3 ? "" : i));
    }
    return write("series.csv", text.toString());
  }

  private static DataParts windows(Path file, int window, int stride) {
    Options options = Options.none().with("window", window).with("window_stride", stride);
    return DataSource.standard().reading(options).open(file.toString());
  }

  @Test
  @DisplayName("may be series, of which windows are examples, in parts by time")
  void windows() throws IOException {
    DataParts data = windows(series(100), 4, 2);
    assertThat(data.shape().toArray()).containsExactly(2, 4);
    assertThat(((SeriesExamples) data.train()).columnNames())
        .containsExactly("temperature", "wind");
    assertThat(data.train().elements()).isEqualTo(ElementKind.FLOATS);
    assertThat(data.train().size()).isEqualTo(39);
    assertThat(data.validation().orElseThrow().size()).isEqualTo(4);
    assertThat(data.test().size()).isEqualTo(4);
    float[] window = new float[8];
    data.train().read(1, window, 0);
    assertThat(window).containsExactly(2.5f, 3.5f, 4.5f, 5.5f, 2, 0, 4, 5);
    assertThat(data.train().mask().orElseThrow().isObserved(1, 5)).isFalse();
    assertThat(data.train().mask().orElseThrow().isObserved(1, 4)).isTrue();
    int most = 0;
    for (Examples part :
        new Examples[] {data.train(), data.validation().orElseThrow(), data.test()}) {
      part.read(0, window, 0);
      assertThat((int) window[0]).isGreaterThanOrEqualTo(most);
      part.read(part.size() - 1, window, 0);
      most = (int) window[3] + 1;
    }
    assertThat(most).isEqualTo(100);
    assertThat(data.notes())
        .containsExactly("column 'day' is the time of the rows, and no element of a window");
    assertThat(data.reading().orElseThrow().options().get("window")).hasToString("4");
  }

  /** Returns the rows, told by their temperatures, that the windows of a part have. */
  private static Set<Integer> rows(Examples part) {
    Set<Integer> rows = new HashSet<>();
    for (int i = 0; i < part.size(); i++) {
      float[] window = part.tensor(i).data();
      for (int step = 0; step < part.shape().dimension(1); step++) {
        rows.add((int) window[step]);
      }
    }
    return rows;
  }

  @Test
  @DisplayName("of series share no row between what is trained on and what is held out of it")
  void overlap() throws IOException {
    for (int stride : new int[] {1, 2, 3, 4, 5}) {
      DataParts data = windows(series(100), 4, stride);
      Examples train = data.train();
      assertThat(train.overlap()).isEqualTo(3 / stride);
      DataParts held = new Holdout.Count(5).apply(data, 1);
      Examples validation = held.validation().orElseThrow();
      assertThat(validation.size()).isEqualTo(5);
      assertThat(held.train().size())
          .isEqualTo(train.size() - 5 - (stride < 4 ? train.overlap() : 0));
      assertThat(rows(validation)).doesNotContainAnyElementsOf(rows(held.train()));
      DataParts again = DataParts.split(train, "here");
      assertThat(rows(again.test())).doesNotContainAnyElementsOf(rows(again.train()));
      assertThat(train.slice(1, 9).overlap()).isEqualTo(train.overlap());
      assertThat(train.subset(1, 5, 6).overlap()).isEqualTo(train.overlap());
      assertThat(train.subset(5, 1, 6).overlap()).isEqualTo(stride < 4 ? 2 : 0);
    }
    DataParts data = windows(series(100), 4, 1);
    assertThatThrownBy(() -> new Holdout.Count(74).apply(data, 1))
        .hasMessage(
            "74 held out of the 77 training examples of data set 'series.csv', each of which"
                + " shares data with 3 after it, would leave no training part; choose another number"
                + " with --validation, or 0 for none");
    assertThatThrownBy(() -> DataParts.split(data.train().slice(0, 4), "here"))
        .hasMessageContaining("has 4 examples, each of which shares data with 3 after it, too few");
  }

  @Test
  @DisplayName("of series may come in parts, each with windows of its own rows")
  void windowsOfParts() throws IOException {
    write("w/train.csv", "a,b\n1,0.5\n2,1\n3,1\n4,2\n");
    write("w/test.csv", "b,a\n1,7\n2,8\n4,9\n");
    DataParts data = windows(folder.resolve("w"), 2, 1);
    assertThat(data.train().size()).isEqualTo(3);
    assertThat(data.validation()).isEmpty();
    assertThat(data.test().size()).isEqualTo(2);
    assertThat(data.test().tensor(1).data()).containsExactly(8, 9, 2, 4);
    assertThatThrownBy(() -> windows(folder.resolve("w"), 4, 1))
        .hasMessageContaining("of which the test part has 3, too few for a window of 4");
  }

  @Test
  @DisplayName("of series refuse texts, labels, disorder and windows that are too long")
  void noWindows() throws IOException {
    assertThatThrownBy(() -> windows(series(100), 11, 1))
        .hasMessageContaining("has 100 rows, of which the validation part has 10, too few for a"
            + " window of 11; choose a smaller --window");
    assertThatThrownBy(() -> windows(write("a.csv", rows(100, "red", "blue", "green")), 2, 1))
        .hasMessageContaining("has the texts blue, green, red in column 'colour'");
    Path mixed = write("b.csv", "day,x\n2024-01-02,1\n2024-01-01,2\n2024-01-03,5\n");
    assertThatThrownBy(() -> windows(mixed, 1, 1))
        .hasMessageContaining("has in row 2 an earlier 'day' than in the one before");
  }

  @Test
  @DisplayName("are read at scale: the digits are counts with a label")
  void digits() {
    String data = System.getProperty("vae.data");
    assumeThat(data).as("-Dvae.data names the folder with digits/digits.csv.gz").isNotNull();
    Options options = Options.none().with("label", "column65");
    DataParts digits = DataSource.standard()
        .reading(options)
        .open(Path.of(data, "digits", "digits.csv.gz").toString());
    assertThat(digits.train().size() + digits.test().size()).isEqualTo(1797);
    assertThat(digits.train().elements()).isEqualTo(ElementKind.COUNTS);
    assertThat(digits.train().labels().orElseThrow().classes()).isEqualTo(10);
    // Three pixels are always 0.
    assertThat(digits.shape().toArray()).containsExactly(61);
    double sum = 0;
    float[] row = new float[61];
    for (Examples part : new Examples[] {digits.train(), digits.test()}) {
      for (int i = 0; i < part.size(); i++) {
        part.read(i, row, 0);
        for (float value : row) {
          sum += value;
        }
      }
    }
    assertThat(sum / (1797 * 64)).isBetween(4.8841, 4.8843);
  }
}
