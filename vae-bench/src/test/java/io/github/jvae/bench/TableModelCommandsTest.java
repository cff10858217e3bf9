package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.Vae;
import io.github.jvae.bench.training.TrainingRecord;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.TableSample;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.data.source.NamedData;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of two groups of people, of which every column tells something. */
@DisplayName("The commands, on a table with gaps,")
class TableModelCommandsTest {
  private static final int ROWS = 2000;
  private static final int GAPS_EVERY = 11;
  private static final int AGE = 0;
  private static final int COLOUR = 1;
  private static final int VISITS = 2;
  private static final int MEMBER = 3;

  static final Columns TABLE = new Columns(List.of(
      new Column("age", ColumnKind.NUMERIC),
      new Column("colour", ColumnKind.CATEGORICAL, List.of("red", "green, or so", "blue")),
      new Column("visits", ColumnKind.COUNT),
      new Column("member", ColumnKind.BINARY, List.of("no", "yes"))));

  /** The data set {@code two-groups}. */
  public static final class TwoGroups implements NamedData {
    @Override
    public String name() {
      return "two-groups";
    }

    @Override
    public String description() {
      return "people of two groups";
    }

    @Override
    public DataParts open(DataSource source) {
      return new DataParts("two-groups", table(1), table(2), "made up");
    }
  }

  private static float[] row(RandomStream random) {
    boolean old = random.nextDouble() < 0.5;
    double colour = random.nextDouble();
    double share = old ? 0.8 : 0.1;
    int visits = 0;
    double rate = old ? 12 : 2;
    for (double product = random.nextDouble(); product > Math.exp(-rate); visits++) {
      product *= random.nextDouble();
    }
    return new float[] {
      (float) ((old ? 70 : 30) + 5 * random.nextGaussian()),
      colour < share ? 0 : colour < share + 0.1 ? 1 : 2,
      visits,
      random.nextDouble() < (old ? 0.9 : 0.2) ? 1 : 0
    };
  }

  private static TableSample table(int seed) {
    RandomStream random = RandomStream.of(seed).child("people");
    float[] numbers = new float[ROWS * TABLE.size()];
    boolean[] observed = new boolean[numbers.length];
    for (int i = 0; i < ROWS; i++) {
      System.arraycopy(row(random), 0, numbers, i * TABLE.size(), TABLE.size());
    }
    for (int i = 0; i < observed.length; i++) {
      observed[i] = i % GAPS_EVERY != 0;
    }
    return TableSample.of(TABLE, numbers).withMask(observed);
  }

  @TempDir
  static Path folder;

  private static ClassLoader before = Thread.currentThread().getContextClassLoader();
  private static Path model = Path.of("");
  private static Outcome trained = new Outcome(0, "", "");

  @BeforeAll
  static void train() throws IOException {
    Path services = Files.createDirectories(folder.resolve("jar/META-INF/services"));
    Files.writeString(services.resolve(NamedData.class.getName()), TwoGroups.class.getName());
    before = Thread.currentThread().getContextClassLoader();
    URL[] jar = {folder.resolve("jar").toUri().toURL()};
    Thread.currentThread().setContextClassLoader(new URLClassLoader(jar, before));
    model = folder.resolve("model");
    trained = Outcome.of(
        "train",
        "--data",
        "two-groups",
        "--backend",
        "tensorflow",
        "--threads",
        "1",
        "--hidden",
        "64",
        "--latent",
        "4",
        "--prior",
        "mixture",
        "--batch-size",
        "50",
        "--epochs",
        "20",
        "--lr",
        "3e-3",
        "--out",
        model.toString(),
        "--json");
  }

  @AfterAll
  static void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  @DisplayName("train a model of columns that is told of gaps, and of standardized numbers")
  void chosen() throws IOException {
    assertThat(trained.code()).as(trained.err()).isZero();
    JsonNode config = JsonTree.read(model.resolve("config.json"));
    assertThat(config.at("/model/likelihood/type").textValue()).isEqualTo("columns");
    assertThat(config.at("/model/columns")).hasSize(4);
    assertThat(config.at("/model/conditions/mask")).hasSize(1);
    JsonNode means = config.findValue("means");
    assertThat(means.get(AGE).doubleValue()).isCloseTo(50, within(2.0));
    assertThat(means.get(VISITS).doubleValue()).isZero();
    double exact = trained.json().get("elbo").doubleValue();
    // What made the rows has -3.65 nats with as many gaps, and independent columns have -4.7.
    assertThat(exact).isBetween(-4.3, -3.5);
  }

  private static double share(HostTensor rows, IntPredicate of) {
    int count = rows.shape().dimension(0);
    return IntStream.range(0, count).filter(of).count() / (double) count;
  }

