package io.github.jvae.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A damaged table")
class TableFuzzTest {
  private static final byte[] WHOLE = """
      when;age;colour;visits;class
      2024-01-01;31,5;red;0;a
      2024-01-02;;"blue; dark";3;b
      2024-01-05;22;NA;1;a
      2024-02-29;47,25;red;12;"b"
      """.getBytes(StandardCharsets.UTF_8);

  private static final byte[] SIGNS =
      "\";,\t|\n\r\0-.e?\u00ff".getBytes(StandardCharsets.ISO_8859_1);

  @TempDir
  Path folder;

  @Test
  @DisplayName("is read, or refused in one sentence that names the file")
  void mutated() throws IOException {
    Random random = new Random(7);
    Options options = Options.none().with("decimal", ",").with("label", "class");
    Path file = folder.resolve("x.csv");
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      Files.write(file, mutated(random));
      Options used = i % 3 == 0 ? Options.none() : options;
      used = i % 5 == 0 ? used.with("label", "none").with("window", 1) : used;
      try {
        DataParts parts = DataSource.standard().reading(used).open(file.toString());
        float[] numbers = new float[parts.shape().size()];
        for (int row = 0; row < parts.train().size(); row++) {
          parts.train().read(row, numbers, 0);
          for (float number : numbers) {
            assertThat(number).isFinite();
          }
        }
        read++;
      } catch (VaeException e) {
        assertThat(e).hasMessageContaining("x.csv");
        assertThat(String.valueOf(e.getMessage())).doesNotContain("\n").contains(";");
        refused++;
      }
    }
    assertThat(read).isGreaterThan(100);
    assertThat(refused).isGreaterThan(100);
  }

  private static byte[] mutated(Random random) {
    byte[] bytes = WHOLE.clone();
    int changes = 1 + random.nextInt(4);
    for (int change = 0; change < changes && bytes.length > 1; change++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = SIGNS[random.nextInt(SIGNS.length)];
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
        default -> {
          byte[] longer = new byte[bytes.length + 1];
          System.arraycopy(bytes, 0, longer, 0, at);
          longer[at] = SIGNS[random.nextInt(SIGNS.length)];
          System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
          bytes = longer;
        }
      }
    }
    return bytes;
  }
}
