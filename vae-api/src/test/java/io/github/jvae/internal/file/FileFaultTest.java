package io.github.jvae.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.error.VaeException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A fault of a file is told")
class FileFaultTest {
  private static final Path FILE = Path.of("a", "model.bin");

  @Test
  @DisplayName("with the file, the fault and the cure, and keeps its cause")
  void parts() {
    assertThat(FileFault.of(FILE, "is a folder", "name a file"))
        .hasMessage(FILE + " is a folder; name a file");
    IOException cause = new NoSuchFileException(FILE.toString());
    assertThat(FileFault.unreadable(FILE, cause))
        .hasMessage("cannot read " + FILE + ": there is no such file or folder; check the path")
        .hasCause(cause);
    assertThat(FileFault.unwritable(FILE, new AccessDeniedException(FILE.toString())))
        .hasMessage(
            "cannot write " + FILE + ": permission denied; choose a folder that you may write to");
    assertThat(FileFault.unwritable(FILE, new IOException("No space left on device")))
        .hasMessage("cannot write " + FILE
            + ": No space left on device; free some space or choose another folder");
    assertThat(FileFault.unwritable(FILE, cause, "name another with --out"))
        .hasMessageEndingWith("; name another with --out");
  }

  @Test
  @DisplayName("apart from others where data are compressed")
  void compressed() {
    assertThat(FileFault.unreadable(FILE, new EOFException()))
        .hasMessageContaining("cut short in its compressed data");
    assertThat(FileFault.unreadable(FILE, new ZipException("bad block")))
        .hasMessageContaining("not intact gzip data (bad block)");
  }

  @Test
  @DisplayName("without the path that Java puts in front of the reason, and never as null")
  void reasons() {
    assertThat(FileFault.reason(new FileSystemException("x", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(FileFault.reason(new NotDirectoryException("x")))
        .isEqualTo("a part of the path is a file, not a folder");
    assertThat(FileFault.reason(new IOException())).isEqualTo("IOException");
    assertThat(FileFault.reason(new IOException(" "))).isEqualTo("IOException");
  }

  @Test
  @DisplayName("on one line of bearable length, whatever names a file brings")
  void oneLine() {
    for (String breaking : List.of("a\nb", "a\rb", "a\u2028b", "a\r\n  b")) {
      assertThat(FileFault.fault(breaking, null)).hasMessage("a b");
    }
    assertThat(FileFault.fault("a\u0000b", null)).hasMessage("a\\u0000b");
    assertThat(new VaeException("long ".repeat(100_000)).getMessage()).hasSizeLessThan(4001);
    assertThat(FileFault.of(Path.of("p".repeat(100_000)), "is a folder", "name a file"))
        .satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(400));
  }
}
