package io.github.jvae.data.array;

import static io.github.jvae.data.array.ArraySamples.compressed;
import static io.github.jvae.data.array.ArraySamples.counting;
import static io.github.jvae.data.array.ArraySamples.floats;
import static io.github.jvae.data.array.ArraySamples.mat;
import static io.github.jvae.data.array.ArraySamples.matrix;
import static io.github.jvae.data.array.ArraySamples.npy;
import static io.github.jvae.data.array.ArraySamples.npz;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.data.DataFormat;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataPath;
import io.github.jvae.data.Samples;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import io.github.jvae.option.internal.DeclaredOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to the bytes: numbers that the file really has, or a one-line fault. */
@DisplayName("A file of arrays with bytes changed")
@Timeout(60)
class ArrayFuzzTest {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final int ROUNDS = 700;

  @TempDir
  Path folder;

  private int refused;

  private static final class Sample {
    private final String name;
    private final DataFormat format;
    private final byte[] good;

    private Sample(String name, DataFormat format, byte[] good) {
      this.name = name;
      this.format = format;
      this.good = good;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Sample[] samples() {
    byte[] x = npy("<f4", "(5, 2)", floats(LITTLE, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    byte[] y = npy("|u1", "(5,)", new byte[] {0, 1, 0, 1, 2});
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("x", x);
    arrays.put("y", y);
    byte[] images = matrix(LITTLE, "X", 9, new int[] {4, 4, 3, 5}, 2, counting(240));
    byte[] labels = matrix(LITTLE, "y", 6, new int[] {5, 1}, 2, new byte[] {1, 2, 3, 1, 2});
    return new Sample[] {
      new Sample("x.npy", new NpyFormat(), x),
      new Sample("x.npy.gz", new NpyFormat(), Samples.gzip(x)),
      new Sample("stored.npz", new NpzFormat(), npz(true, arrays)),
      new Sample("deflated.npz", new NpzFormat(), npz(false, arrays)),
      new Sample("plain.mat", new MatFormat(), mat(LITTLE, images, labels)),
      new Sample(
          "packed.mat",
          new MatFormat(),
          mat(LITTLE, compressed(LITTLE, images), compressed(LITTLE, labels))),
      new Sample("images.idx", new IdxFormat(), Samples.idxImages(5, 2, 3, counting(30))),
    };
  }

  @ParameterizedTest
  @MethodSource("samples")
  @DisplayName("at some places is read or refused")
  void changed(Sample sample) throws IOException {
    Random random = new Random(20);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = sample.good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int range = random.nextBoolean() ? bytes.length : Math.min(220, bytes.length);
        bytes[random.nextInt(range)] = (byte) (random.nextInt(3) == 0 ? 0xFF : random.nextInt(256));
      }
      readOrRefuse(sample, bytes);
    }
    assertThat(refused).isGreaterThan(ROUNDS / 8);
  }

  @ParameterizedTest
  @MethodSource("samples")
  @DisplayName("by being cut anywhere is refused")
  void cut(Sample sample) throws IOException {
    for (int length = 1; length < sample.good.length; length++) {
      readOrRefuse(sample, Arrays.copyOf(sample.good, length));
    }
    assertThat(refused).isGreaterThan(sample.good.length * 4 / 5);
  }

  private void readOrRefuse(Sample sample, byte[] bytes) throws IOException {
    Path file = folder.resolve(sample.name);
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
      channel.truncate(bytes.length);
    }
    try {
      Options options =
          new DeclaredOptions("format", sample.format.options()).complete(Options.none());
      DataParts data = sample.format.open(DataPath.of(file), options);
      long numbers =
          (long) (data.train().size() + data.test().size()) * data.shape().size();
      assertThat(numbers).isLessThanOrEqualTo(1100L * bytes.length);
      data.train().tensor(data.train().size() - 1);
    } catch (VaeException e) {
      refused++;
      assertThat(e).hasMessageContaining(sample.name);
      assertThat(String.valueOf(e.getMessage()).chars()).noneMatch(Character::isISOControl);
    }
  }
}
