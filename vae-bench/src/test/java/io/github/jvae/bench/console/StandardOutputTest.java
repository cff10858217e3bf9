package io.github.jvae.bench.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The standard output")
class StandardOutputTest {
  private static StandardOutput failing(String reason, boolean hasReader) {
    OutputStream target = new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException(reason);
      }
    };
    StandardOutput output = new StandardOutput(target, hasReader);
    output.writer().println("lost");
    return output;
  }

  @Test
  @DisplayName("to a pipe loses nothing that anybody wanted, in whatever language that is said")
  void pipe() {
    assertThat(failing("Tubería rota", true).loss()).isNull();
    assertThat(failing("Broken pipe", false).loss()).isNull();
  }

  @Test
  @DisplayName("to a file tells why it could not be written")
  void file() {
    assertThat(failing("No space left on device", false).loss())
        .isEqualTo("No space left on device");
  }

  @Test
  @DisplayName("that was written lost nothing")
  void written() {
    StandardOutput output = new StandardOutput(OutputStream.nullOutputStream(), false);
    output.writer().println("arrived");
    assertThat(output.loss()).isNull();
  }
}
