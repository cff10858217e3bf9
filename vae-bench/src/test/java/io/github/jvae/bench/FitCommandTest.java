package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A sampler fitted by the command line")
final class FitCommandTest {
  @TempDir
  private Path folder;

  private Outcome run(String command, Path model, String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = command;
    arguments[1] = model.toString();
    arguments[2] = "--backend";
    arguments[3] = "tensorflow";
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Outcome.of(arguments);
  }

  @Test
  @DisplayName("is judged on other images, kept in the model's folder and drawn from by name")
  void fitAndSample() {
    Path model = folder.resolve("model");
    Path picture = folder.resolve("picture.png");
    assertThat(Outcome.ofTraining("--epochs", "1", "--out", model.toString()).code())
        .isZero();
    String[] sample = {"--sampler", "mixture", "--count", "4", "--out", picture.toString()};
    assertThat(run("sample", model, sample).err())
        .contains("no sampler 'mixture' was fitted")
        .contains("vae fit")
        .hasLineCount(1);
    assertThat(run("fit", model, "--sampler", "mixture", "--components", "2").out())
        .contains("mixture fitted to 58 latent vectors; log-likelihood of 6 others");
    assertThat(run("sample", model, sample).code()).isZero();
    assertThat(picture).exists();
    // Two stages run on the engine, as the model does.
    assertThat(
            run("fit", model, "--sampler", "two-stage", "--epochs", "1", "--hidden", "4", "--json")
                .out())
        .contains("\"sampler\":\"two-stage\"")
        .contains("standard_normal_log_likelihood");
  }

  @Test
  @DisplayName("draws under the conditions that the model is told")
  void conditional() {
    Path model = folder.resolve("model");
    Path picture = folder.resolve("picture.png");
    assertThat(
            Outcome.ofTraining("--epochs", "1", "--condition", "label", "--out", model.toString())
                .code())
        .isZero();
    assertThat(run("fit", model, "--sampler", "maf", "--epochs", "1").out())
        .contains("maf fitted to 58 latent vectors");
    String[] sample = {"--sampler", "maf", "--count", "4", "--out", picture.toString()};
    assertThat(run("sample", model, sample).err()).contains("label").hasLineCount(1);
    assertThat(picture).doesNotExist();
    String[] told = Stream.concat(Arrays.stream(sample), Stream.of("--condition", "label=1"))
        .toArray(String[]::new);
    assertThat(run("sample", model, told).code()).isZero();
    assertThat(picture).exists();
  }

  @Test
  @DisplayName("is refused if its type is none, or it is too large for the data")
  void refused() {
    Path model = folder.resolve("model");
    assertThat(Outcome.ofTraining("--epochs", "1", "--out", model.toString()).code())
        .isZero();
    assertThat(run("fit", model, "--sampler", "nice").err())
        .contains("there is no sampler 'nice', but mixture, real-nvp, maf, two-stage")
        .hasLineCount(1);
    assertThat(run("fit", model, "--sampler", "mixture", "--components", "50").err())
        .contains("needs at least 150 examples, but there are 58; take fewer components")
        .hasLineCount(1);
  }
}
