package io.github.jvae.data.array;

import static io.github.jvae.data.array.ArraySamples.counting;
import static io.github.jvae.data.array.ArraySamples.doubles;
import static io.github.jvae.data.array.ArraySamples.example;
import static io.github.jvae.data.array.ArraySamples.floats;
import static io.github.jvae.data.array.ArraySamples.npy;
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
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An NPY file")
class NpyFormatTest {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;

  @TempDir
  Path folder;

  /** Two examples of two numbers each, of every type; the bytes are what NumPy 2 writes. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "|b1, 00010101, '0, 1, 1, 1', BINARY",
    "|u1, 00020aff, '0, 2, 10, 255', BYTES",
    "|i1, 00020aff, '0, 2, 10, -1', FLOATS",
    "<u2, 0000020001000101, '0, 2, 1, 257', COUNTS",
    ">u2, 0000000200010101, '0, 2, 1, 257', COUNTS",
    "<i2, 00000200ffff0101, '0, 2, -1, 257', FLOATS",
    "<u4, 00000000020000000100000000010000, '0, 2, 1, 256', COUNTS",
    "<i4, 0000000002000000ffffffff00010000, '0, 2, -1, 256', FLOATS",
    ">i4, 0000000000000002ffffffff00000100, '0, 2, -1, 256', FLOATS",
    "<u8, 0000000000000000010000000000000002000000000000000300000000000000, '0, 1, 2, 3', COUNTS",
    ">i8, 000000000000000000000000000000010000000000000002fffffffffffffffd, '0, 1, 2, -3', FLOATS",
    "<f2, 00000038003c00c5, '0, 0.5, 1, -5', FLOATS",
    ">f2, 00003800000104ff, '0, 0.5, 5.9604645e-8, 7.6234341e-5', FLOATS",
    "<f4, 000000000000003f0000803f0000a0c0, '0, 0.5, 1, -5', FLOATS",
    ">f4, 000000003f0000003f800000c0a00000, '0, 0.5, 1, -5', FLOATS",
    "<f8, 0000000000000000000000000000e03f000000000000f03f00000000000014c0, '0, .5, 1, -5', FLOATS",
    ">f8, 00000000000000003fe00000000000003ff0000000000000c014000000000000, '0, .5, 1, -5', FLOATS",
  })
  @DisplayName("of any type and byte order is read, and its kind told by type and numbers")
  void types(String type, String hexadecimal, String numbers, ElementKind kind) {
    byte[] file = npy(type, "(2, 2)", HexFormat.of().parseHex(hexadecimal));
    DataParts data = open(Samples.write(folder.resolve("x.npy"), file));
    assertThat(data.train().elements()).isEqualTo(kind);
    assertThat(data.shape()).isEqualTo(Shape.of(2));
    float[] expected = new float[4];
    String[] texts = numbers.split(", ", -1);
    for (int i = 0; i < 4; i++) {
      expected[i] = Float.parseFloat(texts[i]) / (kind == ElementKind.BYTES ? 255 : 1);
    }
    assertThat(example(data.train(), 0)).isEqualTo(Arrays.copyOf(expected, 2));
    assertThat(example(data.test(), 0)).isEqualTo(Arrays.copyOfRange(expected, 2, 4));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  @DisplayName("of versions 1 to 3 is read, plain or compressed")
  void versions(int version) {
    byte[] file = npy(version, "<f4", "False", "(3,)", floats(LITTLE, 1, 2.5f, -3));
    for (byte[] bytes : new byte[][] {file, Samples.gzip(file)}) {
      DataParts data = open(Samples.write(folder.resolve("x"), bytes));
      assertThat(data.shape()).isEqualTo(Shape.of(1));
      assertThat(example(data.train(), 1)).containsExactly(2.5f);
      assertThat(example(data.test(), 0)).containsExactly(-3);
    }
  }

  @Test
  @DisplayName("in Fortran order is read as in C order, and told to be slow")
  void fortran() {
    float[] c = new float[24];
    float[] fortran = new float[24];
    for (int i = 0; i < 24; i++) {
      c[i] = i + 0.5f;
      fortran[i / 12 + i / 4 % 3 * 2 + i % 4 * 6] = i + 0.5f;
    }
    DataParts rows =
        open(Samples.write(folder.resolve("c.npy"), npy("<f4", "(2, 3, 4)", floats(LITTLE, c))));
    DataParts columns = open(Samples.write(
        folder.resolve("f.npy"), npy(1, "<f4", "True", "(2, 3, 4)", floats(LITTLE, fortran))));
    assertThat(rows.shape()).isEqualTo(Shape.of(3, 4));
    assertThat(example(columns.train(), 0)).isEqualTo(example(rows.train(), 0));
    assertThat(example(columns.test(), 0)).isEqualTo(Arrays.copyOfRange(c, 12, 24));
    assertThat(rows.notes()).isEmpty();
    assertThat(columns.notes()).singleElement().asString().contains("far apart", "slow");
  }

  @ParameterizedTest(name = "{0} {1} of layout {2}")
  @CsvSource({
    "'(2, 3, 4)', |u1, auto, '[1, 3, 4]'",
    "'(2, 6, 5, 3)', |u1, auto, '[3, 6, 5]'",
    "'(2, 3, 6, 5)', |u1, auto, '[3, 6, 5]'",
    "'(2, 3, 6, 3)', |u1, hwc, '[3, 3, 6]'",
    "'(2, 3, 6, 3)', |u1, chw, '[3, 6, 3]'",
    "'(2, 3, 6, 3)', |u1, plain, '[3, 6, 3]'",
    "'(2, 6, 7, 5)', |u1, plain, '[6, 7, 5]'",
    "'(2, 3, 4)', |u1, plain, '[3, 4]'",
    "'(2, 3, 4)', <f4, auto, '[3, 4]'",
    "'(2, 3, 4)', <f4, hw, '[1, 3, 4]'",
    "'(2, 6, 5, 3)', <f4, auto, '[3, 6, 5]'",
    "'(2, 6, 5, 7)', <f4, auto, '[6, 5, 7]'",
    "'(2, 2, 6, 5, 3)', <f4, auto, '[2, 6, 5, 3]'",
  })
  @DisplayName("has the layout that is told, or else that type and extents tell")
  void layouts(String shape, String type, String layout, String expected) {
    int count = Arrays.stream(shape.replaceAll("[() ]", "").split(",", -1))
        .mapToInt(Integer::parseInt)
        .reduce(1, (a, b) -> a * b);
    byte[] data = type.equals("<f4") ? new byte[4 * count] : counting(count);
    Path file = Samples.write(folder.resolve("x.npy"), npy(type, shape, data));
    DataParts parts = open(file, Options.none().with("layout", layout));
    assertThat(parts.shape()).hasToString(expected);
    boolean images = type.equals("|u1") && !layout.equals("plain");
    assertThat(parts.train() instanceof ImageExamples).isEqualTo(images);
  }

  @Test
  @DisplayName("with channels last has them put first")
  void channelsLast() {
    byte[] pixels = counting(2 * 6 * 5 * 3);
    Path file = Samples.write(folder.resolve("x.npy"), npy("|u1", "(2, 6, 5, 3)", pixels));
    byte[] first = Samples.pixels(open(file).train(), 0);
    byte[] second = Samples.pixels(open(file).test(), 0);
    for (int i = 0; i < 90; i++) {
      int at = i % 30 * 3 + i / 30;
      assertThat(first[i]).isEqualTo(pixels[at]);
      assertThat(second[i]).isEqualTo(pixels[90 + at]);
    }
    float[] floats = new float[180];
    for (int i = 0; i < 180; i++) {
      floats[i] = pixels[i] & 0xFF;
    }
    Path other =
        Samples.write(folder.resolve("f.npy"), npy(">f4", "(2, 6, 5, 3)", floats(BIG, floats)));
    assertThat(example(open(other).test(), 0)[31]).isEqualTo(floats[90 + 4]);
  }

  @Test
  @DisplayName("of bytes that are only 0 and 1 is binary, not nearly black")
  void binaryBytes() {
    byte[] pixels = new byte[2 * 2 * 3];
    pixels[7] = 1;
    Path file = Samples.write(folder.resolve("x.npy"), npy("|u1", "(2, 2, 3)", pixels));
    DataParts data = open(file);
    assertThat(data.train().elements()).isEqualTo(ElementKind.BINARY);
    assertThat(data.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(example(data.test(), 0)).containsExactly(0, 1, 0, 0, 0, 0);
    DataParts levels = open(file, Options.none().with("elements", "bytes"));
    assertThat(levels.train()).isInstanceOf(ImageExamples.class);
    assertThat(example(levels.test(), 0)[1]).isEqualTo(1 / 255f);
  }

  @Test
  @DisplayName("whose numbers are told to be something else is checked")
  void elements() {
    Path file = Samples.write(folder.resolve("x.npy"), npy("|u1", "(2, 2)", counting(4)));
    DataParts counts = open(file, Options.none().with("elements", "counts"));
    assertThat(counts.train().elements()).isEqualTo(ElementKind.COUNTS);
    assertThat(example(counts.test(), 0)).containsExactly(2, 3);
    refused(
        npy("<f4", "(2, 1)", floats(LITTLE, 0.5f, -2)),
        Options.none().with("elements", "counts"),
        "numbers from -2.0 to 0.5, which are no counts");
    refused(
        npy("|u1", "(2, 2)", counting(4)), Options.none().with("elements", "binary"), "no binary");
    refused(npy("|u1", "(2, 2)", counting(4)), Options.none().with("layout", "hwc"), "have 1 axes");
    refused(
        npy("|u1", "(2, 2)", counting(4)),
        Options.none().with("layout", "sideways"),
        "layout must be one of auto, hw, chw, hwc, plain");
  }

  @Test
  @DisplayName("of images whose channels cannot be told asks for the layout")
  void ambiguous() {
    refused(
        npy("|u1", "(2, 6, 7, 5)", counting(420)), Options.none(), "--layout chw, hwc or plain");
    refused(
        npy("|u1", "(2, 3, 7, 3)", counting(126)), Options.none(), "--layout chw, hwc or plain");
  }

  @Test
  @DisplayName("in a folder of nothing else is one of several, told by their names")
  void folders() {
    Samples.write(folder.resolve("x_train.npy"), npy("|u1", "(3, 2, 2)", counting(12)));
    Samples.write(folder.resolve("y_train.npy"), npy("|u1", "(3,)", new byte[] {1, 0, 1}));
    Samples.write(folder.resolve("x_test.npy"), npy("|u1", "(2, 2, 2)", counting(8)));
    Samples.write(folder.resolve("y_test.npy"), npy("|u1", "(2,)", new byte[] {0, 1}));
    Samples.write(folder.resolve(".DS_Store"), new byte[] {1});
    DataParts data = open(folder);
    assertThat(data.train().size()).isEqualTo(3);
    assertThat(data.test().size()).isEqualTo(2);
    assertThat(data.test().labels().orElseThrow().label(1)).isEqualTo(1);
    Samples.write(folder.resolve("notes.txt"), new byte[] {1});
    assertThatThrownBy(() -> open(folder)).hasMessageContaining("holds no images, but");
  }

  @Test
  @DisplayName("with the examples along its last axis is read when that is told")
  void lastAxis() {
    Path file = Samples.write(
        folder.resolve("x.npy"), npy("<f4", "(2, 3)", floats(LITTLE, 1, 2, 3, 4, 5, 6)));
    DataParts data = open(file, Options.none().with("examples", "last"));
    assertThat(data.train().size()).isEqualTo(2);
    assertThat(example(data.test(), 0)).containsExactly(3, 6);
  }

  @Test
  @DisplayName("with a number that is not finite says which")
  void notFinite() {
    float[] numbers = new float[50_000];
    numbers[40_003] = Float.NaN;
    refused(
        npy("<f4", "(10000, 5)", floats(LITTLE, numbers)), Options.none(), "has NaN at [8000, 3]");
    numbers[40_003] = 0;
    numbers[3] = Float.NEGATIVE_INFINITY;
    refused(
        npy("<f4", "(10000, 5)", floats(LITTLE, numbers)), Options.none(), "-Infinity at [0, 3]");
    refused(
        npy("<f8", "(2, 1)", doubles(LITTLE, 1, 1e60)),
        Options.none(),
        "has 1.0E60 (beyond single precision) at [1, 0]");
  }

  @Test
  @DisplayName("of whole numbers beyond single precision notes that they are rounded")
  void rounded() {
    ByteBuffer data = ByteBuffer.allocate(16).order(LITTLE).putLong(1).putLong((1L << 40) + 1);
    DataParts parts =
        open(Samples.write(folder.resolve("x.npy"), npy("<i8", "(2,)", data.array())));
    assertThat(parts.train().elements()).isEqualTo(ElementKind.FLOATS);
    assertThat(parts.notes()).singleElement().asString().contains("rounded to single precision");
  }

  @Test
  @DisplayName("that cannot be read is refused in a line")
  void refusals() {
    Options none = Options.none();
    refused(npy("|O", "(2,)", new byte[40]), none, "Python objects, which are never unpickled");
    refused(npy("<U5", "(2,)", new byte[40]), none, "holds texts");
    refused(npy("<c8", "(2,)", new byte[16]), none, "holds complex numbers");
    refused(npy("<M8[ns]", "(2,)", new byte[16]), none, "holds dates");
    refused(npy("<f16", "(2,)", new byte[32]), none, "elements of type '<f16'");
    refused(npy("<f4", "(2, 3)", new byte[20]), none, "claims 24 bytes of data, but 20 follow");
    refused(npy("<f4", "(2, 3)", new byte[25]), none, "has trailing bytes");
    refused(npy("<f4", "(0, 3)", new byte[0]), none, "holds no numbers: its shape is [0, 3]");
    refused(npy("<f4", "()", new byte[4]), none, "holds a single number");
    refused(npy("<f4", "(1, 3)", new byte[12]), none, "has one example");
    refused(npy("|u1", "(3000000000, 2)", new byte[9]), none, "beyond 2^31 - 1 along an axis");
    refused(npy("|u1", "(99999999999999999999,)", new byte[9]), none, "claims the shape");
    refused(npy("<f8", "(2147483647, 2147483647, 2147483647)", new byte[9]), none, "or 2^63 bytes");
    refused(npy("<f8", "(2147483647, 1000)", new byte[9]), none, "is cut short");
    refused(npy("<f4", "(-1, 3)", new byte[12]), none, "has no header of an NPY file");
    refused(npy(4, "<f4", "False", "(1,)", new byte[4]), none, "of version 4");
    byte[] packed = Samples.gzip(npy("<f4", "(2147483647, 3)", new byte[12]));
    refused(packed, none, "cannot unpack to");
    refused(
        Samples.gzip(npy("<f4", "(2, 3)", new byte[20])), none, "claims 24 bytes of data, but 20");
  }

  @Test
  @DisplayName("larger than a mapping, and than the heap, is read in place")
  void huge() throws IOException {
    Path file = folder.resolve("sparse.npy");
    byte[] header = npy("<f4", "(800000, 1000)", new byte[0]);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(header);
      out.setLength(header.length + 800_000L * 4000);
      out.seek(header.length + 799_999L * 4000);
      out.write(floats(LITTLE, 7.5f));
      out.seek(header.length + (1L << 30) - 4);
      out.write(floats(LITTLE, 1.5f, 2.5f));
    }
    StoredArray array = new ArrayHeader(
            file, ElementType.FLOAT32, LITTLE, List.of(800_000L, 1000L), false)
        .in(StoredBytes.inFile(file, header.length, 800_000L * 4000));
    ExampleLayout layout =
        ArrayAxes.layout(array, ArrayOptions.CountingAxis.FIRST, ArrayOptions.AxisLayout.AUTO);
    float[] example = new float[1000];
    layout.numbers(1).read(799_999, example, 0);
    assertThat(example[0]).isEqualTo(7.5f);
    // An example that lies across two mappings: 2^30 bytes are 268,435.456 of them.
    layout.numbers(1).read(268_435, example, 0);
    assertThat(Arrays.copyOfRange(example, 454, 458)).containsExactly(0, 1.5f, 2.5f, 0);
  }

  private void refused(byte[] bytes, Options options, String told) {
    Path file = Samples.write(folder.resolve("x.npy"), bytes);
    assertThatThrownBy(() -> open(file, options))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(told)
        .message()
        .contains(told.startsWith("layout must") ? "npy" : "x.npy")
        .doesNotContain("\n");
  }
}
