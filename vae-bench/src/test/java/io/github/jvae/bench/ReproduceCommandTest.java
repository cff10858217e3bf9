package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.reproduce.Arguments;
import io.github.jvae.bench.reproduce.Recipe;
import io.github.jvae.bench.reproduce.Recipes;
import io.github.jvae.bench.reproduce.Reproduction;
import io.github.jvae.checkpoint.ModelFolder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@DisplayName("vae reproduce")
class ReproduceCommandTest {
  private static final String[] ENGINE = {"--backend", "nd4j", "--threads", "1"};
  /** Enough for a signal to come in the middle. */
  private static final int EPOCHS = 40;

  private static final int SIGTERM = 128 + 15;
  private static final long PATIENCE_SECONDS = 60;

  @TempDir
  Path folder;

  /** A recipe that takes no time, of generated images. */
  private Path recipe(String name, int epochs, int samples) throws IOException {
    return Files.writeString(folder.resolve(name + ".json"), """
        {
          "name": "NAME",
          "title": "A small model of shapes",
          "protocol": "Generated shapes, a small network.",
          "figure": {"quantity": "-log p(x)", "value": 1, "tolerance": 0.5, "source": "nobody"},
          "budget": "a moment",
          "notes": ["Nobody can meet this figure."],
          "train": {
            "--data": "shapes", "--limit": 200, "--hidden": 8, "--latent": 2, "--epochs": EPOCHS,
            "--batch-size": 16, "--likelihood": "bernoulli", "--prior": "standard-normal"
          },
          "evaluate": {"--limit": 50, "--samples": SAMPLES},
          "quick": {
            "train": {"--limit": 64, "--epochs": 2, "--history-steps": 1},
            "tolerance": 0.001, "steps": [], "losses": []
          }
        }
        """.replace("NAME", name)
        .replace("EPOCHS", Integer.toString(epochs))
        .replace("SAMPLES", Integer.toString(samples)));
  }

  private static Outcome reproduce(String... arguments) {
    return Outcome.of(Stream.of(new String[] {"reproduce"}, arguments)
        .flatMap(Arrays::stream)
        .toArray(String[]::new));
  }

  private Outcome run(Path recipe, String... more) {
    return reproduce(Stream.of(
            new String[] {recipe.toString(), "--out", folder.resolve("out").toString()},
            ENGINE,
            more)
        .flatMap(Arrays::stream)
        .toArray(String[]::new));
  }

  @Test
  @DisplayName("has recipes whose options 'vae train' and 'vae evaluate' take")
  void optionsParse() {
    CommandLine train = VaeCommand.commandLine("train");
    CommandLine evaluate = VaeCommand.commandLine("evaluate");
    for (Recipe recipe : Recipes.all()) {
      requireParsed(recipe, train, List.of("train"), recipe.train());
      requireParsed(
          recipe,
          train,
          List.of("train"),
          Objects.requireNonNull(recipe.quick()).train());
      requireParsed(recipe, evaluate, List.of("evaluate", "model"), recipe.evaluate());
    }
  }

  private static void requireParsed(
      Recipe recipe, CommandLine reader, List<String> before, Arguments options) {
    List<String> words = new ArrayList<>(before);
    words.addAll(options.words());
    assertThat(reader.parseArgs(words.toArray(String[]::new)).subcommand().matchedOptions())
        .as("%s: %s", recipe.name(), words)
        .hasSameSizeAs(options.options().names());
  }

  @Test
  @DisplayName("lists its recipes, as a table and as JSON")
  void lists() throws IOException {
    Outcome outcome = reproduce("--list");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("static-vae ", "-log p(x) 89.80", "budget: 500 epochs");
    JsonNode recipes = reproduce("--list", "--json").json().path("recipes");
    assertThat(recipes).hasSameSizeAs(Recipes.names());
    assertThat(recipes.get(0).path("figure").doubleValue()).isEqualTo(89.8);
  }

