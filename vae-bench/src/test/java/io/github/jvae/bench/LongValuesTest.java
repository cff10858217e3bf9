package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.bench.compare.results.ResultsFile;
import io.github.jvae.bench.compare.results.SampleResults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a message repeats is cut, and every character of it can be seen:")
final class LongValuesTest {
  private static final String LONG = "x".repeat(100_000);
  private static final String HOSTILE = "a\u001b[2J\u202e\nb";

  @TempDir
  Path folder;

  /** A fault of one line that repeats little of the long value, and nothing invisible. */
  private static void requireLegible(Outcome outcome) {
    assertThat(outcome.code()).isPositive();
    assertThat(outcome.err())
        .startsWith("vae")
        .hasLineCount(1)
        .hasSizeLessThan(1500)
        .doesNotContain("x".repeat(400), "internal error", "\u001b", "\u202e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --backend=",
        "train --arch=",
        "train --likelihood=",
        "train --prior=",
        "train --objective=",
        "train --activation=",
        "train --init=",
        "train --elbo-form=",
        "train --sigma=",
        "train --scale=",
        "train --lr=",
        "train --lr=1e-3,5=",
        "train --beta=",
        "train --epochs=",
        "train --seed=",
        "train --adam-beta1=",
        "train --hidden=8,",
        "train --binarize=",
        "train --precision=",
        "train --output-bias=",
        "train --standardize=",
        "train --data=",
        "train --config=",
        "train --resume=",
        "train --likelihood-option=",
        "train --likelihood-option=scale=",
        "train --likelihood-option=sigma=",
        "train --arch conv --arch-option=kernel=",
        "train --arch layers --arch-option=encoder=",
        "train --",
        "train ",
        "data ",
        "evaluate ",
        "report ",
        "",
        "encode model --out=",
        "sample model --out=x.png --count=",
        "compare --backends=",
        "compare --against=",
        "compare --time-limit=",
        "speed --sweep=",
        "speed --sweep=batch=",
        "speed --workload=",
        "bench --operations=",
      })
  @DisplayName("on the command line")
  void typed(String line) {
    String[] words = line.split(" ", -1);
    for (String value : new String[] {LONG, "9".repeat(100_000), HOSTILE}) {
      List<String> typed = new ArrayList<>(List.of(words));
      typed.set(words.length - 1, words[words.length - 1] + value);
      requireLegible(Outcome.of(typed.toArray(String[]::new)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"%s\": 1}",
        "{\"input\": \"%s\"}",
        "{\"input\": [1, 28, \"%s\"]}",
        "{\"architecture\": {\"type\": \"%s\"}}",
        "{\"architecture\": {\"type\": \"mlp\", \"%s\": 1}}",
        "{\"architecture\": {\"type\": \"mlp\", \"hidden\": \"%s\"}}",
        "{\"architecture\": {\"type\": \"layers\", \"encoder\": [{\"layer\": \"%s\"}]}}",
        "{\"architecture\": {\"type\": \"layers\", \"encoder\": [{\"%s\": 1}]}}",
        "{\"likelihood\": {\"type\": \"gaussian\", \"sigma\": \"%s\"}}",
        "{\"prior\": [\"%s\"]}",
        "{\"latent\": \"%s\"}",
        "{\"a\": %s}",
        "{\"%1$s\": 1, \"%1$s\": 2}",
      })
  @DisplayName("of a configuration")
  void configured(String json) throws IOException {
    Path file = folder.resolve("config.json");
    for (String value : new String[] {LONG, "a\\u001b[2J\\u202e\\nb"}) {
      Files.writeString(file, String.format(json, value));
      requireLegible(Outcome.of("train", "--backend", "nd4j", "--config", file.toString()));
    }
  }

  @Test
  @DisplayName("of results")
  void results() throws IOException {
    Path file = folder.resolve(ResultsFile.NAME);
    for (String value : new String[] {LONG, HOSTILE}) {
      ResultsFile.write(file, SampleResults.complete());
      var json = JsonTree.read(file);
      json.withObject("/machine").put("cores", value);
      JsonTree.write(file, json);
      requireLegible(Outcome.of("report", folder.toString()));
    }
  }

  @Test
  @DisplayName("of a model's tensors and history")
  void tensors() throws IOException {
    assertThat(
            Outcome.ofTraining("--epochs", "1", "--out", folder.resolve("model").toString())
                .code())
        .isZero();
    Path file = folder.resolve("model").resolve("model.safetensors");
    String tensor = "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    for (String header : new String[] {
      "{\"%s\":" + tensor + "}",
      "{\"%1$s\":" + tensor + ",\"%1$s\":" + tensor + "}",
      "{\"%s\":3}",
      "{\"a\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,4]}}",
      "{\"__metadata__\":{\"%s\":3}}",
      "{\"a\":{\"%s\":3,\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
      "{\"a\":%s}",
    }) {
      for (String value : new String[] {LONG, "a\\u001b[2J\\u202e\\nb"}) {
        Files.write(file, safetensors(String.format(header, value)));
        requireLegible(Outcome.of("evaluate", folder.resolve("model").toString()));
      }
    }
  }

  private static byte[] safetensors(String header) {
    byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + bytes.length + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(bytes.length)
        .put(bytes)
        .array();
  }
}
