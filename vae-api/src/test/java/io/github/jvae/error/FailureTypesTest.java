package io.github.jvae.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jvae.Vae;
import io.github.jvae.backend.Adam;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Backends;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.compatibility.GoldenFolder;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.option.Options;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.train.Schedule;
import io.github.jvae.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Failures are told apart by their type")
class FailureTypesTest {
  @TempDir
  Path folder;

  private static void fails(Class<? extends VaeException> type, ThrowingCallable work) {
    assertThat(catchThrowable(work)).isExactlyInstanceOf(type);
  }

  @Test
  @DisplayName("what is asked for and cannot be")
  void configuration() {
    fails(ConfigurationException.class, () -> new Adam(2, 0.9, 1e-8, GradientLimits.none()));
    fails(
        ConfigurationException.class, () -> BackendOptions.builder().threads(-1).build());
    fails(ConfigurationException.class, () -> TrainingOptions.defaults().withEpochs(0));
    fails(ConfigurationException.class, () -> Schedule.parse("--lr", "fast"));
  }

  @Test
  @DisplayName("an engine that is not there, or has not what is asked for")
  void backend() {
    fails(BackendException.class, () -> Backends.choose("abacus", List.of(new ReferenceModule())));
    fails(
        BackendException.class,
        () -> Vae.builder().backend(new ReferenceModule()).device("gpu").build());
    fails(
        BackendException.class,
        () -> Vae.builder()
            .backend(new ReferenceModule())
            .engineProperty("speed", "high")
            .build());
  }

  @Test
  @DisplayName("a file that is missing, or says what cannot be")
  void files() throws IOException {
    ModelFolder missing = new ModelFolder(folder.resolve("none"));
    fails(MissingFileException.class, missing::load);
    Path model = GoldenFolder.all().get(0).copyInto(folder);
    Files.writeString(model.resolve(ModelFolder.CONFIG), "{");
    fails(FileException.class, () -> new ModelFolder(model).loadConfig());
    Options options = Options.none().with("epochs", "many");
    fails(ModelFileException.class, () -> TrainingOptions.of("", options));
  }

  @Test
  @DisplayName("a fault of a file is not told with the file's name twice, that of another is")
  void within() {
    Path file = folder.resolve("a.json");
    FileException own = FileFault.of(file, "is a folder", "mend it");
    FileException other = FileFault.of(folder.resolve("b.json"), "is a folder", "mend it");
    assertThat(catchThrowable(() -> FileFault.within(file, () -> {
          throw own;
        })))
        .isSameAs(own);
    assertThat(catchThrowable(() -> FileFault.within(file, () -> {
          throw other;
        })))
        .isExactlyInstanceOf(FileException.class)
        .hasMessage(Quote.path(file) + ": " + other.getMessage());
  }

  @Test
  @DisplayName("what is closed")
  void closed() {
    Vae vae = Vae.builder()
        .backend(new ReferenceModule())
        .input(1, 2, 2)
        .mlp(1)
        .latent(1)
        .build();
    vae.close();
    fails(ClosedException.class, () -> vae.sample(1, 1));
  }
}