  @Test
  @DisplayName("train a model whose draws have the table's shares and what goes with what")
  void draws() throws IOException {
    try (Vae vae = Vae.load(model, Vae.builder().backend("tensorflow").threads(1))) {
      ModelFolder saved = new ModelFolder(model);
      HostTensor rows = TrainingRecord.in(saved, saved.loadConfig())
          .options()
          .transforms()
          .undone(vae.inference().sampleWithPixelNoise(4000, 3));
      float[] x = rows.data();
      IntPredicate old = i -> x[i * 4 + AGE] > 50;
      assertThat(share(rows, old)).isCloseTo(0.5, within(0.1));
      assertThat(share(rows, i -> Math.abs(x[i * 4 + AGE] - 50) < 5)).isLessThan(0.15);
      assertThat(share(rows, i -> x[i * 4 + COLOUR] == 0)).isCloseTo(0.45, within(0.08));
      assertThat(share(rows, i -> x[i * 4 + COLOUR] == 1)).isCloseTo(0.1, within(0.04));
      double young = 1 - share(rows, old);
      assertThat(share(rows, i -> old.test(i) && x[i * 4 + COLOUR] == 0) / (1 - young))
          .isCloseTo(0.8, within(0.1));
      assertThat(share(rows, i -> !old.test(i) && x[i * 4 + COLOUR] == 0) / young)
          .isCloseTo(0.1, within(0.08));
      assertThat(share(rows, i -> old.test(i) && x[i * 4 + MEMBER] == 1) / (1 - young))
          .isCloseTo(0.9, within(0.08));
      double visits = IntStream.range(0, 4000)
          .filter(old)
          .mapToDouble(i -> x[i * 4 + VISITS])
          .average()
          .orElseThrow();
      assertThat(visits).isCloseTo(12, within(1.5));
    }
  }

  @Test
  @DisplayName("fill the gaps, each by a number of its column, and leave the rest as it is")
  void impute() throws IOException {
    Path filled = folder.resolve("filled.csv");
    Outcome outcome = Outcome.of(
        "impute",
        model.toString(),
        "--backend",
        "tensorflow",
        "--threads",
        "1",
        "--samples",
        "50",
        "--out",
        filled.toString(),
        "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().get("gaps").intValue())
        .isEqualTo((ROWS * TABLE.size() - 1) / GAPS_EVERY + 1);
    List<String> lines = Files.readAllLines(filled);
    assertThat(lines).hasSize(ROWS + 1);
    assertThat(lines.get(0)).isEqualTo("age,colour,visits,member");
    TableSample test = table(2);
    int right = 0;
    int gaps = 0;
    RandomStream random = RandomStream.of(2).child("people");
    for (int i = 0; i < ROWS; i++) {
      float[] truth = row(random);
      String[] fields = lines.get(i + 1).replace("green, or so", "green").split(",", -1);
      assertThat(fields).hasSize(4);
      if (test.mask().orElseThrow().isObserved(i, AGE)) {
        assertThat(Float.parseFloat(fields[AGE])).isEqualTo(truth[AGE]);
      } else {
        gaps++;
        right += Float.parseFloat(fields[AGE]) > 50 == truth[AGE] > 50 ? 1 : 0;
      }
      assertThat(fields[VISITS]).matches("[0-9]+");
      assertThat(fields[MEMBER]).isIn("no", "yes");
    }
    assertThat(right / (double) gaps).isGreaterThan(0.9);
    Outcome drawn = Outcome.of(
        "impute",
        model.toString(),
        "--backend",
        "tensorflow",
        "--threads",
        "1",
        "--samples",
        "20",
        "--draws",
        "3",
        "--limit",
        "10",
        "--out",
        filled.toString());
    assertThat(drawn.code()).as(drawn.err()).isZero();
    assertThat(Files.readAllLines(filled)).hasSize(31).element(2).asString().startsWith("2,");
  }

  @Test
  @DisplayName("refuse images for a table's model, and gaps of what is no table")
  void refusals() {
    Outcome images = Outcome.of(
        "impute",
        model.toString(),
        "--data",
        "shapes",
        "--backend",
        "tensorflow",
        "--out",
        folder.resolve("no.csv").toString());
    assertThat(images.code()).isEqualTo(1);
    assertThat(images.err()).contains("is no table").hasLineCount(1);
    assertThat(folder.resolve("no.csv")).doesNotExist();
    Outcome unknown = Outcome.of(
        "train",
        "--data",
        "two-groups",
        "--backend",
        "tensorflow",
        "--likelihood.overrides",
        "height=poisson");
    assertThat(unknown.err()).contains("no column 'height'", "age");
    Outcome unfit = Outcome.of(
        "train",
        "--data",
        "two-groups",
        "--backend",
        "tensorflow",
        "--likelihood.overrides",
        "age=beta",
        "--epochs",
        "1");
    assertThat(unfit.err()).contains("row ", "column 'age'", "between 0 and 1").hasLineCount(1);
  }
}
