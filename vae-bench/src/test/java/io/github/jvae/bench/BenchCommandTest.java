package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("vae bench")
class BenchCommandTest {
  @TempDir
  Path folder;

  @Test
  @DisplayName("runs each operation in a Java of its own and writes JMH's JSON")
  void runs() throws IOException {
    Path file = folder.resolve("jmh.json");
    Outcome outcome = Outcome.of(
        "bench",
        "--operations",
        "step,decode",
        "--workload",
        "mlp",
        "--backends",
        "nd4j",
        "--batch",
        "2",
        "--threads",
        "1",
        "--seconds",
        "0.05",
        "--warmups",
        "1",
        "--iterations",
        "1",
        "--out",
        file.toString(),
        "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode benchmarks = outcome.json().get("benchmarks");
    assertThat(benchmarks.findValuesAsText("benchmark"))
        .containsExactlyInAnyOrder(
            "io.github.jvae.bench.jmh.EngineBenchmark.step",
            "io.github.jvae.bench.jmh.EngineBenchmark.decode");
    for (JsonNode benchmark : benchmarks) {
      assertThat(benchmark.get("forks").intValue()).isEqualTo(1);
      assertThat(benchmark.at("/params/backend").textValue()).isEqualTo("nd4j");
      assertThat(benchmark.at("/params/batch").textValue()).isEqualTo("2");
      assertThat(benchmark.at("/primaryMetric/score").doubleValue()).isPositive();
    }
    assertThat(new JsonMapper().readTree(file.toFile())).isEqualTo(benchmarks);
    assertThat(outcome.err()).contains("median ms", "images/s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--operations sleep | must be step or encode or decode, not 'sleep'",
        "--workloads cathedral | must be mlp or conv or vamp or mlp-iwae or conv-iwae or iaf or resnet or ladder",
        "--backends quantum | unknown backend 'quantum'",
        "--batch 0 | must be a whole number from 1 to 2147483647",
        "--batch 8,,8 | must be a whole number from 1 to 2147483647",
        "--forks -1 | '--forks'",
        "--seconds 0 | --seconds must be above 0",
        "--seconds NaN | --seconds must be above 0",
      })
  @DisplayName("tells what is wrong with its options in one line")
  void refuses(String typed, String told) {
    Outcome outcome = Outcome.of(("bench " + typed).split(" ", -1));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("vae bench: ").contains(told).hasLineCount(1);
  }
}
