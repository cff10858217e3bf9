package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Backends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a backend must do that unpacks native code into a folder: never load it from one that
 * another user of the machine can change. Its test extends this class, in processes of whose own
 * all of it happens.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
public abstract class NativeFolderKit {
  private static final int NOBODY = 65534;

  @TempDir
  private Path folder;

  private Path temporary = Path.of("");

  /** The module of the backend under test. */
  protected abstract BackendModule module();

  /** The library that unpacks, as folders are named after it. */
  protected abstract String library();

  /** The system property by which a user names a folder. */
  protected abstract String property();

  @BeforeEach
  void makeTemporary() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    Files.setAttribute(temporary, "unix:mode", 01777);
  }

  /** Starts the engine where there is no home, and no other place for temporary files. */
  private JavaProcess homeless(String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of(more));
    options.add("-Duser.home=/dev/null/none");
    options.add("-Djava.io.tmpdir=" + temporary);
    options.add("-D" + Backends.PROPERTY + "=" + module().name());
    return JavaProcess.start(BackendProbe.class, Map.of(), options);
  }

  private static List<String> results(JavaProcess process) throws IOException {
    return process.lines().stream()
        .filter(line -> line.startsWith(BackendProbe.RESULT))
        .toList();
  }

  private Path own() throws IOException {
    int user = (int) Files.getAttribute(folder, "unix:uid");
    return temporary.resolve("jvae-" + user + "-" + library().toLowerCase(Locale.ROOT));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** Every file below a folder, with what changes when it is written anew. */
  private static Map<String, Object> files(Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.endsWith(".lock"))
          .collect(Collectors.toMap(Path::toString, file -> {
            try {
              return Files.getAttribute(file, "unix:ino") + " " + Files.getLastModifiedTime(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }));
    }
  }

  @Test
  @DisplayName("Where there is no home, native code goes into a private folder, once for all")
  void noHome() throws IOException {
    JavaProcess first = homeless();
    JavaProcess atOnce = homeless();
    assertThat(results(first)).containsExactly(BackendProbe.COMPUTED);
    assertThat(results(atOnce)).containsExactly(BackendProbe.COMPUTED);
    assertThat(permissions(own())).isEqualTo("rwx------");
    Map<String, Object> unpacked = files(own());
    assertThat(unpacked).isNotEmpty();
    assertThat(results(homeless())).containsExactly(BackendProbe.COMPUTED);
    assertThat(files(own())).isEqualTo(unpacked);
  }

  @Test
  @DisplayName("A folder of another user's is refused")
  void ofAnotherUser() throws IOException {
    Files.createDirectory(own());
    assumeTrue(givenAway(own()), "only the administrator can give a folder to somebody else");
    assertThat(results(homeless()))
        .singleElement()
        .asString()
        .contains(own() + " belongs to another user", "set ", property());
    assertThat(own()).isEmptyDirectory();
  }

  private static boolean givenAway(Path path) {
    try {
      Files.setAttribute(path, "unix:uid", NOBODY);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  @DisplayName("A link in the place of the private folder is refused")
  void link() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(own(), elsewhere);
    assertThat(results(homeless())).singleElement().asString().contains(own() + " is a link");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  @DisplayName("A folder of the user's choice is refused if others can write it")
  void writtenByOthers() throws IOException {
    requireRefused(property());
  }

  @Test
  @DisplayName("So is one of his choice for JNA, by which engines reach the C library")
  @EnabledOnOs(OS.LINUX)
  void writtenByOthersForJna() throws IOException {
    requireRefused("jna.tmpdir");
  }

  private void requireRefused(String property) throws IOException {
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThat(results(homeless("-D" + property + "=" + shared)))
        .singleElement()
        .asString()
        .contains(shared.toString(), "others than its owner can write (rwxrwxr-x)", property);
    assertThat(shared).isEmptyDirectory();
  }
}
