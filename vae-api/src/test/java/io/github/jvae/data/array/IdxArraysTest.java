package io.github.jvae.data.array;

import static io.github.jvae.data.array.ArraySamples.counting;
import static io.github.jvae.data.array.ArraySamples.example;
import static io.github.jvae.data.array.ArraySamples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Samples;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("IDX files of other than images")
class IdxArraysTest {
  @TempDir
  Path folder;

  private static byte[] idx(int type, byte[] data, int... extents) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * extents.length + data.length);
    file.putInt(type << 8 | extents.length);
    for (int extent : extents) {
      file.putInt(extent);
    }
    return file.put(data).array();
  }

  @ParameterizedTest(name = "type {0}")
  @CsvSource({
    "08, 000205ff, BYTES, 0.007843138, 1",
    "09, 000205ff, FLOATS, 2, -1",
    "0b, 0000000200050101, COUNTS, 2, 257",
    "0c, 00000000000000020000000500000101, COUNTS, 2, 257",
    "0d, 000000003fc0000040a00000c0000000, FLOATS, 1.5, -2",
    "0e, 00000000000000003ff800000000000040140000000000003fe0000000000000, FLOATS, 1.5, 0.5",
  })
  @DisplayName("are read, of every type, plain or compressed")
  void types(String type, String data, ElementKind kind, float second, float fourth) {
    HexFormat hex = HexFormat.of();
    byte[] file = idx(HexFormat.fromHexDigits(type), hex.parseHex(data), 2, 2);
    for (byte[] bytes : new byte[][] {file, Samples.gzip(file)}) {
      DataParts parts = open(Samples.write(folder.resolve("x"), bytes));
      assertThat(parts.train().elements()).isEqualTo(kind);
      assertThat(example(parts.train(), 0)[1]).isEqualTo(second);
      assertThat(example(parts.test(), 0)[1]).isEqualTo(fourth);
    }
  }

  @Test
  @DisplayName("of colour images are read, and their layout may be told")
  void colour() {
    Path file = Samples.write(folder.resolve("x"), idx(8, counting(180), 2, 6, 5, 3));
    DataParts data = open(file);
    assertThat(data.train()).isInstanceOf(ImageExamples.class);
    assertThat(data.shape()).isEqualTo(Shape.of(3, 6, 5));
    assertThat(Samples.pixels(data.train(), 0)[1]).isEqualTo((byte) 3);
    assertThat(open(file, Options.none().with("layout", "plain")).shape())
        .isEqualTo(Shape.of(6, 5, 3));
    Path gray = Samples.write(folder.resolve("g"), idx(8, counting(60), 2, 6, 5));
    assertThat(open(gray, Options.none().with("layout", "plain")).shape())
        .isEqualTo(Shape.of(6, 5));
  }

  @Test
  @DisplayName("in a folder are parts and labels by their names")
  void folders() {
    Samples.write(folder.resolve("train-data-idx2-ubyte"), idx(8, counting(12), 4, 3));
    Samples.write(
        folder.resolve("train-labels-idx1-ubyte.gz"),
        Samples.gzip(Samples.idxLabels(4, (byte) 0, (byte) 1, (byte) 2, (byte) 1)));
    Samples.write(folder.resolve("t10k-data.idx2-ubyte"), idx(8, counting(6), 2, 3));
    Samples.write(
        folder.resolve("t10k-labels-idx1-ubyte"), Samples.idxLabels(2, (byte) 2, (byte) 0));
    DataParts data = open(folder);
    assertThat(data.train().size()).isEqualTo(4);
    assertThat(data.test().size()).isEqualTo(2);
    assertThat(data.train().labels().orElseThrow().classes()).isEqualTo(3);
    assertThat(data.test().labels().orElseThrow().label(0)).isEqualTo(2);
  }

  @Test
  @DisplayName("that are not whole are refused")
  void damaged() {
    refused(idx(0x0D, new byte[20], 2, 3), "claims 24 bytes of data, but 20 follow");
    refused(idx(0x0D, new byte[24], 2, -3), "claims 4294967293 numbers along axis 2");
    refused(idx(0x0E, new byte[9], 0x7fffffff, 0x7fffffff, 0x7fffffff), "or 2^63 bytes");
    refused(Samples.gzip(idx(8, new byte[9], 0x7fffffff, 9)), "cannot unpack to");
  }

  private void refused(byte[] bytes, String told) {
    Path file = Samples.write(folder.resolve("x"), bytes);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(VaeException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(told);
  }
}
