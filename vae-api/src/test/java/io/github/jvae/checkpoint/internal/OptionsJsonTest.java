package io.github.jvae.checkpoint.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Options as JSON")
final class OptionsJsonTest {
  @TempDir
  Path folder;

  @Test
  @DisplayName("come back exactly: every kind of value, and every digit of a number")
  void roundTrip() {
    Options options = Options.none()
        .with("third", 1.0 / 3)
        .with("tiny", Double.MIN_VALUE)
        .with("whole", Long.MIN_VALUE)
        .with("huge", new OptionValue.Whole(BigInteger.TEN.pow(40).add(BigInteger.ONE)))
        .with("real", 3.0)
        .with("zero", -0.0)
        .with("flag", false)
        .with("text", "a \"b\" \\ \n é \u202e")
        .with("nothing", OptionValue.Nothing.NOTHING)
        .with(
            "items",
            new OptionValue.Items(List.of(
                OptionValue.of(1), OptionValue.of("x"), OptionValue.of(List.of()), Options.none())))
        .with("nested", Options.none().with("b", 1).with("a", 2));
    Path file = folder.resolve("options.json");
    JsonFile.write(file, options);
    Options read = JsonFile.read(file);
    assertThat(read).isEqualTo(options);
    assertThat(read.names()).containsExactlyElementsOf(options.names());
    assertThat(JsonFile.value(JsonFile.toLine(options))).contains(options);
  }

  @Test
  @DisplayName("tell a whole number from another one of the same size")
  void wholeOrNot() {
    assertThat(JsonFile.value("3")).contains(OptionValue.of(3));
    assertThat(JsonFile.value("3.0")).contains(OptionValue.of(3.0));
    assertThat(OptionValue.of(3)).isNotEqualTo(OptionValue.of(3.0));
    assertThat(JsonFile.value("three")).isEmpty();
    assertThat(JsonFile.value("")).isEmpty();
  }
}
