package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A model exported by the command line")
final class ExportCommandTest {
  @TempDir
  private Path folder;

  @Test
  @DisplayName("becomes five files that are told of, in a folder that nothing else is in")
  void export() throws IOException {
    Path model = folder.resolve("model");
    assertThat(Outcome.ofTraining("--epochs", "1", "--out", model.toString()).code())
        .isZero();
    Path out = folder.resolve("onnx");
    Outcome done = Outcome.of("export", model.toString(), "--out", out.toString());
    assertThat(done.err()).isEmpty();
    for (String name : new String[] {"encoder", "decoder", "reconstruct", "prior", "score"}) {
      assertThat(done.out()).contains(name + ".onnx");
      assertThat(Files.size(out.resolve(name + ".onnx"))).isPositive();
    }
    Outcome again = Outcome.of("export", model.toString(), "--out", out.toString());
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("is not empty").contains("new or an empty").hasLineCount(1);
  }

  @Test
  @DisplayName("is refused in one line where there is no model, or no such format")
  void refused() {
    Path out = folder.resolve("onnx");
    String none = folder.resolve("none").toString();
    assertThat(Outcome.of("export", none, "--out", out.toString()).err()).hasLineCount(1);
    assertThat(Outcome.of("export", none, "--format", "pickle", "--out", out.toString())
            .code())
        .isEqualTo(2);
    assertThat(out).doesNotExist();
  }
}
