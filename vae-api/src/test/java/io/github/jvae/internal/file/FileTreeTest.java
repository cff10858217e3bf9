package io.github.jvae.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A tree of files")
class FileTreeTest {
  @TempDir
  Path folder;

  @Test
  @DisplayName("is removed with all that is in it")
  void deletes() throws IOException {
    Path root = folder.resolve("root");
    Files.createDirectories(root.resolve("a").resolve("b"));
    Files.writeString(root.resolve("a").resolve("b").resolve("c"), "c");
    Files.writeString(root.resolve("d"), "d");
    FileTree.delete(root);
    assertThat(root).doesNotExist();
    assertThatThrownBy(() -> FileTree.delete(root)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a right there")
  @DisplayName("is removed without what its links lead to")
  void links() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("kept"), "kept");
    Path root = Files.createDirectory(folder.resolve("root"));
    Files.createSymbolicLink(root.resolve("link"), other);
    FileTree.delete(root);
    assertThat(root).doesNotExist();
    assertThat(other.resolve("kept")).exists();
  }
}
