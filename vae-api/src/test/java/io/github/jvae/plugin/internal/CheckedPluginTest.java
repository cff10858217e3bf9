package io.github.jvae.plugin.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import io.github.jvae.error.VaeException;
import io.github.jvae.plugin.JvaeVersion;
import io.github.jvae.plugin.Plugin;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A plugin")
class CheckedPluginTest {

  /** Needs some version. */
  private static final class Needy extends Plugin {
    private final String version;

    Needy(String version) {
      this.version = version;
    }

    @Override
    public Optional<String> neededVersion() {
      return Optional.of(version);
    }
  }

  /** Was compiled against another version. */
  private static final class Foreign extends Plugin {
    @Override
    protected void configure() {
      throw new NoClassDefFoundError("io/github/jvae/model/Flow");
    }
  }

  @Test
  @DisplayName("that needs a newer jvae is refused: which plugin, which version, what there is")
  void version() {
    assertThat(JvaeVersion.current()).matches("\\d+\\.\\d+.*");
    assertThatThrownBy(() -> new CheckedPlugin(new Needy("99.1")))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll(
            "Needy", "needs jvae 99.1 or newer", "this is jvae " + JvaeVersion.current());
    Guice.createInjector(new CheckedPlugin(new Needy("0.0.1")));
    Guice.createInjector(
        new CheckedPlugin(new Needy(JvaeVersion.current().replace("-SNAPSHOT", ""))));
  }

  @Test
  @DisplayName("has its version compared number by number")
  void comparison() {
    assertThat(JvaeVersion.isAtLeast("0.10.0", "0.9")).isTrue();
    assertThat(JvaeVersion.isAtLeast("0.9.0", "0.10")).isFalse();
    assertThat(JvaeVersion.isAtLeast("1.0.0-SNAPSHOT", "1.0.0")).isTrue();
  }

  @Test
  @DisplayName("that a jar lists and does not have is told with its name, and what to do")
  void missing(@TempDir Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Plugin.class.getName()), "com.example.NoSuchPlugin");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      assertThatThrownBy(CheckedPlugin::onClasspath)
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll(
              "a plugin on the classpath cannot be loaded",
              "com.example.NoSuchPlugin",
              "jvae " + JvaeVersion.current());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  @DisplayName("that does not fit the classes of this jvae is told as such")
  void linkage() {
    assertThatThrownBy(() -> Guice.createInjector(new CheckedPlugin(new Foreign())))
        .isInstanceOf(CreationException.class)
        .cause()
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("Foreign", "does not fit jvae", "io/github/jvae/model/Flow");
  }
}
