package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.data.Examples;
import io.github.jvae.data.source.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Tables, by the command line")
class TableCommandsTest {
  @TempDir
  static Path shared;

  private static Path table = Path.of("");
  private static Path model = Path.of("");

  @TempDir
  Path folder;

  @BeforeAll
  static void train() throws IOException {
    table = Files.writeString(shared.resolve("people.csv"), people(200));
    model = shared.resolve("model");
    Outcome trained = Outcome.of(
        arguments("train", "--data", table.toString(), "--label", "class", "--condition", "label")
            .with("--out", model.toString(), "--epochs", "1", "--arch", "mlp", "--hidden", "8")
            .with("--latent", "2", "--backend", "tensorflow", "--threads", "1", "--quiet")
            .with("--likelihood", "gaussian")
            .all());
    assertThat(trained.err()).isEmpty();
  }

  private record Arguments(List<String> list) {
    Arguments with(String... more) {
      List<String> all = new ArrayList<>(list);
      all.addAll(Arrays.asList(more));
      return new Arguments(all);
    }

    String[] all() {
      return list.toArray(String[]::new);
    }
  }

  private static Arguments arguments(String... first) {
    return new Arguments(List.of(first));
  }

  private static String people(int rows) {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("height,born,class,visits,member\n");
    for (int i = 0; i < rows; i++) {
      text.append(String.format(
          Locale.ROOT,
          "%.3f,1970-01-0%d,%s,%d,%s%n",
          random.nextGaussian(),
          1 + random.nextInt(9),
          "abc".charAt(i % 3),
          random.nextInt(5),
          random.nextBoolean() ? "yes" : "no"));
    }
    return text.toString();
  }

  @Test
  @DisplayName("that have gaps are filled row by row, all of them unless a part is asked for")
  void impute() throws IOException {
    StringBuilder text = new StringBuilder("height,weight\n");
    for (int i = 0; i < 40; i++) {
      text.append(i % 7 == 3 ? "" : Integer.toString(i * 7 % 40))
          .append(',')
          .append(i + 0.5)
          .append('\n');
    }
    Path gaps = Files.writeString(folder.resolve("gaps.csv"), text);
    Path filler = folder.resolve("filler");
    Arguments engine = arguments("--backend", "tensorflow", "--threads", "1", "--data");
    Outcome trained =
        Outcome.of(arguments("train", "--epochs", "1", "--hidden", "4", "--latent", "1")
            .with(engine
                .with(gaps.toString(), "--standardize", "none", "--output-bias", "data")
                .all())
            .with("--validation", "0", "--out", filler.toString())
            .all());
    assertThat(trained.code()).as(trained.err()).isZero();
    JsonNode config = JsonTree.read(filler.resolve("config.json"));
    assertThat(config.findValue("transforms")).as("%s", config).isEmpty();
    Path filled = folder.resolve("filled.csv");
    Arguments impute = arguments("impute", filler.toString(), "--samples", "5")
        .with(engine.with(gaps.toString(), "--out", filled.toString()).all());
    Outcome all = Outcome.of(impute.all());
    assertThat(all.out()).contains("40 rows, 6 gaps filled");
    assertThat(Files.readAllLines(filled)).hasSize(41).element(40).asString().startsWith("33,");
    assertThat(Outcome.of(impute.with("--split", "test").all()).out())
        .contains("4 rows, 0 gaps filled");
    assertThat(Outcome.of(arguments("score", filler.toString(), "--samples", "2", "--split", "all")
                .with(engine.with(gaps.toString()).all())
                .with("--out", folder.resolve("scores.csv").toString())
                .all())
            .out())
        .contains("the scores of 40 examples of " + gaps);
    Outcome parts = Outcome.of(arguments("impute", filler.toString(), "--split", "all")
        .with(engine.with("shapes", "--out", filled.toString()).all())
        .all());
    assertThat(parts.err())
        .contains("data set 'shapes' comes in parts; choose one of them with --split");
  }

