package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.bench.tracking.PretendedMlflow;
import io.github.jvae.checkpoint.ModelFolder;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("As a program of its own, vae")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no such signals and devices")
class ProcessTest {
  private static final int SIGINT = 2;
  private static final long PATIENCE_SECONDS = 60;

  @TempDir
  Path folder;

  @Test
  void stopsAfterTheStepUnderWayOnSigtermAndGoesOnAsIfNothingHadHappened() throws Exception {
    Path stopped = folder.resolve("stopped");
    Process process = start(training(stopped));
    awaitSteps(process, stopped);
    // Not process.destroy(), which also closes the streams.
    process.toHandle().destroy();
    assertThat(exitCode(process)).isEqualTo(128 + 15);
    assertThat(output(process)).contains("interrupted by SIGTERM", "vae train --resume " + stopped);

    JsonNode training = JsonTree.read(stopped.resolve(ModelFolder.TRAINING));
    String epochs = Integer.toString(training.get("epoch").intValue() + 1);
    assertThat(training.get("step").intValue()).isPositive();
    Outcome resumed = Outcome.of(
        "train",
        "--backend",
        "tensorflow",
        "--threads",
        "1",
        "--resume",
        stopped.toString(),
        "--epochs",
        epochs);
    assertThat(resumed.err()).isEmpty();
    Path whole = folder.resolve("whole");
    List<String> uninterrupted = training(whole);
    uninterrupted.set(uninterrupted.indexOf("--epochs") + 1, epochs);
    assertThat(Outcome.of(uninterrupted.toArray(String[]::new)).err()).isEmpty();
    assertThat(stopped.resolve(ModelFolder.MODEL))
        .hasSameBinaryContentAs(whole.resolve(ModelFolder.MODEL));
  }

