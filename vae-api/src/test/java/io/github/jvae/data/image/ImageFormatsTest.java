package io.github.jvae.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.Samples;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.error.VaeException;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An image file")
class ImageFormatsTest {
  private static final Path FILE = Path.of("image");

  @ParameterizedTest
  @CsvSource({
    "png, ''",
    "bmp, ''",
    "tif, ''",
    "tif, LZW",
    "tif, Deflate",
    "tif, PackBits",
    "tif, ZLib"
  })
  @DisplayName("of a format without loss gives its pixels")
  void lossless(String format, String compression) {
    BufferedImage image = ImageSamples.noise(BufferedImage.TYPE_3BYTE_BGR, 7, 5);
    ImageFile read = decode(ImageSamples.write(image, format, compression));
    assertThat(read.channels).isEqualTo(3);
    assertThat(read.bytes).isEqualTo(planes(image));
    assertThat(read.notes).isEmpty();
  }

  @Test
  @DisplayName("of a palette gives its colours, in GIF and BMP")
  void palettes() {
    BufferedImage image = ImageSamples.noise(BufferedImage.TYPE_BYTE_INDEXED, 7, 5);
    BufferedImage shown = new BufferedImage(7, 5, BufferedImage.TYPE_3BYTE_BGR);
    shown.createGraphics().drawImage(image, 0, 0, null);
    assertThat(decode(ImageSamples.write(image, "bmp")).bytes).isEqualTo(planes(shown));
    assertThat(decode(ImageSamples.write(image, "bmp", "BI_RLE8")).bytes).isEqualTo(planes(shown));
    assertThat(decode(ImageSamples.write(image, "gif")).bytes)
        .isEqualTo(decode(ImageSamples.write(image, "png")).bytes);
  }

  @Test
  @DisplayName("of WebP gives its pixels, and of an animation the first frame")
  void webp() {
    byte[] pixels = HexFormat.of().parseHex(ImageSamples.WEBP_PIXELS);
    byte[] planes = new byte[pixels.length];
    IntStream.range(0, pixels.length)
        .forEach(i -> planes[i % 3 * pixels.length / 3 + i / 3] = pixels[i]);
    assertThat(decode(ImageSamples.WEBP).bytes).isEqualTo(planes);
    assertThat(decode(ImageSamples.ANIMATED_WEBP).bytes).isEqualTo(planes);
    assertThat(decode(ImageSamples.ANIMATED_WEBP).notes).containsExactly(ImageNote.FIRST);
  }

  @Test
  @DisplayName("of WebP is refused with the name of a reader where there is none")
  void webpWithoutReader() {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    List<ImageReaderSpi> readers = new ArrayList<>();
    registry
        .getServiceProviders(
            ImageReaderSpi.class,
            spi -> List.of(((ImageReaderSpi) spi).getFormatNames()).contains("webp"),
            false)
        .forEachRemaining(readers::add);
    assertThat(readers).isNotEmpty();
    readers.forEach(registry::deregisterServiceProvider);
    try {
      assertThatThrownBy(() -> decode(ImageSamples.WEBP))
          .isInstanceOf(VaeException.class)
          .hasMessage("image is a WebP image, for which there is no reader; put"
              + " com.twelvemonkeys.imageio:imageio-webp on the class path, or save it as a PNG");
    } finally {
      readers.forEach(registry::registerServiceProvider);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "tif"})
  @DisplayName("of several frames or pages gives the first, and says so")
  void first(String format) {
    BufferedImage first = ImageSamples.noise(BufferedImage.TYPE_BYTE_GRAY, 7, 5);
    BufferedImage second = new BufferedImage(7, 5, BufferedImage.TYPE_BYTE_GRAY);
    ImageFile read = decode(ImageSamples.sequence(first, second, format));
    assertThat(read.bytes).isEqualTo(decode(ImageSamples.write(first, format)).bytes);
    assertThat(read.notes).containsExactly(ImageNote.FIRST);
  }

