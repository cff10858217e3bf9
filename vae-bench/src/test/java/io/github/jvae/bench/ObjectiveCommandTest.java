package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A model trained by another objective")
class ObjectiveCommandTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource({
    "iwae, iwae",
    "beta-tc, total_correlation",
    "capacity --schedule capacity=0..9@2, capacity_penalty"
  })
  @DisplayName("is judged alike at the end of its training and once saved, beside its ELBO")
  void evaluates(String objective, String term) throws JsonProcessingException {
    String model = folder.resolve("model").toString();
    String[] flags =
        ("--epochs 1 --json --out " + model + " --objective " + objective).split(" ", -1);
    Outcome trained = Outcome.ofTraining(flags);
    assertThat(trained.err()).contains(term);
    JsonNode atEnd = trained.json();
    Outcome evaluated =
        Outcome.of("evaluate", model, "--backend", "tensorflow", "--batch-size", "16", "--json");
    for (String name : new String[] {"elbo", term}) {
      double before = atEnd.get(name).doubleValue();
      assertThat(before).as(name).isNotZero();
      assertThat(evaluated.json().get(name).doubleValue())
          .as(name)
          .isCloseTo(before, within(1e-4 * Math.abs(before)));
    }
  }
}
