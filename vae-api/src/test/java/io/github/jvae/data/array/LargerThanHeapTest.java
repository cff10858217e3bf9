package io.github.jvae.data.array;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.compatibility.JavaProcess;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Prefetcher;
import io.github.jvae.data.source.DataSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -Dvae.soak}, the file has 10 GB. */
@DisplayName("An array much larger than the heap")
class LargerThanHeapTest {
  private static final int EACH = 1024;
  private static final int COUNT = System.getProperty("vae.soak") == null ? 1 << 16 : 2_500_000;
  private static final String FILE = "vae.test.file";

  @Test
  @Timeout(600)
  @DisplayName("is shuffled and read whole, epoch by epoch, in a heap of 48 MB")
  void read(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("large.npy");
    byte[] header = ArraySamples.npy("<f4", "(" + COUNT + ", " + EACH + ")", new byte[0]);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(header);
      out.setLength(header.length + 4L * COUNT * EACH);
      for (int i = 0; i < COUNT; i += COUNT / 64) {
        out.seek(header.length + 4L * EACH * i);
        out.write(ArraySamples.floats(ByteOrder.LITTLE_ENDIAN, 0.5f));
      }
    }
    List<String> lines = JavaProcess.start(
            Reading.class, Map.of(), List.of("-Xmx48m", "-D" + FILE + "=" + file))
        .lines();
    int test = COUNT / DataParts.TEST_EVERY;
    assertThat(lines.get(0)).isEqualTo((COUNT - test) + " and " + test + " of [1024]");
    // Every 10th example is of the test part; 64 examples, or one more, begin with a half.
    assertThat(lines.get(1)).isEqualTo(lines.get(2));
    assertThat(Double.parseDouble(lines.get(1))).isBetween(24.0, 34.0);
    assertThat(lines).hasSize(3);
  }

  /** Reads two epochs, and writes what their numbers sum up to. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] args) {
      DataParts data = DataSource.standard().open(System.getProperty(FILE));
      System.out.println(
          data.train().size() + " and " + data.test().size() + " of " + data.shape());
      for (int epoch = 0; epoch < 2; epoch++) {
        double sum = 0;
        Batches batches = Batches.of(data.train(), 128).shuffled(1, epoch);
        try (Prefetcher<Batch> ahead = batches.prefetched(2)) {
          while (ahead.hasNext()) {
            for (float x : ahead.next().x().data()) {
              sum += x;
            }
          }
        }
        System.out.println(sum);
      }
    }
  }
}
