package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A curve of rate and distortion, by the command line")
final class CurveCommandTest {
  @TempDir
  private Path folder;

  private static Outcome curve(Path out, String betas, String... more) {
    List<String> words = new ArrayList<>(List.of("curve", "--out", out.toString()));
    words.addAll(List.of("--betas", betas));
    String[] training = Outcome.trainingOn("nd4j", more);
    words.addAll(Arrays.asList(training).subList(1, training.length));
    return Outcome.of(words.toArray(String[]::new));
  }

  @Test
  @DisplayName("trains a model for each weight, keeps what is done, and goes on with the rest")
  void grows() throws IOException {
    Path out = folder.resolve("curve");
    Outcome first = curve(out, "0.5,50", "--epochs", "2", "--sigma", "1", "--json");
    assertThat(first.err()).contains("beta 0.5:").contains("epoch 2/2");
    JsonNode points = first.json().path("points");
    assertThat(points).hasSize(2);
    assertThat(points.get(0).path("rate").asDouble())
        .isGreaterThan(points.get(1).path("rate").asDouble());
    for (JsonNode point : points) {
      assertThat(point.path("elbo").asDouble())
          .isCloseTo(
              -point.path("rate").asDouble() - point.path("distortion").asDouble(), within(1e-3));
    }
    Path weights = out.resolve("beta-0.5").resolve("model.safetensors");
    FileTime made = Files.getLastModifiedTime(weights);
    Outcome more = curve(out, "0.5,5,50", "--epochs", "2", "--sigma", "1");
    assertThat(more.out())
        .contains("beta 0.5: done before")
        .contains("beta 5:")
        .containsPattern("beta +rate +distortion +ELBO");
    assertThat(Files.getLastModifiedTime(weights)).isEqualTo(made);
    assertThat(Files.readAllLines(out.resolve("curve.csv")))
        .hasSize(4)
        .first()
        .isEqualTo("beta,rate,distortion,elbo,elbo_standard_error");
    assertThat(out.resolve("curve.png")).isNotEmptyFile();
    assertThat(curve(out, "0.5", "--epochs", "3", "--sigma", "1").err())
        .contains("was begun with")
        .contains("--epochs 2")
        .contains("give the same options, or another --out")
        .hasLineCount(1);
    Path other = folder.resolve("other");
    String models = out.resolve("beta-50") + "," + out.resolve("beta-0.5");
    Outcome again = Outcome.of(
        "curve",
        "--models",
        models,
        "--out",
        other.toString(),
        "--limit",
        "64",
        "--backend",
        "nd4j",
        "--json");
    assertThat(again.json().path("points").get(0).path("beta").asDouble()).isEqualTo(0.5);
    assertThat(again.json().path("points").get(0).path("rate").asDouble())
        .isCloseTo(points.get(0).path("rate").asDouble(), within(1e-3));
    assertThat(again.json().path("points").get(1).path("beta").asDouble()).isEqualTo(50);
  }

  @Test
  @DisplayName("is refused without weights, with wrong ones, and with options that are not for it")
  void refused() {
    Path out = folder.resolve("none");
    assertThat(Outcome.of("curve", "--out", out.toString()).err())
        .contains("name the weights of the divergence with --betas");
    assertThat(curve(out, "1,-1").err()).contains("--betas must be from 0 to 1e9, not -1.0");
    assertThat(curve(out, "1,1.0").err()).contains("--betas has 1 twice");
    assertThat(curve(out, "1,x").err()).contains("--betas").contains("x");
    assertThat(curve(out, "1", "--beta", "2").err())
        .contains("--beta is not for 'vae curve'")
        .hasLineCount(1);
    assertThat(curve(out, "1", "--epoch", "2").err()).contains("--epoch").contains("nknown");
    assertThat(curve(out, "1,2", "--objective", "iwae", "--quiet").err())
        .contains("iwae")
        .hasLineCount(1);
    assertThat(Outcome.of("curve", "--out", out.toString(), "--models", folder + "/gone")
            .err())
        .contains("gone")
        .hasLineCount(1);
    assertThat(out.resolve("beta-1")).doesNotExist();
  }
}
