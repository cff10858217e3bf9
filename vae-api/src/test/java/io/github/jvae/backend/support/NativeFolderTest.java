package io.github.jvae.backend.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.backend.support.NativeFolder.Setting;
import io.github.jvae.error.VaeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The folder that a library unpacks native code into")
@EnabledOnOs({OS.LINUX, OS.MAC})
final class NativeFolderTest {
  private static final String FIRST = "jvae.test.first";
  private static final String SECOND = "jvae.test.second";

  @TempDir
  private Path top;

  private PrivateFolder folders = new PrivateFolder(0);
  private Path usual = Path.of("");
  private Path cache = Path.of("");
  private Path temporary = Path.of("");

  @BeforeEach
  void name() throws IOException {
    folders = PrivateFolder.ofThisProcess();
    Path real = top.toRealPath();
    usual = real.resolve("home").resolve("usual");
    cache = real.resolve("cache");
    temporary = Files.createDirectory(real.resolve("tmp"));
  }

  @AfterEach
  void forget() {
    System.clearProperty(FIRST);
    System.clearProperty(SECOND);
  }

  private static NativeFolder library(@Nullable Path usual) {
    return new NativeFolder(
        "Library",
        "-D" + SECOND,
        List.of(new Setting(FIRST, true), new Setting(SECOND, false)),
        usual);
  }

  /** What the library is told. */
  private @Nullable String chosen() {
    library(usual).choose(folders, cache, temporary);
    return System.getProperty(FIRST);
  }

  private Path own() {
    return temporary.resolve("jvae-" + folders.user() + "-library");
  }

  private static Path shared(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    return folder;
  }

  private static String permissions(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }

  @Test
  @DisplayName("is the usual one, made for the user alone")
  void usual() throws IOException {
    assertThat(chosen()).isEqualTo(usual.toString());
    assertThat(permissions(usual)).isEqualTo("rwx------");
  }

  @Test
  @DisplayName("is one in the cache folder if the usual one is not private")
  void cache() throws IOException {
    shared(usual);
    assertThat(chosen()).isEqualTo(cache.resolve("library").toString());
    assertThat(permissions(cache)).isEqualTo("rwx------");
  }

  @Test
  @DisplayName("is a private one among the temporary files if there is no home, and found again")
  void temporary() throws IOException {
    Files.createFile(usual.getParent());
    Files.createFile(cache);
    assertThat(chosen()).isEqualTo(own().toString());
    assertThat(permissions(own())).isEqualTo("rwx------");
    System.clearProperty(FIRST);
    assertThat(chosen()).isEqualTo(own().toString());
  }

  @Test
  @DisplayName("is none if the last one is no private folder either, and each is named")
  void none() throws IOException {
    Files.createFile(usual.getParent());
    Files.createFile(cache);
    shared(own());
    assertThatThrownBy(this::chosen)
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll(
            usual + " cannot be made",
            own() + " others than its owner can write (rwxrwxrwx)",
            "set -D" + SECOND + " to a folder that only you can write");
    Files.delete(own());
    Files.createSymbolicLink(own(), Files.createDirectory(top.resolve("elsewhere")));
    assertThatThrownBy(this::chosen).hasMessageContaining(own() + " is a link");
    assertThat(System.getProperty(FIRST)).isNull();
  }

  @Test
  @DisplayName("is the user's choice, which is made if it is missing, and nothing is overruled")
  void setting() throws IOException {
    Path folder = top.resolve("set").resolve("cache");
    System.setProperty(SECOND, folder.toString());
    assertThat(chosen()).isNull();
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(usual).doesNotExist();
  }

  @Test
  @DisplayName("is not the user's choice if others can write that")
  void sharedSetting() throws IOException {
    Path folder = shared(top.resolve("set"));
    System.setProperty(SECOND, folder.toString());
    assertThatThrownBy(this::chosen)
        .isInstanceOf(VaeException.class)
        .hasMessage("Library would load native code from the folder " + folder
            + ", which others than its owner can write (rwxrwxrwx); remove it, or set -D" + SECOND
            + " to a folder that only you can write");
  }

  @Test
  @DisplayName("is not one that the library took before, if others can write that")
  void usedBefore() throws IOException {
    Path folder = shared(top.resolve("used"));
    System.setProperty(FIRST, usual.toString());
    assertThatThrownBy(() -> library(usual).secure(() -> folder))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("from the folder " + folder);
    assertThatThrownBy(() -> library(usual).secure(() -> {
          throw new IOException("no cache");
        }))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("Library has no folder", "(no cache)");
  }
}