  @Test
  void keepsItsFolderFromOtherTrainingsUntilItIsKilled() throws Exception {
    Path model = folder.resolve("model");
    Process process = start(training(model));
    try {
      awaitSteps(process, model);
      for (List<String> other : List.of(
          List.of("--out", model.toString()), List.of("--out", model.toString(), "--overwrite"))) {
        Outcome refused = Outcome.ofTraining(other.toArray(String[]::new));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains(model + " is being written to").hasLineCount(1);
        assertThat(refused.out()).doesNotContain("epoch");
      }
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(model.resolve(ModelFolder.HISTORY)).exists();
    Outcome after = Outcome.ofTraining("--epochs", "1", "--out", model.toString(), "--overwrite");
    assertThat(after.err()).isEmpty();
    assertThat(new ModelFolder(model).isResumable()).isTrue();
    assertThat(names(model))
        .containsExactlyInAnyOrder(
            "best",
            "config.json",
            "history.jsonl",
            "local.json",
            "model.safetensors",
            "optimizer.safetensors",
            "training.json");
  }

  private static List<String> names(Path model) throws IOException {
    try (Stream<Path> files = Files.list(model)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void exitsWith130AfterCtrlC() throws Exception {
    Path model = folder.resolve("model");
    Process process = start(training(model));
    awaitSteps(process, model);
    assumeTrue(!ignoresInterrupts(process), "whoever started the tests switched SIGINT off");
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(exitCode(process)).isEqualTo(128 + SIGINT);
    assertThat(new ModelFolder(model).isResumable()).isTrue();
  }

  @Test
  void aTrainingThatASignalEndsIsARunThatWasKilledAskedForByTheTokenOfTheEnvironment()
      throws Exception {
    Path model = folder.resolve("model");
    try (PretendedMlflow server = new PretendedMlflow()) {
      List<String> training = training(model);
      training.addAll(List.of("--mlflow", server.address()));
      ProcessBuilder builder = new ProcessBuilder(command(training)).redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("MLFLOW_"));
      builder.environment().put("MLFLOW_TRACKING_TOKEN", "secret");
      Process process = builder.start();
      awaitSteps(process, model);
      process.toHandle().destroy();
      assertThat(exitCode(process)).isEqualTo(128 + 15);
      assertThat(output(process)).contains("mlflow: " + server.address()).doesNotContain("secret");
      assertThat(server.requests())
          .allMatch(asked -> asked.authorization().equals("Bearer secret"));
      assertThat(server.bodies("POST runs/update").get(0).get("status").textValue())
          .isEqualTo("KILLED");
      assertThat(server.bodies("POST runs/log-batch").toString()).contains("step/elbo");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "INT"})
  void goesOnWithScoresWhereItWasStopped(String signal) throws Exception {
    String model = folder.resolve("model").toString();
    assertThat(Outcome.ofTraining("--epochs", "1", "--out", model).err()).isEmpty();
    Path whole = folder.resolve("whole.csv");
    Path stopped = folder.resolve("stopped.csv");
    Process process = start(scoring(model, stopped));
    awaitContent(process, folder.resolve("stopped.csv.part"), 1000);
    assumeTrue(
        signal.equals("KILL") || !ignoresInterrupts(process),
        "whoever started the tests switched SIGINT off");
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
        .start()
        .waitFor();
    assertThat(exitCode(process)).isEqualTo(128 + (signal.equals("INT") ? SIGINT : 9));
    assertThat(stopped).doesNotExist();
    if (signal.equals("INT")) {
      assertThat(output(process)).contains("stopped after ", "--resume");
    }

    List<String> resumed = scoring(model, stopped);
    assertThat(Outcome.of(resumed.toArray(String[]::new)).err())
        .contains("stopped.csv.part is of a run that did not come to its end")
        .hasLineCount(1);
    resumed.add("--resume");
    assertThat(Outcome.of(resumed.toArray(String[]::new)).err()).isEmpty();
    assertThat(Outcome.of(scoring(model, whole).toArray(String[]::new)).err()).isEmpty();
    List<String> expected = Files.readAllLines(whole);
    List<String> found = Files.readAllLines(stopped);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      String row = expected.get(i).substring(0, expected.get(i).indexOf(',') + 1);
      assertThat(found.get(i)).startsWith(row);
      assertThat(lastNumber(found.get(i))).isCloseTo(lastNumber(expected.get(i)), within(0.01));
    }
    assertThat(names(folder)).containsExactlyInAnyOrder("model", "stopped.csv", "whole.csv");
  }

  private static double lastNumber(String row) {
    String text = row.substring(row.lastIndexOf(',') + 1);
    return row.startsWith("row") ? 0 : Double.parseDouble(text);
  }

  /** Draws enough that a signal finds it in the middle. */
  private static List<String> scoring(String model, Path out) {
    return new ArrayList<>(List.of(
        "score",
        model,
        "--backend",
        "tensorflow",
        "--threads",
        "1",
        "--data",
        "shapes",
        "--split",
        "train",
        "--limit",
        "1000",
        "--samples",
        "2000",
        "--out",
        out.toString()));
  }

  private static void awaitContent(Process process, Path file, long size) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(file) || Files.size(file) < size) {
      if (!process.isAlive()) {
        throw new AssertionError("it ended early: " + output(process));
      }
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "components",
        "components --json",
        "data shapes --limit 50",
        "data shapes --limit 50 --json",
        "help train",
        "generate-completion",
        "--version"
      })
  void endsWellAndQuietlyWhenItsReaderHasLeft(String arguments) throws Exception {
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(command(List.of(arguments.split(" "))))
        .redirectError(errors.toFile())
        .start();
    process.getInputStream().close();
    assertThat(exitCode(process)).isZero();
    List<String> told = Files.readAllLines(errors);
    // With --json, what the command says goes there; without, nothing does.
    assertThat(told).noneMatch(line -> line.contains("vae") && line.contains(": cannot"));
    assertThat(told.isEmpty()).isEqualTo(!arguments.contains("--json"));
  }

  @Test
  void endsWellWhenItsReaderLeavesAfterALine() throws Exception {
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(command(List.of("data", "shapes")))
        .redirectError(errors.toFile())
        .start();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(reader.readLine()).startsWith("shapes: ");
    }
    assertThat(exitCode(process)).isZero();
    assertThat(errors).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"components --json --quiet", "components", "data shapes --limit 50"})
  void tellsThatStandardOutputIsOnAFullDisk(String arguments) throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full));
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(command(List.of(arguments.split(" "))))
        .redirectOutput(full.toFile())
        .redirectError(errors.toFile())
        .start();
    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(Files.readString(errors))
        .contains("cannot write to standard output")
        .hasLineCount(1);
  }

  @Test
  void tellsHowToGetMoreMemory() throws Exception {
    List<String> command = command(List.of("data", "shapes"));
    command.set(command.indexOf("-Xmx1g"), "-Xmx16m");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(output(process)).contains("out of memory", "VAE_JAVA_OPTS=-Xmx");
  }

  @Test
  void tellsThatAnImageIsTooLargeForTheHeap() throws Exception {
    BufferedImage image = new BufferedImage(4096, 4096, BufferedImage.TYPE_BYTE_BINARY);
    Path file = folder.resolve("large.png");
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    List<String> command = command(List.of("data", folder.toString()));
    command.set(command.indexOf("-Xmx1g"), "-Xmx64m");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(output(process))
        .startsWith("vae data: " + file + " is 4096x4096 pixels, too many to decode in a Java heap")
        .contains("raise it with -Xmx")
        .hasLineCount(1);
  }

  /** Steps enough that a signal finds it in the middle of an epoch, with a line of history each. */
  private static List<String> training(Path out) {
    return new ArrayList<>(List.of(
        "train",
        "--backend",
        "tensorflow",
        "--threads",
        "1",
        "--limit",
        "2000",
        "--batch-size",
        "4",
        "--hidden",
        "8",
        "--latent",
        "2",
        "--history-steps",
        "1",
        "--epochs",
        "1000",
        "--out",
        out.toString()));
  }

  private static void awaitSteps(Process process, Path model) throws Exception {
    awaitContent(process, model.resolve(ModelFolder.HISTORY), 1);
  }

  private static boolean ignoresInterrupts(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line ->
                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & (1L << (SIGINT - 1)))
                    != 0);
  }

  private static Process start(List<String> arguments) throws IOException {
    return new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
  }

  private static List<String> command(List<String> arguments) {
    String classpath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
    List<String> command = new ArrayList<>(Arrays.asList(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx1g",
        "-cp",
        classpath,
        VaeCommand.class.getName()));
    command.addAll(arguments);
    return command;
  }

  private static int exitCode(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end");
    }
    return process.exitValue();
  }

  private static String output(Process process) {
    try (InputStream stream = process.getInputStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(no output: " + e.getMessage() + ")";
    }
  }
}
