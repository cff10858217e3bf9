package io.github.jvae.bench.compare.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.JsonTree;
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
    ObjectNode json = JsonTree.read(file);
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
    ObjectNode json = JsonTree.read(file);
    json.put("mood", "good");
    json.remove("sweeps");
    JsonTree.write(file, json);
    assertThat(ResultsFile.read(file).sweeps()).isEmpty();
    assertThat(ResultsFile.read(file).backends()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/setup | steps | null | setup.steps must be a whole number from 1 to 2147483647, not null",
        "/setup | steps | 99999999999 | setup.steps must be a whole number from 1 to 2147483647",
        "/setup | steps | 1.5 | setup.steps must be a whole number from 1 to 2147483647, not 1.5",
        "/setup | seed | 1e3 | setup.seed must be a whole number, not 1000.0",
        "/setup | model | null | setup.model must be a text, not null",
        "/setup | image_shape | [3] | setup.image_shape must have 3 elements, not 1",
        "/setup | image_shape | [3,0,1] | setup.image_shape[1] must be a whole number from 1",
        "/setup | kl_weight | -0.5 | setup.kl_weight must be a number of at least 0.0, not -0.5",
        "/setup | kl_weight | \"-Infinity\" | setup.kl_weight must be a number of at least 0.0",
        "/setup | kl_weight | \"x\" | setup.kl_weight must be a number, not 'x'",
        "/setup | kl_weight | 1e200 | must be 0 or of a size from 1.0E-100 to 1.0E100, not 1.0E200",
        "/machine | cores | \"2\" | machine.cores must be a whole number from 1 to 2147483647",
        "'' | partial | 1 | partial must be true or false, not 1",
        "'' | backends | {} | backends must be a list, not an object",
        "/backends/0 | status | \"FINE\" | backends[0].status must be one of COMPLETE, PARTIAL",
        "/backends/0 | name | \"..\" | backends[0].name must be a name of letters",
        "/backends/0 | name | \"a/b\" | backends[0].name must be a name of letters",
        "/backends/0 | name | \"djl\" | backends must not have 'djl' twice",
        "/backends/0 | phases | [null] | backends[0].phases[0] must be an object, not null",
        "/backends/0/losses | losses | [1] | backends[0].losses.losses must have as many elements",
        "/backends/0/losses/steps | 1 | 1 | steps[1] must be above the step before it, 1, not 1",
        "/sweeps/0 | quantity | \"../x\" | sweeps[0].quantity must be a name of letters",
        "/sweeps/1 | quantity | \"batch\" | sweeps must not have 'conv-batch' twice",
      })
  @DisplayName("is refused with the member that is wrong, and what it must be")
  void namesTheMember(String parent, String member, String value, String told) throws IOException {
    Path file = folder.resolve(ResultsFile.NAME);
    ResultsFile.write(file, SampleResults.complete());
    ObjectNode json = JsonTree.read(file);
    JsonNode node = new ObjectMapper().readTree(value);
    if (json.at(parent) instanceof ArrayNode list) {
      list.set(Integer.parseInt(member), node);
    } else {
      ((ObjectNode) json.at(parent)).set(member, node);
    }
    JsonTree.write(file, json);
    assertThatThrownBy(() -> ResultsFile.read(file))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(file + " holds no results of 'vae compare': ")
        .hasMessageContaining(told);
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
