package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.internal.JsonMembers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        .containsPattern(
            "epoch 1/2: train ELBO -?[0-9.]+ nats/example, validation ELBO -?[0-9.]+ nats")
        .contains("epoch 2/2:", "was not saved");
  }

  @Test
  void choosesByTheValidationImagesAndTellsTheTestBoundOnceAtTheEnd() throws IOException {
    Path model = folder.resolve("model");
    Outcome outcome =
        Outcome.ofTraining("--epochs", "3", "--validation", "0.25", "--out", model.toString());
    assertThat(outcome.out())
        .contains("48 examples to train on, 16 to choose the best epoch by and 64 to test on")
        .containsOnlyOnce("test ELBO")
        .doesNotContain("flattered");
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines.get(lines.size() - 1))
        .matches("test ELBO -[0-9.]+ nats/example .* looked at once, of the model after epoch 3.*");
    JsonNode told = JsonTree.config(new ModelFolder(model)).at("/provenance/test");
    assertThat(told.get("selected_on").textValue()).isEqualTo("validation");
    String[] evaluate = {"evaluate", model.toString(), "--backend", "tensorflow", "--json"};
    JsonNode test = Outcome.of(evaluate).json();
    assertSameBound(test, told);
    assertThat(test.get("selected_on").isNull()).isTrue();
    JsonNode judged = JsonTree.config(new ModelFolder(model)).at("/provenance/validation");
    JsonNode again = Outcome.of(with(evaluate, "--split", "validation")).json();
    assertThat(again.get("images").intValue()).isEqualTo(16);
    assertSameBound(again, judged);
    assertThat(again.get("selected_on").textValue()).isEqualTo("validation");
    assertThat(
            Outcome.of(with(evaluate, "--split", "train")).json().get("images").intValue())
        .isEqualTo(48);
    JsonNode json = Outcome.ofTraining("--epochs", "2", "--json").json();
    assertThat(json.get("selected_on").textValue()).isEqualTo("validation");
    assertThat(json.at("/validation/images").intValue()).isEqualTo(6);
    assertThat(json.get("best_epoch").intValue()).isEqualTo(2);
    assertThat(json.get("elbo").isNumber()).isTrue();
  }

  /** An engine may round otherwise in another process: on some processors, TensorFlow does. */
  private static void assertSameBound(JsonNode actual, JsonNode expected) {
    double bound = expected.get("elbo").doubleValue();
    assertThat(actual.get("elbo").doubleValue()).isCloseTo(bound, within(1e-6 * Math.abs(bound)));
  }

  @Test
  void keepsAveragedWeightsAsAModelOfTheirOwn() throws IOException {
    Path model = folder.resolve("model");
    String[] flags = {"--epochs", "2", "--average-weights", "0.9", "--out", model.toString()};
    Outcome outcome = Outcome.ofTraining(flags);
    assertThat(outcome.out())
        .containsPattern("epoch 2/2: .* \\(averaged weights -[0-9.]+(, their best so far)?\\)")
        .containsPattern("test ELBO of the averaged weights -[0-9.]+ nats/example .*average");
    ModelFolder average = new ModelFolder(model).average();
    double judged = Outcome.of(
            "evaluate",
            average.path().toString(),
            "--backend",
            "tensorflow",
            "--split",
            "validation",
            "--json")
        .json()
        .get("elbo")
        .floatValue();
    JsonNode told = JsonTree.config(average).get("provenance");
    assertThat(told.at("/validation_average/elbo").floatValue()).isEqualTo((float) judged);
    assertThat(told.at("/validation/elbo").floatValue()).isNotEqualTo((float) judged);
    assertThat(JsonTree.config(average).get("weights").textValue())
        .isEqualTo("average with decay 0.9");
    assertThat(new ModelFolder(model).history().read().get(1).names())
        .contains("validation", "validation_average");
    assertThat(new ModelFolder(model).best().average().exists()).isTrue();

    assertThat(Outcome.of("train", "--resume", average.path().toString(), "--epochs", "3")
            .err())
        .contains("training cannot resume");
    Outcome.ofTraining("--epochs", "1", "--out", model.toString(), "--overwrite");
    assertThat(average.path()).as("that of the model that was replaced").doesNotExist();
    assertThat(new ModelFolder(model).best().average().path()).doesNotExist();
  }

  @Test
  void resumesWithTheValidationImagesItBeganWith() throws IOException {
    Path whole = folder.resolve("whole");
    Path resumed = folder.resolve("resumed");
    Outcome.ofTraining("--epochs", "3", "--validation", "9", "--out", whole.toString());
    Outcome.ofTraining("--epochs", "1", "--validation", "9", "--out", resumed.toString());
    String[] resume = {"train", "--resume", resumed.toString(), "--epochs", "3"};
    assertThat(Outcome.of(with(resume, "--validation", "5")).err())
        .contains("leave out --validation");
    Outcome outcome = Outcome.of(with(resume, "--backend", "tensorflow", "--threads", "1"));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("55 examples to train on, 9 to choose");
    assertThat(resumed.resolve(ModelFolder.MODEL))
        .hasSameBinaryContentAs(whole.resolve(ModelFolder.MODEL));
    assertThat(JsonTree.config(new ModelFolder(resumed)).at("/provenance/test"))
        .isEqualTo(JsonTree.config(new ModelFolder(whole)).at("/provenance/test"));
  }

  @Test
  void refusesAValidationPartThatWouldLeaveNothing() {
    assertThat(Outcome.ofTraining("--validation", "64").err())
        .contains("64 held out of the 64 training examples", "would leave no training part")
        .hasLineCount(1);
    assertThat(Outcome.ofTraining("--validation", "0.001").err())
        .contains("would leave no validation part", "or 0 for none")
        .hasLineCount(1);
    Outcome nonsense = Outcome.ofTraining("--validation", "1.5");
    assertThat(nonsense.code()).isEqualTo(2);
    assertThat(nonsense.err()).contains("--validation", "a fraction between 0 and 1");
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
    JsonNode made = JsonTree.config(files).get("provenance");
    assertThat(made.get("backend").textValue()).isEqualTo("tensorflow");
    assertThat(made.get("engine").textValue()).contains("TensorFlow");
    assertThat(made.get("epochs").intValue()).isEqualTo(2);
    assertThat(made.get("steps").intValue()).isEqualTo(8);
    assertThat(made.get("data").get("train_sha256").textValue()).hasSize(64);
    assertThat(made.get("data").get("train_images").intValue()).isEqualTo(58);
    assertThat(made.get("data").get("validation_images").intValue()).isEqualTo(6);
    assertThat(made.get("data").get("validation_sha256").textValue()).hasSize(64);
    assertThat(made.get("options").get("validation").textValue()).isEqualTo("default");
    assertThat(made.get("validation").get("epoch").intValue()).isEqualTo(2);
    assertThat(made.get("options").get("batch_size").intValue()).isEqualTo(16);
    assertThat(made.get("test").get("elbo").isNumber()).isTrue();
  }

  @Test
  void tellsGradientNormsAndSkippedStepsInLinesJsonAndHistory() throws IOException {
    Path model = folder.resolve("skipping");
    // Far below any norm: no step is taken.
    Outcome outcome = Outcome.ofTraining(
        "--epochs", "1", "--clip-norm", "1", "--skip-above", "1e-6", "--out", model.toString());
    assertThat(outcome.out())
        .containsPattern(
            "epoch 1/1: .*, gradient norm \\S+ \\(at most \\S+\\), 4 steps skipped, .* s, ")
        .contains("in epoch 1 4 of 4 steps were skipped")
        .containsPattern("test ELBO .*, 4 of 4 steps skipped");
    String history = Files.readString(new ModelFolder(model).history().path());
    assertThat(history).contains("\"gradient_norm_greatest\":", "\"skipped_steps\":4");
    String training = Files.readString(model.resolve("training.json"));
    assertThat(training)
        .containsPattern("\"skipped_steps\"\\s*:\\s*4")
        .containsPattern("\"skip_above\"\\s*:\\s*1");
    Outcome further = Outcome.of("train", "--resume", model.toString(), "--epochs", "2", "--json");
    assertThat(further.json().get("skipped_steps").intValue()).isEqualTo(8);
    Outcome free = Outcome.ofTraining("--epochs", "1", "--json");
    assertThat(free.json().get("skipped_steps").intValue()).isZero();
    assertThat(free.err()).doesNotContain("gradient norm", "skipped");
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
    assertThat(JsonTree.config(new ModelFolder(model).best())
            .at("/provenance/seed")
            .intValue())
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
    JsonNode saved = JsonTree.config(new ModelFolder(model)).get("model");
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

  @Test
  void tellsBitsPerDimForALikelihoodOf256Levels() throws IOException {
    Path model = folder.resolve("model");
    Outcome outcome = Outcome.ofTraining(
        "--epochs", "1", "--scale", "learned", "--out", model.toString(), "--json");
    JsonNode saved = JsonTree.config(new ModelFolder(model)).get("model");
    assertThat(saved.get("likelihood").toString())
        .isEqualTo("{\"type\":\"discretized-logistic\",\"scale\":\"learned\"}");
    double bits = -outcome.json().get("elbo").doubleValue() / 3072 / Math.log(2);
    assertThat(outcome.json().get("bits_per_dim").doubleValue()).isCloseTo(bits, within(1e-6));
    Outcome evaluated = Outcome.of("evaluate", model.toString(), "--backend", "tensorflow");
    assertThat(evaluated.out()).containsPattern("bits/dim +[0-9.]+");
  }

  @Test
  void startsTheOutputBiasFromTheDataSaysSoAndResumesAsEver() throws IOException {
    Path whole = folder.resolve("whole");
    Path resumed = folder.resolve("resumed");
    String[] flags = {"--output-bias", "data", "--init", "glorot", "--sigma", "0.5"};
    float data = firstLoss(whole, "2", flags);
    float init = firstLoss(folder.resolve("init"), "1", "--init", "glorot", "--sigma", "0.5");
    assertThat(data).isLessThan(init - 100);
    firstLoss(resumed, "1", flags);
    JsonNode made = JsonTree.config(new ModelFolder(resumed)).get("provenance");
    assertThat(made.get("output_bias").textValue()).isEqualTo("data");
    assertThat(JsonTree.config(new ModelFolder(folder.resolve("init")))
            .at("/provenance/output_bias")
            .textValue())
        .isEqualTo("init");
    String[] resume = {"train", "--resume", resumed.toString(), "--epochs", "2"};
    assertThat(Outcome.of(with(resume, "--output-bias", "data")).err())
        .contains("leave out --output-bias");
    assertThat(Outcome.of(with(resume, "--backend", "tensorflow", "--threads", "1"))
            .code())
        .isZero();
    assertThat(resumed.resolve(ModelFolder.MODEL))
        .hasSameBinaryContentAs(whole.resolve(ModelFolder.MODEL));
    assertThat(JsonTree.config(new ModelFolder(resumed))
            .at("/provenance/output_bias")
            .textValue())
        .isEqualTo("data");
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  /** Trains for some epochs; the loss of the first step. */
  private static float firstLoss(Path out, String epochs, String... flags) throws IOException {
    Outcome outcome = Outcome.ofTraining(
        with(flags, "--epochs", epochs, "--history-steps", "1", "--out", out.toString()));
    assertThat(outcome.err()).isEmpty();
    return (float)
        JsonMembers.of(new ModelFolder(out).history().read().get(0)).number("loss", Double.NaN);
  }

  @Test
  void trainsAsThePapersThatFiguresAreComparedWith() throws IOException {
    Path iwae = folder.resolve("iwae");
    Outcome outcome = Outcome.of(
        "train --backend tensorflow --limit 40 --hidden 200,200 --latent 50 --activation tanh"
            .concat(" --init glorot --output-bias data --likelihood bernoulli")
            .concat(" --binarize stochastic --batch-size 20 --lr iwae --adam-epsilon 1e-4")
            .concat(
                " --adam-beta1 0.8 --adam-beta2 0.99 --epochs 5 --history-steps 2 --out " + iwae)
            .split(" ", -1));
    assertThat(outcome.err())
        .contains("the learning rate changes until epoch 1093", "epoch 5, at 0.000518")
        .hasLineCount(1);
    JsonNode options = JsonTree.config(new ModelFolder(iwae)).at("/provenance/options");
    assertThat(options.get("epsilon").doubleValue()).isEqualTo(1e-4);
    assertThat(options.get("beta1").doubleValue()).isEqualTo(0.8);
    assertThat(options.get("beta2").doubleValue()).isEqualTo(0.99);
    List<Double> rates = new ModelFolder(iwae)
        .history().read().stream()
            .filter(line -> line.has("learning_rate"))
            .map(line -> JsonMembers.of(line).number("learning_rate", Double.NaN))
            .toList();
    double second = 1e-3 * Math.pow(10, -1 / 7.0);
    double third = 1e-3 * Math.pow(10, -2 / 7.0);
    assertThat(rates).containsExactly(1e-3, second, second, second, third);
  }

  @Test
  void fixedBinarizationIsThatOfTheModelWhereverItIsUsed() throws IOException {
    Path model = folder.resolve("model");
    Outcome.ofTraining(
        "--likelihood",
        "bernoulli",
        "--binarize",
        "fixed",
        "--epochs",
        "1",
        "--out",
        model.toString());
    JsonNode found = JsonTree.config(new ModelFolder(model)).at("/provenance/test");
    String[] evaluate = {"evaluate", model.toString(), "--backend", "tensorflow", "--json"};
    JsonNode again = Outcome.of(evaluate).json();
    assertThat(again.get("binarization").textValue()).isEqualTo("fixed");
    assertThat(again.get("elbo").floatValue()).isEqualTo(found.get("elbo").floatValue());
    // The posteriors of the same images: another seed draws other points from them, no more.
    JsonNode other = Outcome.of(with(evaluate, "--seed", "2")).json();
    assertThat(other.get("kl").floatValue()).isEqualTo(again.get("kl").floatValue());
    assertThat(other.get("elbo").floatValue()).isNotEqualTo(again.get("elbo").floatValue());
  }

  @Test
  void aWidthDoesNotReplaceALikelihoodThatAFileNames() throws IOException {
    Path file = folder.resolve("model.json");
    Files.writeString(file, "{\"likelihood\": \"continuous-bernoulli\"}");
    for (String width : List.of("--sigma", "--scale")) {
      Outcome outcome = Outcome.ofTraining("--config", file.toString(), width, "0.1");
      assertThat(outcome.err())
          .contains("likelihood continuous-bernoulli: unknown option " + width.substring(2))
          .hasLineCount(1);
    }
    Files.writeString(file, "{\"likelihood\": {\"type\": \"discretized-logistic\"}}");
    assertThat(Outcome.ofTraining("--epochs", "1", "--config", file.toString(), "--scale", "0.2")
            .out())
        .contains("likelihood discretized-logistic");
  }
}
