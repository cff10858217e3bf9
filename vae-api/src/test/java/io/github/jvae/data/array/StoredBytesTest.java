package io.github.jvae.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.Samples;
import io.github.jvae.error.VaeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Bytes in a file")
class StoredBytesTest {
  private static final byte[] BYTES = Samples.bytes(1000, 3);

  @TempDir
  Path folder;

  @Test
  @DisplayName("are read across the ends of mappings")
  void acrossBlocks() throws IOException {
    Path file = Samples.write(folder.resolve("f"), BYTES);
    StoredBytes mapped = StoredBytes.mapped(file, 7, 900, 6);
    assertThat(mapped.length()).isEqualTo(900);
    for (int count : new int[] {1, 3, 63, 64, 65, 200}) {
      for (int position = 0; position + count <= 900; position++) {
        byte[] expected = Arrays.copyOfRange(BYTES, 7 + position, 7 + position + count);
        byte[] copied = new byte[count + 2];
        mapped.get(position, copied, 1, count);
        assertThat(Arrays.copyOfRange(copied, 1, count + 1)).isEqualTo(expected);
        byte[] ranged = new byte[count];
        mapped.range(position, count).get(0, ranged);
        assertThat(ranged).isEqualTo(expected);
      }
    }
  }

  @Test
  @DisplayName("that are unpacked onto the disk are mapped, and leave no file behind")
  void onDisk() throws IOException {
    Path file = folder.resolve("f");
    StoredBytes bytes = StoredBytes.onDisk(file, new ByteArrayInputStream(BYTES), 990);
    byte[] read = new byte[990];
    bytes.get(0, read, 0, 990);
    assertThat(read).isEqualTo(Arrays.copyOf(BYTES, 990));
    assertThatThrownBy(() -> StoredBytes.onDisk(file, new ByteArrayInputStream(BYTES), 1001))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("claims 1001 bytes of data, but 1000 follow");
    assertThatThrownBy(
            () -> StoredBytes.onDisk(file, new ByteArrayInputStream(BYTES), Long.MAX_VALUE / 2))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("neither the Java heap nor the folder", "java.io.tmpdir");
  }
}
