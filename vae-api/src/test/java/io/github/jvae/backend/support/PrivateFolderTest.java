package io.github.jvae.backend.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A folder that nobody but its user can change")
@EnabledOnOs({OS.LINUX, OS.MAC})
final class PrivateFolderTest {
  private static final int NOBODY = 65534;

  @TempDir
  private Path top;

  private PrivateFolder folders = new PrivateFolder(0);
  private Path above = Path.of("");
  private Path folder = Path.of("");
  private Path jar = Path.of("");
  private Path library = Path.of("");

  @BeforeEach
  void unpack() throws IOException {
    folders = PrivateFolder.ofThisProcess();
    above = top.toRealPath().resolve("above");
    folder = above.resolve("cache");
    PrivateFolder.make(folder);
    jar = Files.createDirectory(folder.resolve("jar"));
    library = jar.resolve("lib.so");
    Files.createFile(library);
    allow(library, "rw-r--r--");
    allow(jar, "rwxr-xr-x");
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /** Looks for a fault as it is once the path is somebody else's. */
  private String faultAsAnothers(Path path) throws IOException {
    int self = folders.user();
    if (self == 0) {
      Files.setAttribute(path, "unix:uid", NOBODY);
      return folders.fault(folder).orElse("");
    }
    // Who cannot give a folder away can play somebody else, to whom all here belongs to another.
    return new PrivateFolder(self + 1).fault(folder).orElse("");
  }

  @Test
  @DisplayName("is made so, with all that is missing above it")
  void made() throws IOException {
    for (Path made : new Path[] {folder, above}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
    assertThat(folders.fault(folder)).isEmpty();
  }

  @Test
  @DisplayName("is one that others may read")
  void readable() throws IOException {
    allow(folder, "rwxr-xr-x");
    assertThat(folders.fault(folder)).isEmpty();
  }

  @Test
  @DisplayName("is not one that the group can write, or everybody")
  void writable() throws IOException {
    for (String permissions : new String[] {"rwxrwxr-x", "rwx----w-", "rwxrwxrwx"}) {
      allow(folder, permissions);
      assertThat(folders.fault(folder))
          .hasValue("others than its owner can write (" + permissions + ")");
    }
  }

  @Test
  @DisplayName("is not another user's")
  void ofAnother() throws IOException {
    assertThat(faultAsAnothers(folder)).contains("belongs to another user (");
  }

  @Test
  @DisplayName("holds nothing of another user's that could be entered")
  void fileOfAnother() throws IOException {
    allow(folder, "rwxr-xr-x");
    assertThat(faultAsAnothers(library)).contains("belongs to another user (");
  }

  @Test
  @DisplayName("holds nothing that others can write, unless nobody can enter it")
  void writableWithin() throws IOException {
    for (Path within : new Path[] {library, jar}) {
      allow(within, "rwxrwxr-x");
      assertThat(folders.fault(folder)).isEmpty();
      allow(folder, "rwxr-xr-x");
      assertThat(folders.fault(folder))
          .hasValue("holds " + within + ", which others than its owner can write (rwxrwxr-x)");
      allow(folder, "rwx------");
      allow(within, "rwxr-xr-x");
    }
  }

  @Test
  @DisplayName("may be led to by a link of the user's, and is judged by where that leads")
  void link() throws IOException {
    Path link = Files.createSymbolicLink(top.toRealPath().resolve("link"), folder);
    Path second = Files.createSymbolicLink(top.toRealPath().resolve("second"), Path.of("link"));
    assertThat(folders.fault(second)).isEmpty();
    allow(folder, "rwxrwxrwx");
    assertThat(folders.fault(link)).hasValue("others than its owner can write (rwxrwxrwx)");
    assertThat(folders.fault(second)).hasValue("others than its owner can write (rwxrwxrwx)");
  }

  @Test
  @DisplayName("is not led to by another user's link")
  void linkOfAnother() throws IOException {
    Path link = Files.createSymbolicLink(top.toRealPath().resolve("link"), above);
    folder = link.resolve("cache");
    if (folders.user() == 0) {
      Files.createSymbolicLink(top.toRealPath().resolve("way"), link);
      new ProcessBuilder("chown", "-h", String.valueOf(NOBODY), link.toString())
          .start()
          .onExit()
          .join();
      for (Path way : new Path[] {folder, top.toRealPath().resolve("way").resolve("cache")}) {
        assertThat(folders.fault(way))
            .get()
            .asString()
            .contains(link + ", which belongs to another");
      }
    } else {
      assertThat(faultAsAnothers(folder)).contains("belongs to another user (");
    }
  }

  @Test
  @DisplayName("does not lie where everybody can put another in its place")
  void replaceable() throws IOException {
    allow(above, "rwxrwxrwx");
    assertThat(folders.fault(folder)).hasValue("lies in " + above + ", which everybody can write");
    Files.setAttribute(above, "unix:mode", 01777);
    assertThat(folders.fault(folder)).isEmpty();
  }

  @Test
  @DisplayName("does not lie in another user's folder")
  void withinAnothers() throws IOException {
    assertThat(faultAsAnothers(above)).contains("belongs to another user (");
  }

  @Test
  @DisplayName("is nowhere at the end of a circle of links")
  void circle() throws IOException {
    Path circle = top.resolve("circle");
    Files.createSymbolicLink(circle, circle);
    assertThat(folders.fault(circle)).get().asString().startsWith("cannot be looked at (");
  }
}