  @Test
  @DisplayName("of series are standardized by channel, and sampled as arrays in their own units")
  void series() throws IOException {
    StringBuilder text = new StringBuilder("temperature,wind\n");
    for (int i = 0; i < 200; i++) {
      text.append(String.format(
          Locale.ROOT, "%.3f,%.3f%n", 1000 + 10 * Math.sin(i / 5.0), Math.cos(i / 5.0)));
    }
    Path file = Files.writeString(folder.resolve("series.csv"), text);
    Path waves = folder.resolve("waves");
    Arguments engine = arguments("--backend", "tensorflow", "--threads", "1");
    Outcome trained = Outcome.of(arguments("train", "--data", file.toString(), "--window", "8")
        .with("--arch", "gated-conv", "--channels", "4", "--dense", "8", "--latent", "2")
        .with("--epochs", "1", "--batch-size", "16", "--validation", "0.1")
        .with(engine.with("--out", waves.toString()).all())
        .all());
    // Of 153 windows 15 are held out, and the 7 before them that share rows with them left out.
    assertThat(trained.out())
        .as(trained.err())
        .contains("131 examples to train on, 15 to choose", "model: gated-conv, latent 2");
    Path made = folder.resolve("made.npy");
    Arguments sample = arguments("sample", waves.toString(), "--count", "3").with(engine.all());
    assertThat(Outcome.of(sample.with("--out", made.toString()).all()).out())
        .contains("made.npy: 3 samples");
    Examples samples = DataSource.standard().open(made.toString()).all().orElseThrow();
    assertThat(samples.shape().toArray()).containsExactly(2, 8);
    assertThat(samples.tensor(0).data()[0]).isBetween(950f, 1050f);
    assertThat(samples.tensor(0).data()[8]).isBetween(-5f, 5f);
    assertThat(
            Outcome.of(sample.with("--out", folder.resolve("a.png").toString()).all())
                .err())
        .contains("waves makes examples of [2, 8] and no picture; name a file that ends in .npy");
    assertThat(
            Outcome.of(sample.with("--out", folder.resolve("a.csv").toString()).all())
                .err())
        .contains("waves makes examples of [2, 8] and no table; name a file that ends in .npy");
  }

