package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Calibration, by the command line")
final class CalibrationCommandTest {
  @TempDir
  private Path folder;

  private Path trained(String name, String... more) {
    Path model = folder.resolve(name);
    List<String> words = new ArrayList<>(List.of("--epochs", "1", "--out", model.toString()));
    words.addAll(Arrays.asList(more));
    Outcome outcome = Outcome.ofTrainingOn("nd4j", words.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return model;
  }

  private static Outcome evaluate(Path model, String... more) {
    List<String> words = new ArrayList<>(List.of(
        "evaluate",
        model.toString(),
        "--backend",
        "nd4j",
        "--threads",
        "1",
        "--simulations",
        "100"));
    words.addAll(Arrays.asList(more));
    return Outcome.of(words.toArray(String[]::new));
  }

  @Test
  @DisplayName("tells ranks and what all posteriors are together, with a picture")
  void told() throws JsonProcessingException {
    Path model = trained("model");
    Path picture = folder.resolve("ranks.png");
    Outcome outcome =
        evaluate(model, "--calibration", "--calibration-picture", picture.toString(), "--json");
    assertThat(outcome.err())
        .containsPattern("calibration +ranks of \\d of 3 quantities are uneven")
        .containsPattern("aggregate +KL .* of 64 examples is I\\(x;z\\), from")
        .containsPattern("% .* of prior draws lie in holes, 1.0 % expected");
    JsonNode found = outcome.json().path("calibration");
    assertThat(found.path("quantities")).hasSize(3);
    int total = 0;
    for (JsonNode count : found.path("quantities").get(0).path("counts")) {
      total += count.asInt();
    }
    assertThat(total).isEqualTo(100);
    assertThat(found.path("aggregate").path("examples").asInt()).isEqualTo(64);
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  @DisplayName("works for a model that is told classes, and says why not for a conditional prior")
  void conditions() {
    assertThat(
            evaluate(trained("told", "--condition", "label"), "--calibration").out())
        .contains("aggregate ");
    Path conditional = trained("conditional", "--condition", "label", "--prior", "conditional");
    assertThat(evaluate(conditional, "--calibration").err())
        .contains("is another under each condition");
  }

  @Test
  @DisplayName("is refused where there is no posterior or prior, and for numbers that do not fit")
  void refused() {
    Path rae = trained("rae", "--objective", "rae");
    assertThat(evaluate(rae, "--calibration").err())
        .contains("the objective rae trains neither a prior to draw from nor")
        .hasLineCount(1);
    Path vq = trained("vq", "--model", "vq");
    assertThat(evaluate(vq, "--calibration").err())
        .contains("calibration needs one prior")
        .hasLineCount(1);
    assertThat(evaluate(vq).err())
        .contains("--simulations goes with --calibration")
        .hasLineCount(1);
    Path model = trained("model");
    assertThat(evaluate(model, "--calibration", "--rank-bins", "7").err())
        .contains("one less than a multiple of them")
        .hasLineCount(1);
    assertThat(evaluate(model, "--calibration", "--rank-bins", "50").err())
        .contains("needs at least 250 simulations, not 100")
        .hasLineCount(1);
    assertThat(evaluate(model, "--calibration", "--aggregated", "2").err())
        .contains("posteriors of at least 3 examples");
  }
}
