package io.github.jvae.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.Batches;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Samples;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("IDX files")
class IdxReaderTest {
  private static final byte[] PIXELS = Samples.bytes(5 * 6, 1);

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"train-images-idx3-ubyte", "train-images-idx3-ubyte.gz", "mine"})
  @DisplayName("are read, plain or compressed, whatever their name")
  void read(String name, @TempDir Path folder) {
    byte[] bytes = Samples.idxImages(5, 2, 3, PIXELS);
    Path file =
        Samples.write(folder.resolve(name), name.endsWith(".gz") ? Samples.gzip(bytes) : bytes);
    ImageExamples data = IdxReader.images(file, "five");
    assertThat(data).hasToString("five: 5 images of [1, 2, 3]");
    assertThat(Samples.pixels(data, 4)).isEqualTo(Arrays.copyOfRange(PIXELS, 24, 30));
  }

  @Test
  @DisplayName("of some size are mapped, and read the same")
  void mapped(@TempDir Path folder) {
    byte[] pixels = Samples.bytes(1 << 24, 3);
    byte[] bytes = Samples.idxImages(1 << 10, 1 << 7, 1 << 7, pixels);
    ImageExamples mapped = IdxReader.images(Samples.write(folder.resolve("plain"), bytes), "d");
    ImageExamples unpacked =
        IdxReader.images(Samples.write(folder.resolve("packed"), Samples.gzip(bytes)), "d");
    assertThat(mapped.sha256()).isEqualTo(unpacked.sha256());
    assertThat(mapped.sha256())
        .isEqualTo(ImageExamples.of("d", Shape.of(1, 1 << 7, 1 << 7), pixels).sha256());
  }

  @Test
  @DisplayName("larger than the heap are mapped in pieces")
  void huge(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("sparse");
    int count = 3 * (1 << 10);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(Samples.idxImages(count, 1 << 10, 1 << 10, new byte[0]));
      out.setLength(16 + ((long) count << 20));
      out.seek(16 + ((long) (count - 1) << 20));
      out.write(77);
    }
    ImageExamples data = IdxReader.images(file, "sparse");
    assertThat(data.size()).isEqualTo(count);
    assertThat(Samples.pixels(data, count - 1)[0]).isEqualTo((byte) 77);
  }

  @Test
  @DisplayName("of more images than the heap has room to number are opened, and not shuffled")
  void countless(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("sparse");
    int count = 2_000_000_000;
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(Samples.idxImages(count, 1, 1, new byte[0]));
      out.setLength(16 + (long) count);
      out.seek(16 + (long) (count - 2));
      out.write(new byte[] {77, 88});
    }
    DataParts data = DataSource.standard().open(file.toString());
    assertThat(data.train().size()).isEqualTo(1_800_000_000);
    assertThat(data.test().size()).isEqualTo(200_000_000);
    assertThat(Samples.pixels(data.train(), 1_799_999_999)[0]).isEqualTo((byte) 77);
    assertThat(Samples.pixels(data.test(), 199_999_999)[0]).isEqualTo((byte) 88);
    Batches batches = Batches.of(data.train(), 3);
    assertThat(batches.startingAt(599_999_999).iterator().next().indices())
        .containsExactly(1_799_999_997, 1_799_999_998, 1_799_999_999);
    assertThatThrownBy(() -> batches.shuffled(1, 1))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("1800000000 examples, too many to shuffle", "-Xmx", "--limit");
  }

  @Test
  @DisplayName("count the classes of all parts together, and may have a validation part")
  void classesOfAllParts(@TempDir Path folder) {
    int part = 0;
    for (String name : new String[] {"train", "t10k", "validation"}) {
      Samples.write(
          folder.resolve(name + "-images-idx3-ubyte"),
          Samples.idxImages(2, 2, 3, Samples.bytes(12, part)));
      Samples.write(
          folder.resolve(name + "-labels-idx1-ubyte"),
          Samples.idxLabels(2, new byte[] {0, (byte) ++part}));
    }
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(data.train().labels().orElseThrow().classes()).isEqualTo(4);
    assertThat(data.test().labels().orElseThrow().classes()).isEqualTo(4);
    assertThat(data.validation().orElseThrow().labels().orElseThrow().label(1)).isEqualTo(3);
  }

  @Test
  @DisplayName("take their labels from the file next to them")
  void labels(@TempDir Path folder) {
    Path images = Samples.write(
        folder.resolve("train-images.idx3-ubyte"), Samples.idxImages(5, 2, 3, PIXELS));
    Path labels = folder.resolve("train-labels-idx1-ubyte.gz");
    Samples.write(
        labels,
        Samples.gzip(Samples.idxLabels(5, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 200)));
    assertThat(IdxFolder.read(images, "d", List.of()).labels().orElseThrow().label(4))
        .isEqualTo(200);
    Samples.write(labels, Samples.gzip(Samples.idxLabels(2, (byte) 1, (byte) 2)));
    assertThatThrownBy(() -> IdxFolder.read(images, "d", List.of()))
        .hasMessage(
            images + " has 5 images but " + labels + " has 2 labels; fetch or make the file again");
  }

  @Test
  @DisplayName("make a data set of a folder with both parts, and say which file is missing")
  void folder(@TempDir Path folder) {
    Samples.write(folder.resolve("train-images-idx3-ubyte"), Samples.idxImages(5, 2, 3, PIXELS));
    assertThatThrownBy(() -> IdxFolder.open(folder, "d", List.of()))
        .hasMessage(folder + " has no t10k-images-idx3-ubyte[.gz]; put it there");
    Samples.write(
        folder.resolve("test-images-idx3-ubyte.gz"),
        Samples.gzip(Samples.idxImages(2, 2, 3, Samples.bytes(12, 9))));
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(data.train().size()).isEqualTo(5);
    assertThat(data.test().size()).isEqualTo(2);
  }

  @Test
  @DisplayName("named one by one have every 10th image set aside")
  void single(@TempDir Path folder) {
    Path file = Samples.write(folder.resolve("x"), Samples.idxImages(5, 2, 3, PIXELS));
    DataParts data = DataSource.standard().open(file.toString());
    assertThat(data.train().size()).isEqualTo(4);
    assertThat(data.test().size()).isEqualTo(1);
  }

  @Test
  @DisplayName("that are damaged are refused in a line with file, fault and cure")
  void damaged(@TempDir Path folder) {
    Path file = folder.resolve("f");
    byte[] whole = Samples.idxImages(5, 2, 3, PIXELS);
    refused(
        file,
        Arrays.copyOf(whole, 40),
        "is cut short: its header claims 30 bytes of data, but 24 follow");
    refused(
        file,
        Arrays.copyOf(whole, 50),
        "has trailing bytes: its header claims 30 bytes of data, but 34 follow");
    refused(file, Arrays.copyOf(whole, 10), "is cut short within its header");
    refused(file, new byte[0], "is empty");
    refused(file, Samples.idxLabels(1, (byte) 1), "magic number 2049, not 2051 (it holds labels)");
    refused(
        file,
        "hello world, this is text".getBytes(StandardCharsets.US_ASCII),
        "is not an IDX file of images");
    refused(file, Samples.idxImages(0, 2, 3, PIXELS), "claims 0 images");
    refused(file, Samples.idxImages(-1, 2, 3, PIXELS), "claims 4294967295 images");
    refused(
        file, Samples.idxImages(1, 1 << 20, 1 << 20, PIXELS), "beyond the limit of 2^24 pixels");
  }

  @Test
  @DisplayName("that are compressed and damaged are refused alike")
  void damagedGzip(@TempDir Path folder) {
    Path file = folder.resolve("f.gz");
    byte[] whole = Samples.gzip(Samples.idxImages(5, 2, 3, PIXELS));
    refused(file, Arrays.copyOf(whole, whole.length - 20), "is cut short");
    refused(file, Arrays.copyOf(whole, 5), "is cut short");
    byte[] flipped = whole.clone();
    flipped[whole.length - 6] ^= 1;
    refused(file, flipped, "is not intact gzip data");
    refused(file, Samples.gzip(Samples.idxImages(4, 2, 3, PIXELS)), "has trailing bytes");
    refused(
        file,
        Samples.gzip(Samples.idxImages(6, 2, 3, PIXELS)),
        "is cut short: its header claims 36");
  }

  @Test
  @DisplayName("that claim gigabytes cost nothing to refuse")
  void bomb(@TempDir Path folder) {
    Path file = folder.resolve("f");
    byte[] claim = Samples.idxImages(Integer.MAX_VALUE, 4096, 4096, PIXELS);
    refused(file, claim, "is cut short");
    refused(file, Samples.gzip(claim), "bytes cannot unpack to");
    byte[] large = ByteBuffer.allocate(8 << 20)
        .put(Samples.idxImages(511, 4096, 4096, PIXELS))
        .array();
    refused(file, Samples.gzip(large), "; ");
  }

  @Test
  @DisplayName("beyond the heap are refused with a word on -Xmx")
  void heap() {
    assertThatThrownBy(() -> FileChecks.requireHeap(Path.of("big.gz"), Long.MAX_VALUE / 2))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("big.gz holds")
        .hasMessageContaining("-Xmx");
  }

  @Test
  @DisplayName("that are folders, missing or locked are refused")
  void notFiles(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> IdxReader.images(folder, "d"))
        .hasMessage(folder + " is a folder; name a file");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> IdxReader.labels(missing))
        .hasMessage(missing + " does not exist; check the path");
    Path locked = Samples.write(folder.resolve("locked"), new byte[] {1});
    if (locked.toFile().setReadable(false) && !Files.isReadable(locked)) {
      assertThatThrownBy(() -> IdxReader.images(locked, "d")).hasMessageContaining("permission");
    }
  }

  private static void refused(Path file, byte[] bytes, String... words) {
    Samples.write(file, bytes);
    assertThatThrownBy(() -> IdxReader.images(file, "d"))
        .isInstanceOf(VaeException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("\n")
        .contains("; ");
  }
}
