package io.github.jvae.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvae.error.VaeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An atomic file")
class AtomicFileTest {
  @TempDir
  Path folder;

  @Test
  @DisplayName("holds what was written, in folders made for it")
  void writes() throws IOException {
    Path inner = folder.resolve("a/b");
    Path file = inner.resolve("notes.txt");
    AtomicFile.write(file, "one".getBytes(UTF_8));
    AtomicFile.write(file, "two".getBytes(UTF_8));
    assertThat(file).hasContent("two");
    assertThat(names(inner)).containsExactly("notes.txt");
  }

  @Test
  @DisplayName("keeps its old content, and leaves no temporary file, whichever operation fails")
  void survivesFailure() throws IOException {
    Path file = folder.resolve("notes.txt");
    AtomicFile.write(file, "old".getBytes(UTF_8));
    int failures = 0;
    for (int operation = 1; ; operation++) {
      FailingDisk disk = FailingDisk.failsOnceAt(operation);
      boolean moved = false;
      try {
        AtomicFile.write(disk, file, AtomicFile.content("new".getBytes(UTF_8)));
      } catch (VaeException e) {
        failures++;
        assertThat(e)
            .hasMessageContaining("notes.txt: No space left")
            .hasMessageNotContaining("\n");
        moved = Files.readString(file).equals("new");
      }
      if (!disk.failed()) {
        break;
      }
      // Only the last operation, which makes the new name durable, comes after the move.
      assertThat(file).hasContent(moved ? "new" : "old");
      assertThat(moved).isEqualTo(operation == 6);
      assertThat(names(folder)).containsExactly("notes.txt");
    }
    assertThat(failures).isEqualTo(6);
    assertThat(file).hasContent("new");
  }

  @Test
  @DisplayName("is not left half written when its content cannot be made")
  void contentFails() throws IOException {
    Path file = folder.resolve("notes.txt");
    assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
          throw new IllegalStateException("no content");
        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(names(folder)).isEmpty();
  }

  @Test
  @DisplayName("below a regular file is one line that names the path and the cure")
  void belowAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("plain"), "x").resolve("sub/notes.txt");
    assertThatThrownBy(() -> AtomicFile.write(file, new byte[1]))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("cannot write " + file)
        .hasMessageContaining("choose a folder that you may write to")
        .hasMessageNotContaining("\n");
  }

  @Test
  @DisplayName("does not replace a folder")
  void overAFolder() throws IOException {
    Path file = folder.resolve("taken");
    Files.createDirectories(file.resolve("inner"));
    assertThatThrownBy(() -> AtomicFile.write(file, new byte[1]))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("cannot write " + file);
    assertThat(names(folder)).containsExactly("taken");
  }

  @Test
  @DisplayName("in a folder without write permission is one line that says so")
  void readOnlyFolder() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    assumeTrue(Files.getFileStore(closed).supportsFileAttributeView("posix"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(closed), "root may write everywhere");
    assertThatThrownBy(() -> AtomicFile.write(closed.resolve("notes.txt"), new byte[1]))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  @DisplayName("reached through a symbolic link leaves the link and replaces what it points to")
  void throughALink() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Path link = folder.resolve("link");
    try {
      Files.createSymbolicLink(link, target);
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "no symbolic links here");
    }
    AtomicFile.write(link, "new".getBytes(UTF_8));
    assertThat(link).isSymbolicLink();
    assertThat(target).hasContent("new");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
