package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvae.bench.tracking.EventReader;
import io.github.jvae.bench.tracking.PretendedMlflow;
import io.github.jvae.checkpoint.ModelFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("vae train --tensorboard and --mlflow")
class TrackingCommandTest {
  @TempDir
  Path folder;

  private static List<JsonNode> history(Path model, String member) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(new ModelFolder(model).history().path())) {
      JsonNode json = new JsonMapper().readTree(line);
      if (json.has(member)) {
        lines.add(json);
      }
    }
    return lines;
  }

  /** Every number of a part of the history's lines is under its tag, at its step. */
  private static void assertSame(
      List<EventReader.Event> events, List<JsonNode> lines, String part, String tags) {
    assertThat(lines).isNotEmpty();
    for (JsonNode line : lines) {
      long step = line.get("step").longValue();
      for (Map.Entry<String, JsonNode> number : line.at(part).properties()) {
        String tag = tags + number.getKey();
        if (number.getValue().isNumber() && !tag.endsWith("/step")) {
          assertThat(EventReader.numbers(events, tag))
              .as(tag)
              .containsEntry(step, number.getValue().floatValue());
        }
      }
    }
  }

  @Test
  void theEventsHaveTheNumbersOfTheHistoryBeforeAndAfterAResume() throws IOException {
    Path model = folder.resolve("model");
    Path runs = folder.resolve("runs/first");
    Outcome begun = Outcome.ofTraining(
        "--epochs",
        "1",
        "--history-steps",
        "2",
        "--average-weights",
        "0.9",
        "--clip-norm",
        "100",
        "--tensorboard",
        runs.toString(),
        "--out",
        model.toString());
    assertThat(begun.err()).isEmpty();
    assertThat(begun.out())
        .contains("events: " + runs, "see them with: tensorboard --logdir " + runs);
    Outcome resumed = Outcome.of(
        "train", "--resume", model.toString(), "--epochs", "3", "--tensorboard", runs.toString());
    assertThat(resumed.err()).isEmpty();

    List<Path> files = EventReader.files(runs);
    assertThat(files).hasSize(2);
    List<EventReader.Event> events = EventReader.readAll(runs);
    List<JsonNode> epochs = history(model, "epoch");
    assertThat(epochs).hasSize(3);
    assertSame(events, epochs, "/train", "train/");
    assertSame(events, epochs, "/validation", "validation/");
    assertSame(events, epochs, "/validation_average", "average/");
    assertSame(events, history(model, "loss"), "", "step/");
    for (String tag : List.of(
        "train/learning_rate",
        "train/gradient_norm",
        "train/examples_per_second",
        "validation/kl_z")) {
      assertThat(EventReader.numbers(events, tag).keySet()).as(tag).containsExactly(4L, 8L, 12L);
    }
    JsonNode test = JsonTree.config(new ModelFolder(model)).at("/provenance/test");
    assertThat(EventReader.numbers(events, "test/elbo"))
        .containsEntry(12L, test.get("elbo").floatValue());
    assertThat(EventReader.numbers(events, "test_average/elbo").keySet()).containsExactly(4L, 12L);
    // What an older file may tell of later steps, of a training that was cut off, is to be
    // forgotten.
    assertThat(EventReader.read(files.get(1)))
        .filteredOn(EventReader.Event::restart)
        .singleElement()
        .satisfies(event -> assertThat(event.step()).isEqualTo(5));
  }

  @Test
  void theEventsHavePicturesHistogramsAndHyperParametersAndChangeNothing() throws IOException {
    Path model = folder.resolve("model");
    Path plain = folder.resolve("plain");
    Path runs = folder.resolve("runs");
    Outcome.ofTraining("--epochs", "2", "--out", plain.toString());
    Outcome.ofTraining(
        "--epochs", "2", "--tensorboard", runs.toString(), "--out", model.toString());
    for (String name : List.of(ModelFolder.MODEL, ModelFolder.OPTIMIZER)) {
      assertThat(model.resolve(name)).hasSameBinaryContentAs(plain.resolve(name));
    }
    List<EventReader.Event> events = EventReader.readAll(runs);
    for (String tag : List.of("samples", "reconstructions")) {
      List<EventReader.Value> values = EventReader.values(events, tag);
      assertThat(values).as(tag).hasSize(2);
      for (EventReader.Value value : values) {
        EventReader.Image image = value.image().orElseThrow();
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(image.file()));
        assertThat(decoded.getWidth()).isEqualTo(image.width()).isGreaterThan(300);
        assertThat(decoded.getHeight()).isEqualTo(image.height()).isGreaterThan(100);
        assertThat(image.colours()).isEqualTo(3);
      }
    }
    // Six validation images, of two latent dimensions each.
    for (String tag : List.of("posterior/mean", "posterior/log_variance")) {
      List<EventReader.Value> values = EventReader.values(events, tag);
      assertThat(values).as(tag).hasSize(2);
      for (EventReader.Value value : values) {
        EventReader.Buckets histogram = value.histogram().orElseThrow();
        assertThat(histogram.count()).isEqualTo(12);
        assertThat(histogram.buckets().stream().mapToDouble(Double::doubleValue).sum())
            .isEqualTo(12);
        assertThat(histogram.limits()).isSorted().hasSameSizeAs(histogram.buckets());
        assertThat(histogram.limits()).last().isEqualTo(histogram.max());
        assertThat(histogram.limits().get(0)).isGreaterThan(histogram.min());
      }
    }
    EventReader.Plugin plugin = EventReader.values(events, "_hparams_/session_start_info")
        .get(0)
        .metadata()
        .orElseThrow();
    assertThat(plugin.name()).isEqualTo("hparams");
    assertThat(plugin.parameters())
        .containsEntry("model.latent", 2.0)
        .containsEntry("model.architecture.type", "mlp")
        .containsEntry("options.batch_size", 16.0)
        .containsEntry("options.learning_rate", "0.001")
        .containsEntry("options.drop_last", false)
        .containsEntry("data.name", "shapes")
        .containsEntry("data.train_images", 58.0)
        .containsEntry("run.backend", "tensorflow")
        .containsEntry("seed", 1.0);
    assertThat(plugin.parameters().toString()).doesNotContain(folder.toString());
  }

  @Test
  void modelsThatMakeNoImagesAreTrackedWithoutPictures() throws IOException {
    Path table = folder.resolve("table.csv");
    StringBuilder rows = new StringBuilder("height,weight,label\n");
    for (int i = 0; i < 60; i++) {
      rows.append(i % 7 + 0.25).append(',').append(i % 5 + 0.5).append(',');
      rows.append(i % 2 == 0 ? "cat\n" : "dog\n");
    }
    Files.writeString(table, rows);
    Path runs = folder.resolve("runs");
    Outcome outcome = Outcome.of(
        "train",
        "--backend",
        "tensorflow",
        "--data",
        table.toString(),
        "--label",
        "label",
        "--condition",
        "label",
        "--hidden",
        "4",
        "--latent",
        "2",
        "--epochs",
        "1",
        "--tensorboard",
        runs.toString());
    assertThat(outcome.code()).isZero();
    List<EventReader.Event> events = EventReader.readAll(runs);
    assertThat(EventReader.values(events, "samples")).isEmpty();
    assertThat(EventReader.values(events, "posterior/mean")).hasSize(1);
    assertThat(EventReader.values(events, "validation/elbo")).hasSize(1);
  }

  @Test
  void conditionalModelsMakeSamplesUnderTheConditionsOfTheExamples() throws IOException {
    Path runs = folder.resolve("runs");
    Outcome outcome = Outcome.ofTraining(
        "--epochs", "1", "--condition", "label", "--tensorboard", runs.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(EventReader.values(EventReader.readAll(runs), "samples")).hasSize(1);
  }

  @Test
  void aRunInAServerHasAllNumbersAndTheEndOfTheTraining() throws IOException {
    Path model = folder.resolve("digits");
    try (PretendedMlflow server = new PretendedMlflow().withExperiment()) {
      Outcome outcome = Outcome.ofTraining(
          "--epochs",
          "2",
          "--mlflow",
          server.address() + "/",
          "--mlflow-experiment",
          "some thing",
          "--out",
          model.toString());
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.out())
          .contains("mlflow: " + server.address() + "/#/experiments/7/runs/0123456789abcdef");
      assertThat(server.requests().get(0).query()).isEqualTo("experiment_name=some+thing");
      assertThat(server.bodies("POST runs/create").get(0).get("run_name").textValue())
          .isEqualTo("digits");
      double elbo = history(model, "epoch").get(1).at("/validation/elbo").doubleValue();
      List<JsonNode> metrics = new ArrayList<>();
      server
          .bodies("POST runs/log-batch")
          .forEach(batch -> batch.path("metrics").forEach(metrics::add));
      assertThat(metrics)
          .filteredOn(metric -> metric.get("key").textValue().equals("validation/elbo"))
          .filteredOn(metric -> metric.get("step").longValue() == 8)
          .singleElement()
          .satisfies(metric -> assertThat(metric.get("value").doubleValue()).isEqualTo(elbo));
      assertThat(metrics).anyMatch(metric -> metric.get("key").textValue().equals("test/elbo"));
      assertThat(server.bodies("POST runs/update").get(0).get("status").textValue())
          .isEqualTo("FINISHED");
    }
  }

  @Test
  void aTrainingThatDivergesIsARunThatFailed() throws IOException {
    Path runs = folder.resolve("runs");
    try (PretendedMlflow server = new PretendedMlflow()) {
      Outcome outcome = Outcome.ofTraining(
          "--lr",
          "900",
          "--epochs",
          "9",
          "--mlflow",
          server.address(),
          "--tensorboard",
          runs.toString());
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("diverged").hasLineCount(1);
      assertThat(server.bodies("POST runs/update").get(0).get("status").textValue())
          .isEqualTo("FAILED");
    }
    assertThat(EventReader.values(EventReader.readAll(runs), "_hparams_/session_end_info"))
        .singleElement()
        .satisfies(value -> assertThat(value.metadata().orElseThrow().status()).isEqualTo(2));
  }

  @Test
  void aServerThatIsNotThereEndsTheCommandBeforeAnythingIsLost() throws IOException {
    Path model = folder.resolve("model");
    Outcome.ofTraining("--epochs", "1", "--out", model.toString());
    byte[] history = Files.readAllBytes(new ModelFolder(model).history().path());
    String address;
    try (PretendedMlflow server = new PretendedMlflow()) {
      address = server.address();
    }
    Outcome outcome = Outcome.ofTraining(
        "--epochs", "1", "--overwrite", "--out", model.toString(), "--mlflow", address);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("cannot begin a run on the MLflow server at " + address, "cannot be connected to")
        .hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(new ModelFolder(model).history().path()).hasBinaryContent(history);
    assertThat(new ModelFolder(model).best().exists()).isTrue();
  }

  @Test
  void aFolderThatCannotBeOneIsToldInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    for (Path bad : List.of(file, file.resolve("below"))) {
      Outcome outcome = Outcome.ofTraining("--tensorboard", bad.toString());
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err())
          .contains(file + " is a file, and no folder for TensorBoard; choose another")
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mlflow mlruns | --mlflow takes the http or https address of a server",
        "--mlflow http://ada:secret@host | holds no user",
        "--mlflow-experiment some | --mlflow-experiment goes with --mlflow",
        "--mlflow http://host --mlflow-experiment= | needs a name",
      })
  void flagsThatMeanNothingAreFaultsInWhatWasTyped(String flags, String told) {
    Outcome outcome = Outcome.ofTraining(flags.split(" ", -1));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(told).doesNotContain("secret").hasLineCount(1);
  }
}
