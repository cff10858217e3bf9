package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvae.Vae;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("vae train --watch")
class WatchCommandTest {
  private static final int SIZE = 3 * 32 * 32;
  private static final int RECONSTRUCTIONS = 6;
  private static final int SAMPLES = 16;

  @TempDir
  Path folder;

  private static RunningCommand train(String... more) {
    return RunningCommand.of(Outcome.trainingOn(
        "nd4j", Stream.concat(Arrays.stream(more), Stream.of("--watch")).toArray(String[]::new)));
  }

  private static JsonNode ended(RunningCommand command) throws IOException, InterruptedException {
    JsonNode course = command.json("api/training");
    while (!course.has("ended")) {
      Thread.sleep(20);
      course = command.json("api/training");
    }
    return course;
  }

  /** After its end the model is opened, a moment later. */
  private static void explored(RunningCommand command) throws IOException, InterruptedException {
    while (command.json("api/about").get("models").isEmpty()) {
      Thread.sleep(20);
    }
  }

  @Test
  @DisplayName("shows what history.jsonl has, and after the end the trained model")
  void showsTheTraining() throws IOException, InterruptedException {
    Path model = folder.resolve("model");
    try (RunningCommand command =
        train("--epochs", "3", "--history-steps", "1", "--out", model.toString())) {
      JsonNode course = ended(command);
      explored(command);
      assertThat(course.get("ended").asText()).isEqualTo("done");
      assertThat(course.get("all_epochs").asInt()).isEqualTo(3);
      List<JsonNode> epochs = new ArrayList<>();
      List<JsonNode> steps = new ArrayList<>();
      for (String line : Files.readAllLines(model.resolve("history.jsonl"))) {
        JsonNode json = new JsonMapper().readTree(line);
        (json.has("epoch") ? epochs : steps).add(json);
      }
      assertThat(course.get("epochs")).hasSize(3);
      for (int i = 0; i < 3; i++) {
        JsonNode shown = course.get("epochs").get(i);
        assertThat(shown.get("train").get("elbo"))
            .isEqualTo(epochs.get(i).get("train").get("elbo"));
        assertThat(shown.get("validation").get("elbo").asDouble())
            .isEqualTo(epochs.get(i).get("validation").get("elbo").asDouble());
      }
      assertThat(course.get("epochs").get(0).get("kl_per_dimension")).hasSize(2);
      assertThat(course.get("steps")).hasSameSizeAs(steps);
      assertThat(course.get("steps").get(0).get("loss").asDouble())
          .isEqualTo(steps.get(0).get("loss").asDouble());
      assertThat(command.json("api/training?epochs=2&after=" + steps.size()).get("epochs"))
          .hasSize(1);
      try (Vae vae = Vae.load(model, Vae.builder().backend("nd4j").threads(1))) {
        assertThat(RunningCommand.floats(command.post("api/decode", 1, -1)))
            .isEqualTo(vae.decode(HostTensor.of(Shape.of(1, 2), 1, -1)).data());
      }
    }
  }

  @Test
  @DisplayName("shows what the model makes: examples, reconstructions and samples")
  void showsPictures() throws IOException, InterruptedException {
    Path model = folder.resolve("model");
    try (RunningCommand command = train("--epochs", "1", "--out", model.toString())) {
      JsonNode course = ended(command);
      explored(command);
      assertThat(course.get("version").asInt()).isEqualTo(1);
      assertThat(course.get("reconstructions").asInt()).isEqualTo(RECONSTRUCTIONS);
      float[] pictures = RunningCommand.floats(command.get("api/pictures"));
      assertThat(pictures).hasSize((2 * RECONSTRUCTIONS + SAMPLES) * SIZE);
      int half = RECONSTRUCTIONS * SIZE;
      HostTensor inputs =
          HostTensor.of(Shape.of(RECONSTRUCTIONS, 3, 32, 32), Arrays.copyOf(pictures, half));
      try (Vae vae = Vae.load(model, Vae.builder().backend("nd4j").threads(1))) {
        float[] made = vae.reconstruct(inputs).data();
        for (int i = 0; i < half; i++) {
          assertThat(pictures[half + i]).isCloseTo(made[i], within(1e-5f));
        }
      }
    }
  }

  @Test
  @DisplayName("leaves the numbers of a training as they are")
  void changesNothing() throws IOException, InterruptedException {
    Path watched = folder.resolve("watched");
    try (RunningCommand command = train("--epochs", "2", "--out", watched.toString())) {
      ended(command);
      explored(command);
    }
    Path alone = folder.resolve("alone");
    Outcome.ofTrainingOn("nd4j", "--epochs", "2", "--out", alone.toString());
    assertThat(watched.resolve("model.safetensors")).exists();
    assertThat(weights(watched)).isEqualTo(weights(alone));
  }

  private static Map<String, HostTensor> weights(Path model) {
    try (Vae vae = Vae.load(model, Vae.builder().backend("nd4j").threads(1))) {
      return vae.parameters();
    }
  }

  @Test
  @DisplayName("says before there is anything that there is nothing yet")
  void nothingYet() throws IOException, InterruptedException {
    try (RunningCommand command = train("--epochs", "1")) {
      HttpResponse<byte[]> decoded = command.post("api/decode", 1, 1);
      if (decoded.statusCode() != 200) {
        assertThat(RunningCommand.json(decoded).get("error").asText()).contains("no model");
      }
      ended(command);
      explored(command);
    }
  }

  @Test
  void portAndOpenGoWithIt() {
    Outcome outcome = Outcome.ofTrainingOn("nd4j", "--epochs", "1", "--port", "0");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("--watch");
  }

  @Test
  @DisplayName("is seen in a browser, with the other views once training has ended")
  void inABrowser() throws IOException, InterruptedException {
    try (Browser browser = Browser.open(folder);
        RunningCommand command = train("--epochs", "40")) {
      browser.go(command.address());
      browser.until(
          "return /step \\d+/.test(document.getElementById('view-training').textContent)");
      browser.until(
          "return /training has ended/.test(document.getElementById('view-training').textContent)");
      browser.until(
          "return document.querySelectorAll('#view-training canvas.picture').length === 3");
      browser.requireAccessible();
      browser.until("return !!document.getElementById('tab-walk')");
      browser.view("walk");
      browser.until("return document.querySelectorAll('#view-walk .slider').length === 2");
      browser.requireNoErrors();
    }
  }
}