  @Test
  @DisplayName("goes on where it was stopped, and the commands that it tells give the same")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no such signals")
  void stoppedAndResumed() throws Exception {
    Path recipe = recipe("small", EPOCHS, 20);
    Path of = folder.resolve("out/small");
    Path log = folder.resolve("log");
    Process process = start(recipe, log);
    await(process, log, () -> Files.exists(of.resolve("model/model.safetensors")));
    process.toHandle().destroy();
    assertThat(exitCode(process)).isEqualTo(SIGTERM);
    assertThat(Files.readString(log))
        .contains("vae train --data shapes", "interrupted by SIGTERM")
        .contains("small: stopped; what there is of it is in " + of);
    assertThat(of.resolve(Reproduction.FILE)).doesNotExist();
    int stopped = JsonTree.read(of.resolve("model/training.json")).path("epoch").intValue();
    assertThat(stopped).isLessThan(EPOCHS);

    Outcome outcome = run(recipe);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("vae train --resume", "going on after step", "Nobody can meet this figure.")
        .contains("small: found -log p(x) ", "published 1.00: missed by ");
    ObjectNode result = JsonTree.read(of.resolve(Reproduction.FILE));
    assertThat(result.path("recipe").asText()).isEqualTo("small");
    assertThat(result.path("verdict").asText()).isEqualTo("missed");
    assertThat(result.path("backend").asText()).isEqualTo("nd4j");
    assertThat(result.path("threads").intValue()).isEqualTo(1);
    assertThat(result.path("epochs").intValue()).isEqualTo(EPOCHS);
    assertThat(result.path("steps").intValue()).isEqualTo(EPOCHS * 12);
    assertThat(result.path("training_seconds").doubleValue()).isPositive();
    assertThat(result.path("examples").intValue()).isEqualTo(50);
    assertThat(result.path("standard_error").doubleValue()).isPositive();

    // Never interrupted, by hand.
    String whole = folder.resolve("whole").toString();
    List<String> commands = new ArrayList<>();
    result.path("commands").forEach(command -> commands.add(command.asText()));
    assertThat(commands).hasSize(2).allMatch(command -> command.startsWith("vae "));
    Outcome trained = typed(commands.get(0).replace(of.resolve("model").toString(), whole));
    assertThat(trained.code()).isZero();
    assertThat(of.resolve("model").resolve(ModelFolder.MODEL))
        .hasSameBinaryContentAs(Path.of(whole).resolve(ModelFolder.MODEL));
    Outcome evaluated =
        typed(commands.get(1).replace(of.resolve("model").toString(), whole) + " --json");
    assertThat(evaluated.json().path("marginal_log_likelihood").doubleValue())
        .isEqualTo(-result.path("found").doubleValue());
    finished(recipe, of);
  }

  /** Of what is done already. */
  private void finished(Path recipe, Path of) throws IOException {
    byte[] before = Files.readAllBytes(of.resolve(Reproduction.FILE));
    Outcome again = run(recipe, "--json");
    assertThat(again.err()).contains("small: done before, see ");
    assertThat(again.json().path("results").get(0).path("verdict").asText()).isEqualTo("missed");
    assertThat(of.resolve(Reproduction.FILE)).hasBinaryContent(before);

    Outcome reported = reproduce("--report", folder.resolve("out").toString());
    assertThat(reported.out()).contains("| `small` | shapes | -log p(x) | 1.00 (nobody) | **");
    assertThat(reported.out().lines()).hasSize(3);

    Outcome threads =
        reproduce(recipe.toString(), "--out", folder.resolve("out").toString(), "--threads", "2");
    assertThat(threads.code()).isEqualTo(1);
    assertThat(threads.err())
        .contains(of + " holds a run with --threads 1, not with 2: leave it out to go on")
        .hasLineCount(1);

    Path other = recipe("small", EPOCHS + 1, 20);
    assertThat(run(other).err())
        .contains(of + " holds a run of small with other options than the recipe has now")
        .hasLineCount(1);

    Files.writeString(of.resolve(Reproduction.FILE), "{\"format\": 1");
    assertThat(run(recipe("small", EPOCHS, 20)).err())
        .contains(of.resolve(Reproduction.FILE).toString(), "invalid JSON")
        .hasLineCount(1);
    Files.delete(of.resolve(Reproduction.FILE));
    Files.move(of, folder.resolve("out/renamed"));
    assertThat(run(recipe("renamed", EPOCHS, 20)).err())
        .contains("holds a run of the recipe 'small', not of renamed", "--out")
        .hasLineCount(1);
    Files.writeString(folder.resolve("out/renamed/mine.txt"), "mine");
    assertThat(run(recipe("renamed", EPOCHS, 20)).err())
        .contains("is a folder of other things, such as mine.txt")
        .hasLineCount(1);
  }

