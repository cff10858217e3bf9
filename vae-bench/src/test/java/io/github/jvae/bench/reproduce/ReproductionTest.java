package io.github.jvae.bench.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

@DisplayName("What came of a recipe")
class ReproductionTest {
  private static final Figure FIGURE =
      new Figure(Quantity.NEGATIVE_LOG_LIKELIHOOD, 89.75, 0.25, "Somebody | 2016");

  @TempDir
  Path folder;

  private static Reproduction result(double found) {
    return new Reproduction(
        "small",
        "A small one",
        "shapes",
        FIGURE,
        new Finding(found, 0.25, 0.004, 200, 10_000),
        new Circumstances(
            "nd4j",
            "libnd4j 1",
            "cpu",
            2,
            500,
            250_000,
            1500.5,
            60,
            "0.1",
            "17",
            "Linux amd64",
            List.of("vae train --data shapes", "vae evaluate m")));
  }

  @ParameterizedTest
  @CsvSource({
    "89.75, WITHIN, within 0.25",
    "90.0, WITHIN, within 0.25",
    "89.5, WITHIN, within 0.25",
    "90.01, MISSED, missed by 0.26",
    "89.49, BETTER, better by 0.26",
    "1e9, MISSED, missed by 999999910.25"
  })
  @DisplayName("is within the tolerance, its bounds included, or missed, or better")
  void verdict(double found, Verdict verdict, String words) {
    assertThat(FIGURE.verdict(found)).isEqualTo(verdict);
    assertThat(verdict.words(FIGURE, found)).isEqualTo(words);
  }

  @Test
  @DisplayName("is read as it was written, and nothing else is beside it")
  void written() throws IOException {
    Path file = folder.resolve(Reproduction.FILE);
    result(90.5).write(file);
    assertThat(Reproduction.read(file)).isEqualTo(result(90.5));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    JsonNode json = new JsonMapper().readTree(file.toFile());
    assertThat(json.path("verdict").asText()).isEqualTo("missed");
    assertThat(json.path("found").doubleValue()).isEqualTo(90.5);
    assertThat(json.path("commands")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"found\" : 90.5 | \"found\" : | invalid JSON",
        "\"found\": 90.5 | \"found\": 89.7 | says the verdict \"missed\", but its numbers give within",
        "\"found\": 90.5 | \"found\": \"x\" | found must be a number",
        "\"found\": 90.5, |  | found is missing",
        "\"-log p(x)\" | \"FID\" | figure.quantity must be one of",
        "\"format\": 1 | \"format\": 2 | its format is 2, not 1",
        "\"format\": 1, |  | its format is 0, not 1",
        "\"draws\": 200 | \"draws\": -1 | draws must be a whole number from 0",
      })
  @DisplayName("is refused where its file is damaged, with file and fault in one line")
  void damaged(String right, String wrong, String told) throws IOException {
    Path file = folder.resolve(Reproduction.FILE);
    result(90.5).write(file);
    String plain = right.replace("\" :", "\":");
    String text = Files.readString(file);
    assertThat(text).contains(plain);
    Files.writeString(file, text.replace(plain, wrong == null ? "" : wrong));
    assertThatThrownBy(() -> Reproduction.read(file))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(told)
        .message()
        .doesNotContain("\n");
  }

  @Test
  @DisplayName("is read out of an evaluation, as the quantity has it")
  void found() throws IOException {
    JsonNode evaluation = new JsonMapper().readTree("""
            {"images": 100, "elbo": -2048.0, "elbo_standard_error": 4.0, "bits_per_dim": 4.0,
             "marginal_log_likelihood": -2040.5, "marginal_log_likelihood_standard_error": 3.5,
             "marginal_log_likelihood_sampling_error": 0.25, "samples": 50}
            """);
    assertThat(Finding.of(Quantity.NEGATIVE_LOG_LIKELIHOOD, evaluation))
        .isEqualTo(new Finding(2040.5, 3.5, 0.25, 50, 100));
    assertThat(Finding.of(Quantity.NEGATIVE_ELBO, evaluation))
        .isEqualTo(new Finding(2048, 4, 0, 0, 100));
    Finding bits = Finding.of(Quantity.BITS_PER_DIM, evaluation);
    assertThat(bits.value()).isEqualTo(4);
    // 2048 nats are 4 bits/dim here, so that 4 nats are 4 / 512 of it.
    assertThat(bits.standardError()).isCloseTo(4.0 / 512, within(1e-15));
    assertThatThrownBy(() -> Finding.of(
            Quantity.BITS_PER_DIM,
            new JsonMapper().readTree("{\"elbo\": -1, \"bits_per_dim\": null}")))
        .hasMessageContaining("tells no 'bits_per_dim'");
  }

  @Test
  @DisplayName("stands in a table, a miss in bold, between the marks of a page")
  void table() throws IOException {
    for (double found : new double[] {90.5, 89.8}) {
      Path within = Files.createDirectories(folder.resolve("out/r" + found));
      result(found).write(within.resolve(Reproduction.FILE));
    }
    List<String> table = ResultsTable.markdown(ResultsTable.find(List.of(folder.resolve("out"))));
    assertThat(table).hasSize(4).allMatch(line -> line.startsWith("| ") && line.endsWith(" |"));
    assertThat(table.get(2)).contains("**89.80** | 0.250, of 200 draws 0.004 | within 0.25 |");
    assertThat(table.get(3))
        .contains("`small` | shapes | -log p(x) | 89.75 (Somebody \\| 2016) | **90.50** |")
        .contains("| **missed by 0.75** | nd4j, libnd4j 1, 2 threads |")
        .endsWith("500 epochs, 250000 steps, 25 min |");

    Path page = folder.resolve("page.md");
    Files.writeString(
        page, "before\n" + ResultsTable.BEGIN + "\nold\n" + ResultsTable.END + "\nafter\n");
    ResultsTable.put(page, table);
    String once = Files.readString(page);
    assertThat(once)
        .startsWith("before\n" + ResultsTable.BEGIN + "\n\n| recipe |")
        .endsWith(" |\n\n" + ResultsTable.END + "\nafter\n")
        .doesNotContain("old");
    ResultsTable.put(page, table);
    assertThat(page).hasContent(once);

    Files.writeString(page, ResultsTable.END + ResultsTable.BEGIN);
    assertThatThrownBy(() -> ResultsTable.put(page, table))
        .hasMessageContaining("has no place for a table");
    assertThatThrownBy(() -> ResultsTable.find(List.of(folder)))
        .hasMessageContaining("there is no result.json in " + folder);
    assertThatThrownBy(() -> ResultsTable.find(List.of(folder.resolve("nowhere"))))
        .hasMessageContaining("cannot look into");
  }
}
