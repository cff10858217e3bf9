package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Backends;
import io.github.jvae.checkpoint.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("On every backend")
class EveryBackendTest {
  @TempDir
  Path folder;

  static List<String> backends() {
    return Backends.available().stream()
        .filter(backend -> backend.unavailable().isEmpty())
        .map(BackendModule::name)
        .toList();
  }

  private Path train(String backend, String... more) {
    Path model = folder.resolve(backend);
    String[] arguments = Stream.concat(
            Stream.of("--epochs", "1", "--out", model.toString()), Stream.of(more))
        .toArray(String[]::new);
    Outcome outcome = Outcome.ofTrainingOn(backend, arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return model;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void allCommandsWork(String backend) throws IOException {
    String model = train(backend).toString();
    assertThat(Outcome.of("train", "--resume", model, "--backend", backend, "--epochs", "2")
            .out())
        .contains("going on after step 4");
    for (String command : List.of("sample", "reconstruct", "interpolate")) {
      assertWrites(folder.resolve(command + ".png"), command, model, "--backend", backend);
    }
    assertWrites(folder.resolve("codes.csv"), "encode", model, "--backend", backend);
    Outcome speed = Outcome.of(
        "speed", "--backend", backend, "--seconds", "0.2", "--batch-size", "8", "--json");
    assertThat(speed.json().get("steps_per_second").get("median").doubleValue()).isPositive();
    Outcome evaluate = Outcome.of("evaluate", model, "--backend", backend, "--json");
    assertThat(evaluate.json().get("elbo").floatValue()).isEqualTo(found(model, "/test/elbo"));
  }

  private static void assertWrites(Path file, String... arguments) {
    Outcome outcome =
        Outcome.of(Stream.concat(Stream.of(arguments), Stream.of("--out", file.toString()))
            .toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(file).isNotEmptyFile();
  }

  private static float found(String model, String pointer) throws IOException {
    JsonNode json =
        JsonTree.config(new ModelFolder(Path.of(model))).get("provenance").at(pointer);
    assertThat(json.isNumber()).as(pointer).isTrue();
    return json.floatValue();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void bfloat16IsComputedOrRefusedInOneLine(String backend) throws IOException {
    String rounded = folder.resolve("bf16").toString();
    Outcome outcome =
        Outcome.ofTrainingOn(backend, "--epochs", "1", "--precision", "bf16", "--out", rounded);
    if (outcome.code() != 0) {
      assertThat(outcome.err()).startsWith("vae train: ").contains("precision").hasLineCount(1);
      assertThat(folder).isEmptyDirectory();
      return;
    }
    float expected = found(train(backend).toString(), "/test/elbo");
    assertThat(Math.abs(found(rounded, "/test/elbo") / expected - 1))
        .isPositive()
        .isLessThan(0.01f);
  }

  @Test
  void aModelTrainedInBfloat16IsUsedInThatPrecisionUnlessAskedOtherwise() throws IOException {
    Outcome possible = Outcome.ofTrainingOn("djl", "--epochs", "1", "--precision", "bf16");
    assumeFalse(
        possible.err().contains("does not tell the sizes of its processor's caches"),
        "skipped: declared as a gap on this machine");
    String model = train("djl", "--precision", "bf16").toString();
    float trained = found(model, "/test/elbo");
    assertThat(elbo(model, "djl")).isEqualTo(trained);
    float single = elbo(model, "djl", "--precision", "float32");
    assertThat(single).isNotEqualTo(trained);
    assertThat(Math.abs(elbo(model, "nd4j", "--precision", "float32") / single - 1))
        .isLessThan(1e-5f);
  }

  private static float elbo(String model, String backend, String... more) throws IOException {
    Outcome outcome = Outcome.of(
        Stream.concat(Stream.of("evaluate", model, "--backend", backend, "--json"), Stream.of(more))
            .toArray(String[]::new));
    return outcome.json().get("elbo").floatValue();
  }
}