  private static Outcome typed(String command) {
    return Outcome.of(command.substring("vae ".length()).split(" ", -1));
  }

  @Test
  @DisplayName("ends at once while it evaluates, and evaluates when it is called again")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no such signals")
  void stoppedWhileEvaluating() throws Exception {
    Path recipe = recipe("long", 1, 100_000);
    Path log = folder.resolve("log");
    Process process = start(recipe, log);
    await(process, log, () -> Files.readString(log).contains("vae evaluate "));
    process.toHandle().destroy();
    assertThat(exitCode(process)).isEqualTo(SIGTERM);
    assertThat(Files.readString(log)).contains("long: stopped; what there is of it is in ");
    assertThat(folder.resolve("out/long/result.json")).doesNotExist();
    byte[] model = Files.readAllBytes(folder.resolve("out/long/model/model.safetensors"));
    // With fewer draws it would be another recipe's run.
    assertThat(run(recipe("long", 1, 10)).err()).contains("with other options than the recipe");
    assertThat(folder.resolve("out/long/model/model.safetensors")).hasBinaryContent(model);
  }

  @Test
  @DisplayName("--quick compares the first steps with what was recorded, whichever the engine")
  void quick() throws IOException {
    Path recipe = recipe("small", EPOCHS, 20);
    Outcome bare = quick(recipe, "nd4j");
    assertThat(bare.err()).contains("has no early curve", "--record").hasLineCount(1);
    Path recorded = folder.resolve("recorded");
    Files.createDirectory(recorded);
    assertThat(quick(recipe, "nd4j", "--record", recorded.toString()).out())
        .contains("small: 8 points recorded in ");
    Path with = recorded.resolve("small.json");
    assertThat(JsonTree.read(with).path("train"))
        .isEqualTo(JsonTree.read(recipe).path("train"));
    for (String backend : List.of("nd4j", "tensorflow", "djl")) {
      Outcome outcome = quick(with, backend, "--json");
      assertThat(outcome.code()).as(outcome.err()).isZero();
      JsonNode result = outcome.json().path("results").get(0);
      assertThat(result.path("agrees").booleanValue()).isTrue();
      assertThat(result.path("points")).hasSize(8);
      assertThat(result.path("apart").doubleValue()).isLessThan(1e-4);
    }

    ObjectNode json = JsonTree.read(with);
    ObjectNode curve = (ObjectNode) json.path("quick");
    double last = curve.path("losses").get(7).doubleValue();
    ((ArrayNode) curve.path("losses")).set(7, last * 1.002);
    JsonTree.write(with, json);
    Outcome left = quick(with, "nd4j");
    assertThat(left.code()).isEqualTo(1);
    assertThat(left.out()).contains("0.1996 %  too far", "small: LEAVES the early curve");
  }

