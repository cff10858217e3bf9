package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.checkpoint.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Where people write other digits")
class LocaleTest {
  private static final Locale ARABIC = Locale.forLanguageTag("ar-EG-u-nu-arab");

  private final Locale before = Locale.getDefault();

  @TempDir
  Path folder;

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ar-EG", "ar-EG-u-nu-arab", "fa-IR", "mr-IN", "ne-NP", "my-MM", "tr-TR", "de-DE"})
  void commandsTellTheSame(String locale) {
    List<List<String>> commands = List.of(
        List.of("data", "shapes", "--limit", "40"),
        List.of("data", "shapes", "--limit", "40", "--json"),
        List.of("data", "no-such-file"),
        List.of("train", "--latent", "0"),
        List.of("help", "train"));
    for (List<String> command : commands) {
      String[] arguments = command.toArray(String[]::new);
      Locale.setDefault(Locale.ROOT);
      Outcome expected = Outcome.of(arguments);
      Locale.setDefault(Locale.forLanguageTag(locale));
      assertThat(Outcome.of(arguments)).as("%s", command).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensorflow", "djl", "nd4j"})
  void aModelIsTheSameAndEveryNumberOfItPlain(String backend) throws IOException {
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    Locale.setDefault(Locale.ROOT);
    assertThat(Outcome.ofTrainingOn(backend, "--epochs", "1", "--out", here.toString())
            .err())
        .isEmpty();
    Locale.setDefault(ARABIC);
    Outcome training = Outcome.ofTrainingOn(backend, "--epochs", "1", "--out", there.toString());
    assertThat(training.err()).isEmpty();
    assertThat(training.out()).contains("epoch 1/1").doesNotContainPattern("(?U)(?![0-9])\\d");
    assertThat(there.resolve(ModelFolder.MODEL))
        .hasSameBinaryContentAs(here.resolve(ModelFolder.MODEL));
    for (String file : List.of(ModelFolder.CONFIG, ModelFolder.TRAINING, ModelFolder.HISTORY)) {
      assertThat(Files.readString(there.resolve(file)))
          .as(file)
          .isNotEmpty()
          .doesNotContainPattern("(?U)(?![0-9])\\d");
    }
    Outcome encoded = Outcome.of(
        "encode", there.toString(), "--backend", backend, "--out", folder + "/codes.csv");
    assertThat(encoded.err()).isEmpty();
    assertThat(Files.readString(folder.resolve("codes.csv")))
        .isNotEmpty()
        .doesNotContainPattern("(?U)(?![0-9])\\d");
  }
}
