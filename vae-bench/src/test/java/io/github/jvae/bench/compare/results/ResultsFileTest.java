package io.github.jvae.bench.compare.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.checkpoint.JsonFile;
import io.github.jvae.error.VaeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The file of results")
final class ResultsFileTest {
  @TempDir
  Path folder;

  @Test
  @DisplayName("gives back what was written, what is missing and what is no number included")
  void roundTrip() {
    Path file = folder.resolve(ResultsFile.NAME);
    for (ComparisonResults results : List.of(
        SampleResults.complete(),
        SampleResults.withFailure("it crashed"),
        SampleResults.of(List.of(SampleResults.diverged("nd4j")), true, SampleResults.change()))) {
      ResultsFile.write(file, results);
      assertThat(ResultsFile.read(file)).isEqualTo(results);
    }
  }

  @Test
  @DisplayName("names members in snake case, with their units")
  void names() {
    Path file = folder.resolve(ResultsFile.NAME);
    ResultsFile.write(file, SampleResults.complete());
    ObjectNode json = JsonFile.read(file);
    assertThat(json.get("schema").intValue()).isEqualTo(ResultsFile.SCHEMA);
    assertThat(json.at("/backends/0/training/images_per_second").size()).isEqualTo(3);
    assertThat(json.at("/backends/0/startup/first_step_ms/median").doubleValue())
        .isEqualTo(320);
    assertThat(json.at("/backends/0/status").textValue()).isEqualTo("COMPLETE");
    assertThat(json.at("/setup/image_shape").toString()).isEqualTo("[3,32,32]");
  }

  @Test
  @DisplayName("may have members that a later version adds, and lack lists")
  void tolerant() {
    Path file = folder.resolve(ResultsFile.NAME);
    ResultsFile.write(file, SampleResults.complete());
    ObjectNode json = JsonFile.read(file);
    json.put("mood", "good");
    json.remove("sweeps");
    JsonFile.write(file, json);
    assertThat(ResultsFile.read(file).sweeps()).isEmpty();
    assertThat(ResultsFile.read(file).backends()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | holds no results of 'vae compare'",
        "{\"schema\":1} | holds no results of 'vae compare'",
        "{\"schema\":99,\"setup\":{},\"machine\":{}} | reads up to 1; use a newer jvae",
        "{\"schema\":1,\"setup\":{\"steps\":\"many\"},\"machine\":{}} | holds no results",
        "{\"schema\": | invalid JSON",
      })
  @DisplayName("that is none is refused in one line that names it")
  void refuses(String text, String told) throws IOException {
    Path file = folder.resolve("other.json");
    Files.writeString(file, text);
    assertThatThrownBy(() -> ResultsFile.read(file))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("other.json")
        .hasMessageContaining(told);
  }
}
