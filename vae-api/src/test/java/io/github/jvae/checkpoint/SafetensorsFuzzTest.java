package io.github.jvae.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the bytes: floats that the file really has, or a one-line fault. */
@DisplayName("A safetensors file with bytes changed")
class SafetensorsFuzzTest {
  private static final String ALPHABET = "{}[]\",:0123456789-eEF_ \\\n\0abdtyps";

  @TempDir
  Path folder;

  private Path file = Path.of("");
  private byte[] good = new byte[0];
  private int refused;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("m.safetensors");
    Safetensors.write(
        file,
        Map.of(
            "encoder.0.weight", HostTensor.zeros(Shape.of(2, 3)),
            "encoder.0.bias", HostTensor.zeros(Shape.of(2)),
            "step", HostTensor.scalar(1)),
        Map.of("save_id", "0123"));
    good = Files.readAllBytes(file);
  }

  @Test
  @DisplayName("at any one place is read or refused")
  void everyFlip() throws IOException {
    for (int position = 0; position < good.length; position++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] bytes = good.clone();
        bytes[position] ^= (byte) (1 << bit);
        readOrRefuse(bytes);
      }
      for (int value : new int[] {0, 0xff, '"', '0', '9', '{', '}', ' '}) {
        byte[] bytes = good.clone();
        bytes[position] = (byte) value;
        readOrRefuse(bytes);
      }
    }
    assertThat(refused).isGreaterThan(good.length);
  }

  @Test
  @DisplayName("by being cut anywhere is refused")
  void everyCut() throws IOException {
    for (int length = 0; length < good.length; length++) {
      readOrRefuse(Arrays.copyOf(good, length));
    }
    assertThat(refused).isEqualTo(good.length);
  }

  @Test
  @DisplayName("by being continued is refused")
  void longer() throws IOException {
    readOrRefuse(Arrays.copyOf(good, good.length + 1));
    readOrRefuse(Arrays.copyOf(good, good.length * 2));
    assertThat(refused).isEqualTo(2);
  }

  @Test
  @DisplayName("at many places, mostly by what JSON is made of, is read or refused")
  void manyChanges() throws IOException {
    Random random = new Random(20);
    for (int round = 0; round < 5000; round++) {
      byte[] bytes = good.clone();
      int changes = 1 + random.nextInt(6);
      for (int i = 0; i < changes; i++) {
        int position = random.nextInt(bytes.length);
        bytes[position] = random.nextInt(4) == 0
            ? (byte) random.nextInt(256)
            : (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      }
      readOrRefuse(bytes);
    }
    assertThat(refused).isGreaterThan(2500);
  }

  private void readOrRefuse(byte[] bytes) throws IOException {
    // Written over: emptying a file and filling it anew makes some file systems flush it each time.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
      channel.truncate(bytes.length);
    }
    try {
      Map<String, HostTensor> tensors = Safetensors.read(file);
      long size = tensors.values().stream().mapToLong(t -> t.shape().size()).sum();
      // Halves take 2 bytes in the file: no more numbers than that come out.
      assertThat(size).isLessThanOrEqualTo(bytes.length / 2);
    } catch (VaeException e) {
      refused++;
      assertThat(e).hasMessageContaining(file.toString());
      assertThat(String.valueOf(e.getMessage()).chars()).noneMatch(Character::isISOControl);
    }
  }
}
