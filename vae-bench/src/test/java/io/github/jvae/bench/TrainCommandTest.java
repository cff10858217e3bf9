package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.checkpoint.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("vae train")
class TrainCommandTest {
  @TempDir
  Path folder;

  @Test
  void tellsTheBoundOfEachEpochWithNameSignAndUnit() {
    Outcome outcome = Outcome.ofTraining("--epochs", "2");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .containsPattern("epoch 1/2: train ELBO -?[0-9.]+ nats/example, test ELBO -?[0-9.]+ nats")
        .contains("epoch 2/2:", "was not saved");
  }

  @Test
  void endsWithOneLineOfJsonAndSaysAllElseOnStandardError() throws IOException {
    Outcome outcome = Outcome.ofTraining("--epochs", "1", "--json");
    assertThat(outcome.out().lines()).hasSize(1);
    assertThat(outcome.err()).contains("epoch 1/1");
    JsonNode json = outcome.json();
    assertThat(json.get("backend").textValue()).isEqualTo("tensorflow");
    assertThat(json.get("data").textValue()).isEqualTo("shapes");
    assertThat(json.get("epochs").intValue()).isEqualTo(1);
    assertThat(json.get("steps").intValue()).isEqualTo(4);
    assertThat(json.get("elbo").doubleValue())
        .isCloseTo(
            json.get("log_likelihood").doubleValue() - json.get("kl").doubleValue(), within(1e-2));
    assertThat(json.get("elbo_standard_error").doubleValue()).isPositive();
    assertThat(json.get("bits_per_dim").isNull()).isTrue();
    assertThat(json.get("train_images_per_second").doubleValue()).isPositive();
    assertThat(json.get("wall_seconds").doubleValue()).isPositive();
    assertThat(json.has("peak_rss_mb")).isTrue();
    assertThat(json.get("parameters").longValue()).isPositive();
    assertThat(json.get("seed").longValue()).isEqualTo(1);
    assertThat(json.get("out").isNull()).isTrue();
  }

