package io.github.jvae.checkpoint.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A JSON file")
class JsonFileTest {
  @TempDir
  Path folder;

  @Test
  @DisplayName("is indented by two spaces, in the order of writing, and ends in a line feed")
  void layout() throws IOException {
    Options object = Options.none()
        .with("zebra", 1)
        .with("ant", "é")
        .with("list", OptionValue.of(List.of(1, 2)))
        .with("inner", Options.none().with("sigma", 0.1));
    Path file = folder.resolve("config.json");
    JsonFile.write(file, object);
    assertThat(Files.readString(file)).isEqualTo("""
            {
              "zebra": 1,
              "ant": "é",
              "list": [ 1, 2 ],
              "inner": {
                "sigma": 0.1
              }
            }
            """);
    assertThat(JsonFile.read(file)).isEqualTo(object);
  }

  @Test
  @DisplayName("that is invalid names line and column")
  void invalid() throws IOException {
    Path file =
        Files.writeString(folder.resolve("config.json"), "{\n  \"a\": 1,\n  \"b\": oops\n}");
    assertThatThrownBy(() -> JsonFile.read(file))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("line 3, column")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest(name = "as ''{0}''")
  @DisplayName("that is not exactly one object is refused on one line")
  @ValueSource(
      strings = {"", " ", "[1]", "3", "null", "{} {}", "{", "{\"a\":1,\"a\":2}", "{\"a\":NaN}"})
  void notAnObject(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), text);
    assertThatThrownBy(() -> JsonFile.read(file))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("config.json: invalid JSON")
        .hasMessageNotContaining("\n");
  }

  @Test
  @DisplayName("nested a hundred thousand deep is refused, not a stack overflow")
  void deep() throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), "{\"a\":".repeat(100_000));
    assertThatThrownBy(() -> JsonFile.read(file)).isInstanceOf(VaeException.class);
  }

  @Test
  @DisplayName("that is missing, or not UTF-8, says so; a byte order mark is no fault")
  void otherFaults() throws IOException {
    Path file = folder.resolve("config.json");
    assertThatThrownBy(() -> JsonFile.read(file)).hasMessageContaining("there is no such file");
    Files.write(file, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
    assertThatThrownBy(() -> JsonFile.read(file)).hasMessageContaining("not UTF-8");
    Files.writeString(file, "\uFEFF{}");
    assertThat(JsonFile.read(file)).isEqualTo(Options.none());
  }

  @Test
  @DisplayName("stays valid when a number is not: NaN is a string")
  void notANumber() throws IOException {
    Path file = folder.resolve("config.json");
    JsonFile.write(file, Options.none().with("loss", Double.NaN));
    assertThat(JsonFile.read(file).get("loss")).isEqualTo(OptionValue.of("NaN"));
  }
}
