package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.compare.results.Agreement;
import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.BackendResult.Status;
import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.ResultsFile;
import io.github.jvae.bench.compare.results.SampleResults;
import io.github.jvae.bench.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("vae compare")
final class CompareCommandTest {
  @TempDir
  Path folder;

  private Path out() {
    return folder.resolve("comparison");
  }

  private List<String> tiny(String... more) {
    List<String> arguments = new ArrayList<>(List.of(
        "compare",
        "--limit",
        "64",
        "--batch-size",
        "24",
        "--hidden",
        "8",
        "--latent",
        "2",
        "--threads",
        "1",
        "--use-seconds",
        "0.02",
        "--out",
        out().toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private Outcome run(String... more) {
    return Outcome.of(tiny(more).toArray(String[]::new));
  }

  @Test
  @DisplayName("measures every engine in turns, whose losses agree, and reports it")
  void compares() throws IOException {
    Outcome outcome = run("--epochs", "3", "--repeat", "2", "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode json = outcome.json();
    assertThat(json.get("partial").booleanValue()).isFalse();
    assertThat(json.get("backends").findValuesAsText("status"))
        .containsExactly("complete", "complete", "complete");
    assertThat(outcome.err().lines().filter(line -> line.contains(", repetition ")))
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactly(
            "djl, repetition 1",
            "nd4j, repetition 1",
            "tensorflow, repetition 1",
            "djl, repetition 2",
            "nd4j, repetition 2",
            "tensorflow, repetition 2");

    ComparisonResults results = ResultsFile.read(out().resolve(ResultsFile.NAME));
    assertThat(results.setup().steps()).isEqualTo(9);
    assertThat(results.setup().command())
        .startsWith("vae compare --limit 64")
        .contains("--repeat 2");
    assertThat(results.setup().parameters()).isPositive();
    for (BackendResult backend : results.backends()) {
      assertThat(backend.status()).isEqualTo(Status.COMPLETE);
      assertThat(Objects.requireNonNull(backend.training()).imagesPerSecond())
          .hasSize(2)
          .allMatch(speed -> speed > 0);
      assertThat(Objects.requireNonNull(backend.losses()).losses()).hasSize(9);
      assertThat(backend.quality()).isNotNull();
      assertThat(backend.secondsToTarget()).isPositive();
      assertThat(backend.nativesMib()).isGreaterThan(100);
      assertThat(out().resolve(backend.name()).resolve("samples.png")).isNotEmptyFile();
    }
    Agreement agreement = Objects.requireNonNull(results.agreement());
    assertThat(agreement.pairs()).hasSize(3).allSatisfy(pair -> {
      assertThat(pair.allLosses()).isLessThan(1e-4);
      assertThat(pair.parameters()).isLessThan(1e-4);
    });
    assertThat(out().resolve(Report.HTML)).content().contains("agree to");
    assertThat(out().resolve("logs")).doesNotExist();
    assertThat(out().resolve(".work")).doesNotExist();
    String model = out().resolve("djl").resolve("model").toString();
    assertThat(
            Outcome.of("evaluate", model, "--backend", "nd4j", "--json").json().get("elbo"))
        .isNotNull();
    comparesWithAnEarlierRun();
  }

  private void comparesWithAnEarlierRun() throws IOException {
    Outcome refused = run("--steps", "4");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("already holds a comparison", "--overwrite")
        .hasLineCount(1);

    Path earlier = folder.resolve("earlier.json");
    Files.copy(out().resolve(ResultsFile.NAME), earlier);
    Outcome again = run(
        "--steps",
        "4",
        "--repeat",
        "1",
        "--backends",
        "nd4j",
        "--overwrite",
        "--against",
        earlier.toString());
    assertThat(again.code()).as(again.err()).isZero();
    ComparisonResults results = ResultsFile.read(out().resolve(ResultsFile.NAME));
    assertThat(results.backends()).hasSize(1);
    assertThat(results.agreement()).isNull();
    assertThat(Objects.requireNonNull(results.against()).differences())
        .contains("the steps: was 9, is 4");
    assertThat(results.against().rows()).hasSize(7);
    assertThat(out().resolve("djl")).doesNotExist();
    assertThat(out().resolve(Report.HTML)).content().contains("What changed");
  }

  @Test
  @DisplayName("shows an engine that fails as a row with its reason, and goes on with the others")
  void failure() throws IOException {
    Outcome outcome = run(
        "--steps",
        "4",
        "--repeat",
        "1",
        "--backends",
        "nd4j,tensorflow",
        "--precision",
        "bf16",
        "--json");
    assertThat(outcome.code()).isEqualTo(1);
    JsonNode rows = outcome.json().get("backends");
    assertThat(rows.get(0).get("failure").textValue()).contains("precision");
    assumeFalse(
        rows.get(1).path("failure").asText().contains("precision"),
        "skipped: on this processor TensorFlow has no bfloat16 either");
    assertThat(rows.get(1).get("status").textValue()).isEqualTo("complete");
    assertThat(outcome.err()).contains("nd4j, repetition 1: failed: ");
    assertThat(out().resolve(Report.HTML)).content().contains("ND4J failed");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no such signals")
  @DisplayName("that is interrupted ends its process, and keeps what was measured as partial")
  void interrupted() throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        VaeCommand.class.getName()));
    command.addAll(tiny("--steps", "10000000", "--repeat", "1", "--backends", "nd4j,tensorflow"));
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile())
        .start();
    List<ProcessHandle> children = List.of();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (children.isEmpty() && process.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(20);
      children = process.children().toList();
    }
    // Long enough for some steps.
    Thread.sleep(6000);
    process.toHandle().destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("said"))).isEqualTo(143);
    assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    ComparisonResults results = ResultsFile.read(out().resolve(ResultsFile.NAME));
    assertThat(results.partial()).isTrue();
    assertThat(results.backends().get(0).status()).isEqualTo(Status.PARTIAL);
    assertThat(results.backends().get(0).failure()).isNull();
    assertThat(results.backends().get(1).training()).isNull();
    assertThat(out().resolve(Report.HTML)).content().contains("broken off");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--steps 3 --epochs 2 | --steps and --epochs both",
        "--time-limit 0 | --time-limit must be above 0",
        "--use-seconds -1 | --use-seconds must be above 0",
        "--backends quantum | unknown backend 'quantum'",
        "--repeat 0 | '--repeat'",
        "--against nowhere.json | nowhere.json",
        "--data no-such-data --offline | no-such-data",
        "--latent 0 | must be a whole number from 1",
      })
  @DisplayName("tells what is wrong with its options in one line, and leaves no folder behind")
  void refuses(String typed, String told) {
    List<String> arguments = new ArrayList<>(List.of("compare", "--out", out().toString()));
    arguments.addAll(List.of(typed.split(" ", -1)));
    Outcome outcome = Outcome.of(arguments.toArray(String[]::new));
    assertThat(outcome.code()).isPositive();
    assertThat(outcome.err()).startsWith("vae compare: ").contains(told).hasLineCount(1);
    assertThat(out()).doesNotExist();
  }

  @Test
  @DisplayName("looks into the results to compare with before it measures anything")
  void damagedAgainst() throws IOException {
    Path earlier = folder.resolve("earlier.json");
    ResultsFile.write(earlier, SampleResults.complete());
    ObjectNode json = JsonTree.read(earlier);
    ((ObjectNode) json.at("/backends/1/training")).putArray("images_per_second");
    JsonTree.write(earlier, json);
    Outcome outcome = run("--steps", "4", "--against", earlier.toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(
            "earlier.json",
            "backends[1].training.images_per_second must have from 1 to 10000 elements, not 0")
        .hasLineCount(1);
    assertThat(out()).doesNotExist();
  }

  @Test
  @DisplayName("removes nothing outside its folder, whatever the results in it name")
  void foreignNames() throws IOException {
    Path thesis = Files.createDirectories(folder.resolve("thesis")).resolve("thesis.tex");
    Files.writeString(thesis, "irreplaceable");
    Path results = out().resolve(ResultsFile.NAME);
    ResultsFile.write(results, SampleResults.complete());
    ObjectNode json = JsonTree.read(results);
    ((ObjectNode) json.at("/backends/0")).put("name", "../thesis");
    JsonTree.write(results, json);
    Outcome outcome = run("--steps", "4", "--overwrite", "--backends", "nd4j");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("backends[0].name must be a name of letters", "'../thesis'")
        .hasLineCount(1);
    assertThat(thesis).hasContent("irreplaceable");
  }

  @Test
  @DisplayName("does not touch a folder of other things, even to overwrite")
  void foreign() throws IOException {
    Path thesis = Files.createDirectories(out()).resolve("thesis.tex");
    Files.writeString(thesis, "irreplaceable");
    Outcome outcome = run("--overwrite");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("thesis.tex", "no comparison").hasLineCount(1);
    assertThat(thesis).hasContent("irreplaceable");
  }
}