  @Test
  void writesNullWhereThereIsNoNumber() throws IOException {
    Outcome outcome = Outcome.of(
        "train",
        "--backend",
        "tensorflow",
        "--limit",
        "1",
        "--hidden",
        "8",
        "--epochs",
        "1",
        "--json",
        "--quiet");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.json().get("elbo_standard_error").isNull()).isTrue();
    assertThat(outcome.out()).doesNotContain("NaN");
  }

  @Test
  void tellsBitsPerDimForBinaryImages() throws IOException {
    Outcome outcome = Outcome.ofTraining(
        "--epochs", "1", "--likelihood", "bernoulli", "--binarize", "threshold", "--json");
    assertThat(outcome.json().get("bits_per_dim").doubleValue()).isPositive();
  }

  @Test
  void savesWeightsHistoryTheBestModelAndItsProvenance() {
    Path model = folder.resolve("a/model");
    Outcome outcome =
        Outcome.ofTraining("--epochs", "2", "--out", model.toString(), "--history-steps", "2");
    assertThat(outcome.err()).isEmpty();
    ModelFolder files = new ModelFolder(model);
    assertThat(files.isResumable()).isTrue();
    assertThat(files.best().isResumable()).isTrue();
    // Four lines of steps and two of epochs.
    assertThat(files.history().read()).hasSize(6);
    JsonNode made = files.loadConfig().get("provenance");
    assertThat(made.get("backend").textValue()).isEqualTo("tensorflow");
    assertThat(made.get("engine").textValue()).contains("TensorFlow");
    assertThat(made.get("epochs").intValue()).isEqualTo(2);
    assertThat(made.get("steps").intValue()).isEqualTo(8);
    assertThat(made.get("data").get("train_sha256").textValue()).hasSize(64);
    assertThat(made.get("data").get("train_images").intValue()).isEqualTo(64);
    assertThat(made.get("options").get("batch_size").intValue()).isEqualTo(16);
    assertThat(made.get("test").get("elbo").isNumber()).isTrue();
  }

  @Test
  void resumedTrainingLeavesTheVeryBytesOfAnUninterruptedOne() throws IOException {
    Path whole = folder.resolve("whole");
    Path resumed = folder.resolve("resumed");
    Outcome.ofTraining("--epochs", "3", "--out", whole.toString());
    Outcome.ofTraining("--epochs", "1", "--out", resumed.toString());
    Outcome outcome = Outcome.of(
        "train",
        "--backend",
        "tensorflow",
        "--threads",
        "1",
        "--resume",
        resumed.toString(),
        "--epochs",
        "3");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("going on after step 4", "epoch 3/3");
    assertThat(resumed.resolve(ModelFolder.MODEL))
        .hasSameBinaryContentAs(whole.resolve(ModelFolder.MODEL));
    assertThat(resumed.resolve(ModelFolder.OPTIMIZER))
        .hasSameBinaryContentAs(whole.resolve(ModelFolder.OPTIMIZER));
    assertThat(Files.readAllLines(resumed.resolve(ModelFolder.HISTORY))).hasSize(3);
  }

  @Test
  void refusesToResumeWithAnotherLearningRateOrOtherImages() {
    String model = folder.resolve("model").toString();
    Outcome.ofTraining("--epochs", "1", "--out", model);
    Outcome rate = Outcome.of("train", "--resume", model, "--epochs", "2", "--lr", "0.1");
    assertThat(rate.code()).isEqualTo(2);
    assertThat(rate.err()).contains("leave out --lr");
    Outcome images = Outcome.of(
        "train", "--backend", "tensorflow", "--resume", model, "--epochs", "2", "--limit", "32");
    assertThat(images.code()).isEqualTo(1);
    assertThat(images.err()).contains("SHA-256 differs");
    Outcome done = Outcome.of("train", "--resume", model);
    assertThat(done.code()).isEqualTo(1);
    assertThat(done.err()).contains("ask for more with --epochs");
  }

  @Test
  void replacesAModelOnlyIfToldTo() throws IOException {
    Path model = folder.resolve("model");
    Outcome.ofTraining("--epochs", "2", "--out", model.toString());
    byte[] before = Files.readAllBytes(model.resolve(ModelFolder.MODEL));
    Outcome refused = Outcome.ofTraining("--epochs", "1", "--out", model.toString());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("--overwrite", "--resume").hasLineCount(1);
    assertThat(model.resolve(ModelFolder.MODEL)).hasBinaryContent(before);
    Outcome replaced = Outcome.ofTraining(
        "--epochs", "1", "--seed", "2", "--out", model.toString(), "--overwrite");
    assertThat(replaced.err()).isEmpty();
    assertThat(Files.readAllLines(model.resolve(ModelFolder.HISTORY))).hasSize(1);
    assertThat(new ModelFolder(model).best().loadConfig().at("/provenance/seed").intValue())
        .isEqualTo(2);
  }

  @Test
  void neverReplacesAFolderOfOtherThings() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "years of work");
    Outcome outcome = Outcome.ofTraining("--out", folder.toString(), "--overwrite");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("thesis.tex").hasLineCount(1);
    assertThat(folder.resolve("thesis.tex")).hasContent("years of work");
  }

  @Test
  void leavesNoFolderBehindWhenItCannotStart() throws IOException {
    Path model = folder.resolve("new/model");
    Outcome outcome = Outcome.ofTraining("--latent", "0", "--out", model.toString());
    assertThat(outcome.code()).isEqualTo(2);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void stopsWithoutAFileWhenTrainingDiverges() throws IOException {
    Path model = folder.resolve("model");
    Outcome outcome = Outcome.ofTraining("--lr", "900", "--epochs", "9", "--out", model.toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("diverged", "lower the learning rate").hasLineCount(1);
  }

  @Test
  void readsAConfigurationFromAFileAndLetsFlagsWin() throws IOException {
    Path file = folder.resolve("model.json");
    Files.writeString(file, """
        {"architecture": {"type": "mlp", "hidden": [5], "activation": "tanh"}, "latent": 3,
         "likelihood": {"type": "gaussian", "sigma": "shared"}}
        """);
    Path model = folder.resolve("model");
    Outcome outcome = Outcome.of(
        "train",
        "--backend",
        "tensorflow",
        "--limit",
        "16",
        "--epochs",
        "1",
        "--config",
        file.toString(),
        "--latent",
        "4",
        "--out",
        model.toString());
    assertThat(outcome.err()).isEmpty();
    JsonNode saved = new ModelFolder(model).loadConfig().get("model");
    assertThat(saved.at("/architecture/hidden/0").intValue()).isEqualTo(5);
    assertThat(saved.get("latent").intValue()).isEqualTo(4);
    assertThat(saved.at("/likelihood/sigma").textValue()).isEqualTo("shared");
    assertThat(saved.get("input").toString()).isEqualTo("[3,32,32]");
  }

  @Test
  void choosesConvolutionsForColourUnlessHiddenUnitsAreAskedFor() {
    assertThat(Outcome.of(
                "train",
                "--backend",
                "tensorflow",
                "--limit",
                "8",
                "--epochs",
                "1",
                "--channels",
                "2,2",
                "--dense",
                "4",
                "--latent",
                "2",
                "--sigma",
                "learned")
            .out())
        .contains("model: conv, latent 2, likelihood gaussian");
    assertThat(Outcome.ofTraining("--epochs", "1").out()).contains("model: mlp, latent 2");
  }

  @Test
  void saysNothingWhenItIsToBeQuiet() {
    Outcome outcome = Outcome.ofTraining("--epochs", "1", "--quiet");
    assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
  }
}