  @Test
  @DisplayName("of GIF shows the first frame where it lies on the screen")
  void gifScreen() {
    byte[] gif =
        ImageSamples.write(ImageSamples.noise(BufferedImage.TYPE_BYTE_BINARY, 3, 2), "gif");
    ByteBuffer bytes = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
    byte[] frame = decode(gif).bytes;
    bytes.putShort(6, (short) 5).putShort(8, (short) 4);
    int colours = 13 + (3 << ((gif[10] & 7) + 1));
    assertThat(gif[colours]).isEqualTo((byte) 0x2C);
    bytes.putShort(colours + 1, (short) 1).putShort(colours + 3, (short) 2);
    ImageFile read = decode(gif);
    assertThat(List.of(read.width, read.height)).containsExactly(5, 4);
    byte[] expected = new byte[5 * 4];
    for (int i = 0; i < 6; i++) {
      expected[(2 + i / 3) * 5 + 1 + i % 3] = frame[i];
    }
    assertThat(Arrays.copyOf(read.bytes, 20)).isEqualTo(expected);
    assertThat(read.notes).containsExactly(ImageNote.TRANSPARENT);
  }

  /** Corners of a 2 x 3 image as they are stored, for each orientation of the same picture. */
  @ParameterizedTest
  @CsvSource({
    "1, 1 2 3 4 5 6", "2, 2 1 4 3 6 5", "3, 6 5 4 3 2 1", "4, 5 6 3 4 1 2",
    "5, 1 3 5 2 4 6", "6, 2 4 6 1 3 5", "7, 6 4 2 5 3 1", "8, 5 3 1 6 4 2"
  })
  @DisplayName("is turned upright, as its EXIF data or TIFF tags say, in both byte orders")
  void orientation(int number, String stored) {
    int width = number > 4 ? 3 : 2;
    int height = number > 4 ? 2 : 3;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    int[] levels =
        Arrays.stream(stored.split(" ")).mapToInt(s -> 40 * Integer.parseInt(s)).toArray();
    image.getRaster().setPixels(0, 0, width, height, levels);
    byte[] upright = {40, 80, 120, (byte) 160, (byte) 200, (byte) 240};
    byte[] png = ImageSamples.write(image, "png");
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      byte[] tags = ImageSamples.orientationTags(number, order);
      ImageFile read = decode(ImageSamples.withChunk(png, "eXIf", tags));
      assertThat(List.of(read.width, read.height)).containsExactly(2, 3);
      assertThat(read.bytes).isEqualTo(upright);
      assertThat(read.notes.contains(ImageNote.TURNED)).isEqualTo(number != 1);
    }
    assertThat(decode(orientedTiff(image, number)).bytes).isEqualTo(upright);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  @DisplayName("of JPEG and WebP is turned like the others")
  void orientationElsewhere(int number) {
    byte[] jpeg =
        ImageSamples.write(ImageSamples.noise(BufferedImage.TYPE_BYTE_GRAY, 8, 16), "jpg");
    ImageFile lying = decode(jpeg);
    byte[] expected = new Orientation(number).upright(lying.bytes, 16, 8);
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      ImageFile read = decode(ImageSamples.withExif(jpeg, number, order));
      assertThat(read.bytes).isEqualTo(expected);
      assertThat(read.width).isEqualTo(number > 4 ? 16 : 8);
      byte[] tags = ImageSamples.orientationTags(number, order);
      ImageFile webp = decode(ImageSamples.withExifChunk(ImageSamples.WEBP, tags));
      assertThat(webp.bytes)
          .isEqualTo(new Orientation(number).upright(decode(ImageSamples.WEBP).bytes, 4, 6));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 0xFFFF})
  @DisplayName("with an orientation that there is not is left as it lies")
  void noOrientation(int number) {
    byte[] jpeg =
        ImageSamples.write(ImageSamples.noise(BufferedImage.TYPE_BYTE_GRAY, 8, 16), "jpg");
    ImageFile read = decode(ImageSamples.withExif(jpeg, number, ByteOrder.BIG_ENDIAN));
    assertThat(read.bytes).isEqualTo(decode(jpeg).bytes);
    assertThat(read.notes).isEmpty();
  }

  @Test
  @DisplayName("of CMYK has the colours that common viewers show")
  void cmyk() {
    ImageFile read = decode(ImageSamples.CMYK_JPEG);
    // ImageMagick has 71.84%, 53.53% and 35.92%; FFmpeg 181, 137 and 90.
    assertThat(Byte.toUnsignedInt(read.bytes[0])).isCloseTo(183, within(1));
    assertThat(Byte.toUnsignedInt(read.bytes[64])).isCloseTo(137, within(1));
    assertThat(Byte.toUnsignedInt(read.bytes[128])).isCloseTo(92, within(1));
    assertThat(read.notes).containsExactly(ImageNote.CMYK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tif"})
  @DisplayName("of 16 bits is rounded to the nearest of 256 levels, and says so")
  void deep(String format) {
    BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_USHORT_GRAY);
    int[] values = IntStream.range(0, 1 << 16).toArray();
    image.getRaster().setPixels(0, 0, 256, 256, values);
    ImageFile read = decode(ImageSamples.write(image, format));
    for (int value : values) {
      assertThat(read.bytes[value] & 0xFF).isEqualTo((int) Math.round(value / 257.0));
    }
    assertThat(read.notes).containsExactly(ImageNote.DEEP);
  }

  @Test
  @DisplayName("of 16 bits in colour is rounded likewise, transparency with it once")
  void deepColour() throws IOException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    int count = 1000;
    int[] samples = new Random(3).ints(4L * count, 0, 1 << 16).toArray();
    rows.write(0);
    for (int sample : samples) {
      rows.write(sample >> 8);
      rows.write(sample);
    }
    ImageFile read = decode(png(count, 16, 6, rows.toByteArray()));
    for (int i = 0; i < count; i++) {
      double alpha = samples[4 * i + 3] / 65535.0;
      for (int c = 0; c < 3; c++) {
        assertThat(read.bytes[c * count + i] & 0xFF)
            .isEqualTo((int) Math.round(samples[4 * i + c] / 65535.0 * alpha * 255));
      }
    }
    assertThat(read.notes).containsExactly(ImageNote.DEEP, ImageNote.TRANSPARENT);
  }

  @Test
  @DisplayName("with an alpha channel that is opaque throughout is no note worth")
  void opaque() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_4BYTE_ABGR);
    image.setRGB(0, 0, 2, 2, new int[] {-1, -1, -1, -1}, 0, 2);
    assertThat(decode(ImageSamples.write(image, "png")).notes).isEmpty();
    image.setRGB(0, 0, 0xFEFFFFFF);
    assertThat(decode(ImageSamples.write(image, "png")).notes)
        .containsExactly(ImageNote.TRANSPARENT);
  }

  @ParameterizedTest
  @EnumSource(ImageFormat.class)
  @DisplayName("is told by its content, whatever its ending")
  void content(ImageFormat format, @TempDir Path folder) {
    BufferedImage image = ImageSamples.noise(BufferedImage.TYPE_BYTE_GRAY, 6, 4);
    byte[] bytes =
        format == ImageFormat.WEBP ? ImageSamples.WEBP : ImageSamples.write(image, format.title());
    Samples.write(folder.resolve("a.png"), bytes);
    Samples.write(folder.resolve("b.jpeg"), bytes);
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(data.shape().dimension(2)).isEqualTo(6);
    assertThat(Samples.pixels(data.train(), 0)).isEqualTo(Samples.pixels(data.test(), 0));
  }

  @Test
  @DisplayName("of a format that ImageIO knows and this does not is refused")
  void otherFormat() {
    BufferedImage image = ImageSamples.noise(BufferedImage.TYPE_BYTE_BINARY, 6, 4);
    assertThatThrownBy(() -> decode(ImageSamples.write(image, "wbmp")))
        .isInstanceOf(VaeException.class)
        .hasMessage("image is not a PNG, JPEG, BMP, GIF, TIFF or WebP image, whatever its name;"
            + " replace or remove it");
  }

  @Test
  @DisplayName("of TIFF with other numbers than levels is refused")
  void tiffOfFloats() {
    SampleModel floats = new BandedSampleModel(DataBuffer.TYPE_FLOAT, 4, 4, 1);
    ColorModel gray = new ComponentColorModel(
        ColorSpace.getInstance(ColorSpace.CS_GRAY),
        false,
        false,
        Transparency.OPAQUE,
        DataBuffer.TYPE_FLOAT);
    BufferedImage image =
        new BufferedImage(gray, Raster.createWritableRaster(floats, null), false, null);
    assertThatThrownBy(() -> decode(ImageSamples.write(image, "tif")))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("of up to 16 unsigned bits; save it as");
  }

  @Test
  @DisplayName("of many small parts takes no longer than its size warrants")
  void manyParts() {
    byte[] png = ImageSamples.write(ImageSamples.noise(BufferedImage.TYPE_BYTE_GRAY, 2, 2), "png");
    byte[] empty = ImageSamples.chunk("teSt", new byte[0]);
    ByteBuffer chunks = ByteBuffer.allocate(400_000 * empty.length);
    while (chunks.hasRemaining()) {
      chunks.put(empty);
    }
    byte[] many = ByteBuffer.allocate(png.length + chunks.capacity())
        .put(png, 0, 33)
        .put(chunks.array())
        .put(png, 33, png.length - 33)
        .array();
    ImageFile read = assertTimeout(Duration.ofSeconds(4), () -> decode(many));
    assertThat(read.bytes).isEqualTo(decode(png).bytes);
  }

  @Test
  @DisplayName("of more scans than any camera makes is refused: each costs a pass over all pixels")
  void manyScans() {
    byte[] jpeg = ImageSamples.write(
        ImageSamples.noise(BufferedImage.TYPE_BYTE_GRAY, 16, 16), "jpg", "progressive");
    int scan = 2;
    while (jpeg[scan] != (byte) 0xFF || jpeg[scan + 1] != (byte) 0xDA) {
      scan++;
    }
    byte[] scans = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
    ByteBuffer bomb = ByteBuffer.allocate(scan + 101 * scans.length + 2).put(jpeg, 0, scan);
    for (int i = 0; i < 101; i++) {
      bomb.put(scans);
    }
    bomb.putShort((short) 0xFFD9);
    assertThatThrownBy(() -> decode(bomb.array()))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("scans, beyond the limit of 100");
  }

  @Test
  @DisplayName("with a checksum that does not match is refused")
  void checksum() {
    byte[] png = ImageSamples.write(ImageSamples.noise(BufferedImage.TYPE_BYTE_GRAY, 9, 9), "png");
    for (int i = 8; i < png.length; i++) {
      byte[] flipped = png.clone();
      flipped[i] ^= 0x10;
      assertThatThrownBy(() -> decode(flipped)).as("byte %d", i).isInstanceOf(VaeException.class);
    }
  }

  private static ImageFile decode(byte[] content) {
    return ImageFile.decode(FILE, content);
  }

  private static byte[] planes(BufferedImage image) {
    int plane = image.getWidth() * image.getHeight();
    byte[] planes = new byte[3 * plane];
    for (int i = 0; i < plane; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      planes[i] = (byte) (rgb >> 16);
      planes[plane + i] = (byte) (rgb >> 8);
      planes[2 * plane + i] = (byte) rgb;
    }
    return planes;
  }

  /** TIFF tags, in the order of their numbers, before one strip of gray levels. */
  private static byte[] orientedTiff(BufferedImage image, int orientation) {
    int[][] tags = {
      {256, image.getWidth()},
      {257, image.getHeight()},
      {258, 8},
      {259, 1},
      {262, 1},
      {273, 200},
      {274, orientation},
      {277, 1},
      {278, image.getHeight()},
      {279, image.getWidth() * image.getHeight()}
    };
    ByteBuffer bytes = ByteBuffer.allocate(200 + image.getWidth() * image.getHeight())
        .put("MM\0*".getBytes(StandardCharsets.US_ASCII))
        .putInt(8)
        .putShort((short) tags.length);
    for (int[] tag : tags) {
      bytes.putShort((short) tag[0]).putShort((short) 3).putInt(1).putInt(tag[1] << 16);
    }
    bytes.position(200);
    int[] levels =
        image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    Arrays.stream(levels).forEach(level -> bytes.put((byte) level));
    return bytes.array();
  }

  /** A PNG file of one row of given bytes, the kind of filter first. */
  private static byte[] png(int width, int bits, int kind, byte[] row) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(row);
    }
    byte[] header = ByteBuffer.allocate(13)
        .putInt(width)
        .putInt(1)
        .put(new byte[] {(byte) bits, (byte) kind, 0, 0, 0})
        .array();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
    file.write(ImageSamples.chunk("IHDR", header));
    file.write(ImageSamples.chunk("IDAT", packed.toByteArray()));
    file.write(ImageSamples.chunk("IEND", new byte[0]));
    return file.toByteArray();
  }
}
