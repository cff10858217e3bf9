package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Latent dimensions beside known factors, by the command line")
final class FactorsCommandTest {
  private static final String BACKEND = "nd4j";

  @TempDir
  private static Path folder;

  @BeforeAll
  static void train() {
    train("one", "1");
    train("two", "2");
  }

  private static void train(String name, String seed) {
    Outcome.ofTrainingOn(
        BACKEND,
        "--arch",
        "mlp",
        "--epochs",
        "8",
        // Whose code does not vanish in so few steps.
        "--objective",
        "rae",
        "--seed",
        seed,
        "--out",
        folder.resolve(name).toString());
  }

  private static Outcome evaluate(String model, String... more) {
    List<String> words = new ArrayList<>(List.of(
        "evaluate", folder.resolve(model).toString(), "--backend", BACKEND, "--threads", "1"));
    words.addAll(List.of(more));
    return Outcome.of(words.toArray(String[]::new));
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  @DisplayName("are told as a table and as JSON, of one model and of several")
  void told() throws JsonProcessingException {
    Outcome table = evaluate("one", "--factors", "--resamples", "3");
    assertThat(table.out())
        .contains(
            "shape (4 categories), x, y, size, rotation, hue; active: 2 of 2 latent dimensions")
        .contains("label is left out: it says the same as shape")
        .containsPattern("MIG +\\d\\.\\d{3} +\\d\\.\\d{3}\n")
        .containsPattern("FactorVAE score +- +needs 10 examples that are alike in \\w+\n")
        .doesNotContain("UDR");
    JsonNode one =
        evaluate("one", "--factors", "--resamples", "0", "--json").json().get("disentanglement");
    assertThat(one.get("factors")).hasSize(6);
    assertThat(one.get("active_dimensions").intValue()).isEqualTo(2);
    assertThat(one.at("/scores/sap/value").doubleValue()).isBetween(0.0, 1.0);
    assertThat(one.at("/scores/sap/standard_error").isNull()).isTrue();
    assertThat(one.at("/scores/factor_vae/obstacle").textValue()).startsWith("needs 10 examples");
    assertThat(one.has("models")).isFalse();
    JsonNode both = evaluate("one", "--factors", "--json", "--against", path("two"))
        .json()
        .get("disentanglement");
    assertThat(both.at("/scores/sap/value")).isEqualTo(one.at("/scores/sap/value"));
    double first = both.at("/models/0/scores/sap/value").doubleValue();
    double second = both.at("/models/1/scores/sap/value").doubleValue();
    assertThat(first).isEqualTo(one.at("/scores/sap/value").doubleValue());
    assertThat(both.at("/over_models/sap/mean").doubleValue())
        .isCloseTo((first + second) / 2, within(1e-12));
    assertThat(both.at("/over_models/sap/standard_error").doubleValue())
        .isCloseTo(Math.abs(first - second) / 2, within(1e-12));
    assertThat(both.at("/over_models/udr/mean").doubleValue()).isBetween(0.0, 1.0);
    assertThat(evaluate("one", "--factors", "--resamples", "0", "--against", path("two"))
            .out())
        .contains("mean of 2 models  standard error")
        .containsPattern("UDR +\\d\\.\\d{3} +- +\\d\\.\\d{3} +\\d\\.\\d{3}\n");
  }

  @Test
  @DisplayName("are not told where there is nothing to compare, in one line that says why")
  void refused() {
    refused(
        "there is no factor colour; the factors are shape", "--factors", "--categorical=colour");
    refused("19 examples are too few", "--factors", "--limit", "19");
    refused("go with --factors", "--resamples", "5");
    refused("which is compared already", "--factors", "--against", path("two"), path("two"));
    refused("which is compared already", "--factors", "--against", path("one"));
    refused("nowhere", "--factors", "--against", path("nowhere"));
    train("again", "1");
    refused("was trained with the same seed", "--factors", "--against", path("again"));
  }

  private static void refused(String why, String... flags) {
    Outcome outcome = evaluate("one", flags);
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.err()).contains(why).hasLineCount(1);
    assertThat(outcome.out()).doesNotContain("ELBO");
  }
}
