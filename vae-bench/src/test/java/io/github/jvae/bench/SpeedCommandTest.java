package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("vae speed")
class SpeedCommandTest {
  @Test
  @DisplayName("sweeps: each point is a process with its own threads, and all of it is in the JSON")
  void sweeps() throws IOException {
    Outcome outcome = Outcome.of(
        "speed",
        "--workload",
        "mlp",
        "--sweep",
        "threads=1,2",
        "--sweep",
        "latent=3",
        "--backends",
        "nd4j,tensorflow",
        "--batch",
        "2",
        "--seconds",
        "0.1",
        "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode json = outcome.json();
    assertThat(json.get("partial").booleanValue()).isFalse();
    assertThat(json.get("sweeps").findValuesAsText("sweep")).containsExactly("threads", "latent");
    JsonNode threads = json.at("/sweeps/0/points");
    assertThat(threads.findValuesAsText("value")).containsExactly("1", "1", "2", "2");
    assertThat(threads.findValuesAsText("threads")).containsExactly("1", "1", "2", "2");
    assertThat(threads.findValuesAsText("backend"))
        .containsExactly("nd4j", "tensorflow", "nd4j", "tensorflow");
    JsonNode latent = json.at("/sweeps/1/points");
    assertThat(latent.findValuesAsText("latent")).containsExactly("3", "3");
    for (JsonNode point : threads) {
      assertThat(point.get("failure").isNull()).isTrue();
      assertThat(point.get("batch").intValue()).isEqualTo(2);
      assertThat(point.at("/steps_per_second/median").doubleValue()).isPositive();
    }
    assertThat(outcome.err()).contains("threads  backend", " latent  backend", "images/s");
  }

  @Test
  @DisplayName("shows a point that fails as a row with its reason, goes on, and says so at the end")
  void failingPoint() throws IOException {
    Outcome outcome = Outcome.of(
        "speed",
        "--sweep",
        "threads=100000,1",
        "--backend",
        "nd4j",
        "--batch",
        "2",
        "--seconds",
        "0.1",
        "--json");
    assertThat(outcome.code()).isEqualTo(1);
    JsonNode points = outcome.json().at("/sweeps/0/points");
    assertThat(points.get(0).get("failure").textValue())
        .contains("must be a whole number from 1 to 1024");
    assertThat(points.get(1).at("/steps_per_second/median").doubleValue()).isPositive();
    assertThat(outcome.err())
        .contains("failed: Invalid value", "must be a whole number from 1 to 1024");
  }

  @Test
  @DisplayName("--latency: single calls in microseconds, and what several threads get answered")
  void latency() throws IOException {
    Outcome outcome = Outcome.of(
        "speed",
        "--latency",
        "--backend",
        "nd4j",
        "--threads",
        "1",
        "--clients",
        "2",
        "--seconds",
        "0.2",
        "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode json = outcome.json();
    for (String call : new String[] {"encode", "decode", "reconstruct", "score"}) {
      JsonNode latency = json.at("/latency_us/" + call);
      assertThat(latency.get("p50").doubleValue()).isPositive();
      assertThat(latency.get("p99").doubleValue())
          .isGreaterThanOrEqualTo(latency.get("p90").doubleValue());
      assertThat(latency.get("bytes_per_call").longValue()).isPositive();
    }
    assertThat(json.at("/reconstructions_per_second/2").doubleValue()).isPositive();
    assertThat(json.at("/gathered_reconstructions_per_second/1").doubleValue()).isPositive();
    assertThat(outcome.err()).contains("p99 µs", "2 client(s)", "gathered");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sweep batch | must be a name and values, such as batch=1,8,32",
        "--sweep batch= | must be a whole number from 1 to 2147483647, not ''",
        "--sweep batch=8,0 | must be a whole number from 1 to 2147483647, not '0'",
        "--sweep colour=1 | must vary one of batch, latent, threads, not 'colour'",
        "--sweep batch=1 --sweep batch=2 | two sweeps of batch",
        "--sweep batch=1 --batch 8 | --batch and --sweep batch both set it",
        "--sweep batch=1 --backends quantum | unknown backend 'quantum'",
        "--backends nd4j | --backends goes with --sweep",
        "--sweep batch=1 --backends nd4j --backend djl | name engines; give one of them",
        "--latent 0 | '--latent'",
        "--seconds 0 | --seconds must be above 0",
        "--clients 2 | --clients goes with --latency",
        "--latency --batch 2 | one example at a time; leave out --batch",
        "--latency --sweep batch=1 | one example at a time; leave out --sweep",
      })
  @DisplayName("tells what is wrong with its options in one line")
  void refuses(String typed, String told) {
    Outcome outcome = Outcome.of(("speed " + typed).split(" ", -1));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("vae speed: ").contains(told).hasLineCount(1);
  }
}
