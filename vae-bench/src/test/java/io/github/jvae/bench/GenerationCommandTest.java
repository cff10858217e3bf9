package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The images that a model makes, by the command line")
final class GenerationCommandTest {
  @TempDir
  private Path folder;

  private Outcome evaluate(Path model, String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "evaluate";
    arguments[1] = model.toString();
    arguments[2] = "--backend";
    arguments[3] = "tensorflow";
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Outcome.of(arguments);
  }

  @Test
  @DisplayName("are compared with real ones in the features of a classifier, and of nothing else")
  void compared() {
    Path model = folder.resolve("model");
    Path classifier = folder.resolve("classifier");
    Outcome.ofTraining("--epochs", "1", "--out", model.toString());
    Outcome.ofTraining(
        "--epochs",
        "1",
        "--model",
        "classifier",
        "--condition",
        "label",
        "--out",
        classifier.toString());
    assertThat(evaluate(model, "--generation", classifier.toString()).out())
        .containsPattern("Frechet distance \\d+\\.\\d+ of \\d+ examples, drawn from the prior")
        .contains("precision")
        .contains("recall");
    assertThat(evaluate(model, "--generation", model.toString()).err())
        .contains("features are those of a classifier, but the model is of the kind standard")
        .hasLineCount(1);
    assertThat(evaluate(model, "--generation", "elements", "--neighbors", "2").out())
        .containsPattern("of 64 examples, drawn from the prior, .* by their own 3072 numbers")
        .containsPattern("kernel distance -?\\d.* \\(standard error \\d.*\\); 100 subsets of 32")
        .containsPattern(
            "recall \\d\\.\\d+ by 2 nearest .* density \\d\\.\\d+, coverage \\d\\.\\d+ by 2");
    assertThat(evaluate(model, "--generation", "elements", "--neighbors", "64").err())
        .contains("--generation needs at least 65 examples for 64 nearest neighbours, and")
        .hasLineCount(1);
    assertThat(evaluate(model, "--generation", "none.onnx").err())
        .contains("none.onnx")
        .hasLineCount(1);
    assertThat(evaluate(model, "--generation", "elements", "--features-output", "y")
            .err())
        .contains("--features-output goes with a network");
    assertThat(evaluate(model, "--neighbors", "2").err())
        .contains("--neighbors goes with --generation");
    Path networks = folder.resolve("networks");
    Outcome.of("export", model.toString(), "--out", networks.toString());
    assertThat(evaluate(
                model,
                "--generation",
                networks.resolve("encoder.onnx").toString(),
                "--features-output",
                "mean")
            .out())
        .containsPattern("by 2 features of '.*encoder\\.onnx");
    assertThat(evaluate(model, "--generation", networks.resolve("decoder.onnx").toString())
            .err())
        .contains("decoder.onnx takes examples [2], but the model makes [3, 32, 32]")
        .hasLineCount(1);
    assertThat(evaluate(model, "--sampler", "maf").err())
        .contains("--sampler goes with --generation");
    assertThat(evaluate(classifier).err())
        .contains("is a classifier, which says nothing of images")
        .hasLineCount(1);
  }
}
