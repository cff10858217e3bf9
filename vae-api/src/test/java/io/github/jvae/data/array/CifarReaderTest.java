package io.github.jvae.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.Samples;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.error.VaeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("CIFAR-10 batches")
public class CifarReaderTest {
  /** Batches of 2, 3, 4, 5 and 6 images, and a test batch of 7. */
  public static Map<String, byte[]> batches() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("cifar-10-batches-bin/readme.html", new byte[100]);
    for (int i = 0; i < 5; i++) {
      String name = "cifar-10-batches-bin/" + CifarReader.TRAIN_FILES.get(i);
      files.put(name, Samples.cifar(i + 2, i));
    }
    files.put("cifar-10-batches-bin/test_batch.bin", Samples.cifar(7, 9));
    return files;
  }

  private static void writeAll(Path parent) {
    batches().forEach((name, bytes) -> Samples.write(parent.resolve(name), bytes));
  }

  private static void check(DataParts data) {
    assertThat(data.train()).hasToString(data.name() + ": 20 images of [3, 32, 32]");
    assertThat(data.test().size()).isEqualTo(7);
    // The third image of the third batch, after 2 and 3 of the batches before it.
    byte[] expected = Arrays.copyOfRange(Samples.cifar(4, 2), 2 * 3073 + 1, 3 * 3073);
    assertThat(Samples.pixels(data.train(), 7)).isEqualTo(expected);
    assertThat(data.train().labels().orElseThrow().label(7)).isEqualTo(2);
    assertThat(data.train().labels().orElseThrow().classNames()).hasSize(10);
  }

  @Test
  @DisplayName("are read from their folder, or the folder it is in")
  void folders(@TempDir Path folder) {
    writeAll(folder);
    check(DataSource.standard().open(folder.toString()));
    check(DataSource.standard().open(folder.resolve("cifar-10-batches-bin").toString()));
  }

  @Test
  @DisplayName("are read from the archive, without unpacking it to disk")
  void archive(@TempDir Path folder) throws IOException {
    Path archive = folder.resolve("cifar-10-binary.tar.gz");
    Samples.write(archive, Samples.gzip(Samples.tar(batches())));
    check(DataSource.standard().open(archive.toString()));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  @DisplayName("are read one at a time, with every 10th image set aside")
  void single(@TempDir Path folder) {
    Path file = Samples.write(folder.resolve("data_batch_1.bin"), Samples.cifar(20, 1));
    assertThat(DataSource.standard().open(file.toString()).test().size()).isEqualTo(2);
  }

  @Test
  @DisplayName("take their class names from batches.meta.txt")
  void classNames(@TempDir Path folder) {
    writeAll(folder);
    Path meta = folder.resolve("cifar-10-batches-bin").resolve("batches.meta.txt");
    Samples.write(meta, "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(DataSource.standard()
            .open(folder.toString())
            .train()
            .labels()
            .orElseThrow()
            .classNames())
        .startsWith("a", "b");
    Samples.write(meta, "a\nb\n".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> DataSource.standard().open(folder.toString()))
        .hasMessageContaining("lists 2 class names, not 10");
  }

  @Test
  @DisplayName("that are damaged or missing are refused in a line with file, fault and cure")
  void damaged(@TempDir Path folder) throws IOException {
    writeAll(folder);
    Path batch = folder.resolve("cifar-10-batches-bin").resolve("data_batch_3.bin");
    Samples.write(batch, Samples.bytes(5000, 0));
    refused(folder, batch + " has 5000 bytes, not a whole number of CIFAR-10 records of 3073");
    byte[] wrong = Samples.cifar(3, 0);
    wrong[3073] = 10;
    Samples.write(batch, wrong);
    refused(folder, batch + " has label 10 at image 1, but CIFAR-10 has 0 to 9");
    Samples.write(batch, new byte[0]);
    refused(folder, batch + " is empty");
    Files.delete(batch);
    refused(folder, batch + " does not exist");
  }

  @Test
  @DisplayName("in a damaged archive are refused")
  void damagedArchive(@TempDir Path folder) {
    Path archive = folder.resolve("cifar-10-binary.tar.gz");
    byte[] whole = Samples.gzip(Samples.tar(batches()));
    Samples.write(archive, Arrays.copyOf(whole, whole.length / 2));
    refused(archive, "is cut short");
    Samples.write(archive, Samples.gzip(Samples.bytes(5000, 1)));
    refused(archive, "no tar archive inside");
    Map<String, byte[]> some = batches();
    some.remove("cifar-10-batches-bin/data_batch_4.bin");
    Samples.write(archive, Samples.gzip(Samples.tar(some)));
    refused(archive, "has no data_batch_4.bin in it");
    Samples.write(archive, Samples.gzip(Samples.tar(Map.of("photos/a.png", new byte[9]))));
    refused(archive, archive + " is no archive of CIFAR-10 batches; unpack it");
    Samples.write(archive, Samples.gzip(Samples.tarHeader("readme.html", 1L << 32)));
    refused(archive, "the archive unpacks to more than 2147483648 bytes");
  }

  private static void refused(Path path, String words) {
    assertThatThrownBy(() -> DataSource.standard().open(path.toString()))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("; ");
  }
}