  @Test
  @DisplayName("are told column by column, with gaps, moments and categories")
  void data() throws IOException {
    Path file = Files.writeString(
        folder.resolve("t.csv"), "x,colour\n1.5,red\n,blue\n2.5,red\n3.5,red\n4.5,green\n");
    Path schema = folder.resolve("schema.json");
    Outcome outcome =
        Outcome.of("data", file.toString(), "--json", "--schema-out", schema.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode columns = outcome.json().at("/train/columns");
    assertThat(columns.get(0).toString())
        .isEqualTo("{\"name\":\"x\",\"kind\":\"numeric\",\"gaps\":1,\"mean\":2.5,\"std\":"
            + columns.get(0).get("std") + ",\"least\":1.5,\"greatest\":3.5}");
    assertThat(columns.get(0).get("std").doubleValue()).isEqualTo(Math.sqrt(2 / 3.0));
    assertThat(columns.get(1).get("categories").toString())
        .isEqualTo("{\"blue\":1,\"green\":0,\"red\":3}");
    assertThat(Outcome.of("data", file.toString()).out())
        .contains(
            "  x       numeric      mean 2.50000, standard deviation 0.816497, from 1.50000 to"
                + " 3.50000, 1 gap")
        .contains("  colour  categorical  red 3, blue 1, green 0");
    assertThat(JsonTree.read(schema).toString())
        .isEqualTo(
            "{\"x\":\"numeric\",\"colour\":{\"kind\":\"categorical\",\"categories\":[\"blue\","
                + "\"green\",\"red\"]},\"*\":\"ignore\"}");
    assertThat(
            Outcome.of("data", file.toString(), "--schema", schema.toString()).code())
        .isZero();
    Outcome none = Outcome.of("data", "shapes", "--limit", "4", "--schema-out", schema.toString());
    assertThat(none.err()).contains("is no table and has no schema; leave out --schema-out");
  }

  @Test
  @DisplayName(
      "have flags for all that a format says of its reading, and a wrong one is a sentence")
  void flags() {
    assertThat(Outcome.of("help", "train").out()).contains("--schema=FILE", "--window=N");
    assertThat(Outcome.of("help", "evaluate").out()).contains("--label=COLUMN", "--decimal=CHAR");
    assertThat(Outcome.of("data", "shapes", "--label", "x").err())
        .contains("data set 'shapes' is known by its name and has no option label; leave it out");
    assertThat(Outcome.of("data", table.toString(), "--window", "-1").code()).isEqualTo(2);
    Outcome missing = Outcome.of("data", table.toString(), "--label", "colour");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("people.csv has no column colour; it has height, born,");
    assertThat(Outcome.of("data", table.toString(), "--schema", "nowhere.json").err())
        .contains("nowhere.json");
  }

  @Test
  @DisplayName("are remembered by a model: what was said of their reading, and no path")
  void provenance() throws IOException {
    String config = Files.readString(model.resolve("config.json"));
    assertThat(config).doesNotContain(shared.toString());
    JsonNode json = JsonTree.read(model.resolve("config.json"));
    assertThat(json.at("/model/columns/0/name").textValue()).isEqualTo("height");
    assertThat(json.at("/provenance/data/reading/format").textValue()).isEqualTo("csv");
    assertThat(json.at("/provenance/data/reading/options/schema/class").toString())
        .isEqualTo("{\"kind\":\"label\",\"categories\":[\"a\",\"b\",\"c\"]}");
  }

  @Test
  @DisplayName("are evaluated as the model's, whatever the order of their columns")
  void evaluated() throws IOException {
    JsonNode same = evaluate(table);
    List<String> shuffled = new ArrayList<>();
    for (String line : Files.readString(table).lines().toList()) {
      String[] fields = line.split(",", -1);
      shuffled.add(String.join(";", fields[4], fields[2], fields[0], fields[3], fields[1]));
    }
    JsonNode other = evaluate(Files.write(folder.resolve("other.csv"), shuffled));
    assertThat(other.get("elbo").doubleValue()).isEqualTo(same.get("elbo").doubleValue());
    Path strange =
        Files.writeString(folder.resolve("strange.csv"), people(30).replace(",yes", ",maybe"));
    Outcome refused = Outcome.of(
        "evaluate", model.toString(), "--data", strange.toString(), "--backend", "tensorflow");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("'maybe' in column 'member', which is none of its categories");
    Outcome images =
        Outcome.of("evaluate", model.toString(), "--data", "shapes", "--backend", "tensorflow");
    assertThat(images.err()).hasLineCount(1);
  }

  private static JsonNode evaluate(Path data) throws IOException {
    Outcome outcome = Outcome.of(
        "evaluate",
        model.toString(),
        "--data",
        data.toString(),
        "--backend",
        "tensorflow",
        "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.json();
  }

  @Test
  @DisplayName("are resumed with what was said of their reading")
  void resumed() {
    Path copy = folder.resolve("copy");
    Outcome trained =
        Outcome.of(arguments("train", "--data", table.toString(), "--label", "class", "--quiet")
            .with("--out", copy.toString(), "--epochs", "1", "--arch", "mlp", "--hidden", "8")
            .with("--latent", "2", "--backend", "tensorflow", "--likelihood", "gaussian")
            .all());
    assertThat(trained.err()).isEmpty();
    Outcome resumed = Outcome.of("train", "--resume", copy.toString(), "--epochs", "2", "--quiet");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    Outcome said =
        Outcome.of("train", "--resume", copy.toString(), "--epochs", "3", "--label", "class");
    assertThat(said.err()).contains("leave out --label");
  }

  @Test
  @DisplayName(
      "are made: rows in the columns, types, dates and categories, with the label asked for")
  void sampled() throws IOException {
    Path rows = folder.resolve("rows.csv");
    Outcome outcome = Outcome.of(
        arguments("sample", model.toString(), "--backend", "tensorflow", "--count", "5000")
            .with("--condition", "label=1", "--out", rows.toString())
            .all());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    List<String> lines = Files.readAllLines(rows);
    assertThat(lines).hasSize(5001).doesNotHaveDuplicates();
    assertThat(lines.get(0)).isEqualTo("height,born,class,visits,member");
    assertThat(lines.subList(1, lines.size()))
        .allMatch(line -> line.matches("-?[0-9.E-]+,[0-9]{4}-[0-9]{2}-[0-9]{2},b,\\d+,(yes|no)"));
    assertThat(Outcome.of("data", rows.toString(), "--label", "class").code()).isZero();
    Path picture = folder.resolve("rows.png");
    Outcome refused = Outcome.of(
        "sample", model.toString(), "--backend", "tensorflow", "--out", picture.toString());
    assertThat(refused.err()).contains("is a model of a table, whose rows are no picture; name a");
    assertThat(picture).doesNotExist();
  }

  @Test
  @DisplayName("are made again from the posterior of each row")
  void reconstructed() throws IOException {
    Path rows = folder.resolve("again.tsv");
    Outcome outcome =
        Outcome.of(arguments("reconstruct", model.toString(), "--data", table.toString())
            .with("--backend", "tensorflow", "--count", "4", "--out", rows.toString())
            .all());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    List<String> lines = Files.readAllLines(rows);
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).isEqualTo("height\tborn\tclass\tvisits\tmember");
    assertThat(lines.get(1).split("\t", -1)[2]).isEqualTo("a");
  }

  @Test
  @DisplayName("of series are shown in windows, in parts by time")
  void windows() throws IOException {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < 200; i++) {
      text.append(Math.sin(i / 5.0)).append(',').append(Math.cos(i / 5.0)).append('\n');
    }
    Path file = Files.writeString(folder.resolve("series.csv"), text);
    Outcome outcome =
        Outcome.of("data", file.toString(), "--window", "8", "--window-stride", "2", "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().get("shape").toString()).isEqualTo("[2,8]");
    assertThat(outcome.json().at("/train/images").intValue()).isEqualTo(77);
    assertThat(outcome.json().at("/validation/images").intValue()).isEqualTo(7);
    assertThat(outcome.json().at("/test/images").intValue()).isEqualTo(7);
  }
}