  private static Outcome quick(Path recipe, String backend, String... more) {
    return reproduce(Stream.of(
            new String[] {recipe.toString(), "--quick", "--backend", backend, "--threads", "1"},
            more)
        .flatMap(Arrays::stream)
        .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 2 | name a recipe, or give --list, --all or --report",
        "static-vae --all | 2 | give one of NAME and --all",
        "--list --all | 2 | give one of --list and --all",
        "--quick --report x | 2 | --report does not go with --quick, which keeps nothing",
        "--quick static-vae --out x | 2 | --out does not go with --quick",
        "static-vae --record x | 2 | --record goes with --quick",
        "static-vae --into x | 2 | --into goes with --report",
        "--report x --data-dir y | 2 | --data-dir does not go with --report, which runs nothing",
        "--list --out y | 2 | --out does not go with --list",
        "static-vae miwae --data x | 2 | --data goes with one recipe",
        "static-vae --backend quantum | 2 | unknown backend 'quantum'",
        "nothing | 1 | no recipe is called 'nothing'; there are static-vae, ",
        "nothing.json | 1 | nothing.json",
        "--report no-such-folder | 1 | cannot look into no-such-folder",
        "static-vae --data no-such-folder | 1 | there is no no-such-folder; name it with --data",
        "static-vae --data-dir no-such | 1 | there is no no-such/mnist-binarized; name it with --data",
        "burda-vae --data x | 1 | is of the published data set mnist; leave out --data",
      })
  @DisplayName("tells in one line what is wrong with what was typed")
  void refuses(String typed, int code, String told) {
    List<String> words = typed.isEmpty() ? List.of() : List.of(typed.split(" ", -1));
    Outcome outcome = reproduce(words.toArray(String[]::new));
    assertThat(outcome.err())
        .startsWith("vae reproduce: ")
        .contains(told.replace('/', File.separatorChar))
        .hasLineCount(1);
    assertThat(outcome.code()).isEqualTo(code);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  @DisplayName("says where published data would be, and downloads nothing")
  void missingData() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    String out = folder.resolve("out").toString();
    Outcome outcome = reproduce("burda-vae", "--data-dir", empty.toString(), "--out", out);
    assertThat(outcome.err())
        .contains("vae reproduce: ", "data set 'mnist' is not in " + empty, "--data-dir")
        .hasLineCount(1);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  @DisplayName("tells all options that a recipe of one's own has wrong")
  void wrongOptions() throws IOException {
    Path recipe = recipe("small", 1, 10);
    Files.writeString(
        recipe,
        Files.readString(recipe)
            .replace("\"--hidden\": 8", "\"--hiden\": 8")
            .replace("\"--latent\": 2", "\"--latent\": 0")
            .replace("{\"--limit\": 50,", "{\"--limit\": \"all\","));
    Outcome outcome = run(recipe);
    assertThat(outcome.err())
        .contains("recipe small: 'vae train' does not take --hiden 8 (")
        .contains("'vae train' does not take --latent 0 (")
        .contains("'vae evaluate' does not take --limit all (")
        .hasLineCount(1);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"static-vae", "burda-iwae-5", "fashion-vae"})
  @DisplayName("learns along the early curves of published data, where vae.data names them")
  void earlyCurves(String recipe) {
    String data = System.getProperty("vae.data", "");
    assumeFalse(data.isEmpty(), "skipped: -Dvae.data=FOLDER names no data");
    assumeFalse(
        recipe.startsWith("static") && !Files.exists(Path.of(data, "mnist-binarized")),
        "skipped: there is no mnist-binarized in -Dvae.data");
    Outcome outcome = reproduce(
        recipe, "--quick", "--backend", "nd4j", "--threads", "2", "--data-dir", data, "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  private Process start(Path recipe, Path log) throws IOException {
    String classpath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx1g",
        "-cp",
        classpath,
        VaeCommand.class.getName(),
        "reproduce",
        recipe.toString(),
        "--out",
        folder.resolve("out").toString()));
    command.addAll(List.of(ENGINE));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Whether it has come so far. */
  private interface Sign {
    boolean isThere() throws IOException;
  }

  private static void await(Process process, Path log, Sign sign) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!sign.isThere()) {
      assertThat(process.isAlive())
          .as("it ended early: %s", Files.readString(log, StandardCharsets.UTF_8))
          .isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private static int exitCode(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end");
    }
    return process.exitValue();
  }
}
