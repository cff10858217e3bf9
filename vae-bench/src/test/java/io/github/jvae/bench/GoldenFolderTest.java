package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.compatibility.GoldenFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A model folder of format 1, by the command line on every backend")
class GoldenFolderTest {
  @TempDir
  Path parent;

  static Stream<Arguments> foldersAndBackends() {
    return GoldenFolder.all().stream()
        .flatMap(golden ->
            EveryBackendTest.backends().stream().map(backend -> Arguments.of(golden, backend)));
  }

  @ParameterizedTest
  @MethodSource("foldersAndBackends")
  void evaluatesAndResumesAsWhenItWasWritten(GoldenFolder golden, String backend)
      throws IOException {
    Path folder = golden.copyInto(parent);
    Outcome evaluated = Outcome.of("evaluate", folder.toString(), "--backend", backend, "--json");
    assertThat(evaluated.json().get("elbo").doubleValue())
        .isCloseTo(golden.elbo(), within(1e-6 * Math.abs(golden.elbo())));

    String epochs = Integer.toString(GoldenFolder.EPOCHS + 1);
    Outcome resumed = Outcome.of(
        "train", "--resume", folder.toString(), "--backend", backend, "--epochs", epochs);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    List<String> history = Files.readAllLines(folder.resolve(ModelFolder.HISTORY));
    JsonNode last = new JsonMapper().readTree(history.get(history.size() - 1));
    assertThat(last.get("epoch").intValue()).isEqualTo(GoldenFolder.EPOCHS + 1);
    assertThat(last.at("/train/loss").doubleValue())
        .isCloseTo(golden.resumedLoss(), within(1e-5 * Math.abs(golden.resumedLoss())));
  }
}
