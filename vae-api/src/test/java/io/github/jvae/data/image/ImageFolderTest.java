package io.github.jvae.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Part;
import io.github.jvae.data.Samples;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A folder of images")
class ImageFolderTest {
  private static final int GRAY = BufferedImage.TYPE_BYTE_GRAY;

  @Test
  @DisplayName("is read in the order of its paths, gray as one channel, exactly as stored")
  void gray(@TempDir Path folder) {
    write(folder.resolve("b.png"), filled(GRAY, 3, 2, 200));
    write(folder.resolve("a.PNG"), filled(GRAY, 3, 2, 100));
    Samples.write(folder.resolve(".hidden.png"), new byte[] {1});
    Samples.write(folder.resolve("notes.txt"), new byte[] {1});
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(data.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(Samples.pixels(data.train(), 0)).containsOnly(100);
    assertThat(Samples.pixels(data.test(), 0)).containsOnly(200);
    assertThat(data.train().labels()).isEmpty();
  }

  @Test
  @DisplayName("has channel after channel of colour, and turns gray images to colour among others")
  void colour(@TempDir Path folder) {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x010203);
    image.setRGB(1, 0, 0xF0E0D0);
    write(folder.resolve("b.png"), image);
    write(folder.resolve("a.png"), filled(GRAY, 2, 1, 9));
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(data.shape()).isEqualTo(Shape.of(3, 1, 2));
    assertThat(Samples.pixels(data.test(), 0)).containsExactly(1, 0xF0, 2, 0xE0, 3, 0xD0);
    assertThat(Samples.pixels(data.train(), 0)).containsOnly(9);
  }

  @Test
  @DisplayName("has transparency laid over black")
  void alpha(@TempDir Path folder) {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x80FF6400);
    write(folder.resolve("a.png"), image);
    image.setRGB(0, 0, 0x00FFFFFF);
    write(folder.resolve("b.png"), image);
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(Samples.pixels(data.train(), 0)).containsExactly(128, 50, 0);
    assertThat(Samples.pixels(data.test(), 0)).containsOnly(0);
  }

  @Test
  @DisplayName("is gray also with 16 bits, with two colours, or with a gray palette")
  void otherGrays(@TempDir Path folder) {
    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 100 * 257);
    write(folder.resolve("a.png"), deep);
    BufferedImage binary = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY);
    binary.setRGB(0, 0, 0xFFFFFFFF);
    write(folder.resolve("b.png"), binary);
    byte[] levels = {0, 77};
    IndexColorModel palette = new IndexColorModel(1, 2, levels, levels, levels);
    BufferedImage indexed = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    indexed.getRaster().setSample(0, 0, 0, 1);
    write(folder.resolve("c.png"), indexed);
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(data.shape()).isEqualTo(Shape.of(1, 1, 1));
    assertThat(Samples.pixels(data.train(), 0)).containsExactly(100);
    assertThat(Samples.pixels(data.train(), 1)).containsExactly(255);
    assertThat(Samples.pixels(data.test(), 0)).containsExactly(77);
  }

  @Test
  @DisplayName("may hold JPEG files")
  void jpeg(@TempDir Path folder) {
    write(folder.resolve("a.jpg"), filled(GRAY, 8, 8, 120));
    write(folder.resolve("b.jpeg"), filled(GRAY, 8, 8, 120));
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(data.shape()).isEqualTo(Shape.of(1, 8, 8));
    assertThat((int) Samples.pixels(data.train(), 0)[0]).isCloseTo(120, within(2));
  }

  @Test
  @DisplayName("has its sub-folders as classes")
  void classes(@TempDir Path folder) {
    for (int i = 0; i < 10; i++) {
      write(folder.resolve(i < 5 ? "dog" : "cat/young").resolve(i + ".png"), filled(GRAY, 2, 2, i));
    }
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(data.train().labels().orElseThrow().classNames()).containsExactly("cat", "dog");
    assertThat(data.train().labels().orElseThrow().label(0)).isZero();
    assertThat(Samples.pixels(data.train(), 0)[0]).isEqualTo((byte) 5);
    assertThat(data.test().labels().orElseThrow().label(0)).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "names the classes of a single image, which one part alone can have, and has a whole")
  void singles(@TempDir Path folder) {
    for (int i = 0; i < 6; i++) {
      write(folder.resolve(i < 5 ? "dog" : "owl").resolve(i + ".png"), filled(GRAY, 2, 2, i));
    }
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(data.notes())
        .containsExactly(folder + ": classes of a single image, which only one part has: owl");
    assertThat(data.train().size() + data.test().size()).isEqualTo(6);
    Examples all = data.part(Part.ALL);
    assertThat(all.size()).isEqualTo(6);
    assertThat(all.labels().orElseThrow().label(5)).isEqualTo(1);
    assertThat(data.limit(2).part(Part.ALL).size()).isEqualTo(2);
  }

  @Test
  @DisplayName("has train and test as its two parts, with the classes of both")
  void parts(@TempDir Path folder) {
    write(folder.resolve("train/b/1.png"), filled(GRAY, 2, 2, 1));
    write(folder.resolve("train/c/2.png"), filled(GRAY, 2, 2, 2));
    write(folder.resolve("test/a/3.png"), filled(GRAY, 2, 2, 3));
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(data.train().size()).isEqualTo(2);
    assertThat(data.train().labels().orElseThrow().label(1)).isEqualTo(2);
    assertThat(data.test().labels().orElseThrow().label(0)).isZero();
    assertThat(data.test().labels().orElseThrow().classNames()).containsExactly("a", "b", "c");
    assertThat(Samples.pixels(data.test(), 0)).containsOnly(3);
  }

  @Test
  @DisplayName(
      "tells what was done to its images, how often and to which, and what was passed over")
  void notes(@TempDir Path folder) {
    BufferedImage deep = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
    for (String name : new String[] {"a.png", "b.png", "c.png"}) {
      write(folder.resolve(name), name.equals("a.png") ? filled(GRAY, 3, 2, 5) : deep);
    }
    byte[] turned = ImageSamples.orientationTags(6, ByteOrder.BIG_ENDIAN);
    Samples.write(
        folder.resolve("d.png"),
        ImageSamples.withChunk(ImageSamples.write(filled(GRAY, 2, 3, 5), "png"), "eXIf", turned));
    write(folder.resolve(".thumbnails/e.png"), filled(GRAY, 9, 9, 5));
    Samples.write(folder.resolve(".DS_Store"), new byte[] {1});
    Samples.write(folder.resolve("f.heic"), new byte[] {1});
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(data.train().size() + data.test().size()).isEqualTo(4);
    assertThat(data.notes())
        .containsExactly(
            folder + ": 2 of 4 images have more than 8 bits a channel (b.png): they are rounded"
                + " to 8",
            folder + ": one of 4 images has an EXIF orientation (d.png): they are turned upright",
            folder + ": passed over 2 hidden, 1 of '.heic' (.DS_Store)");
    assertThat(data.limit(1).notes()).isEqualTo(data.notes());
  }

  @Test
  @DisplayName("takes the validation part that lies beside train and test")
  void validationPart(@TempDir Path folder) {
    write(folder.resolve("train/a/1.png"), filled(GRAY, 2, 2, 1));
    write(folder.resolve("train/b/2.png"), filled(GRAY, 2, 2, 2));
    write(folder.resolve("test/a/3.png"), filled(GRAY, 2, 2, 3));
    write(folder.resolve("val/b/4.png"), filled(GRAY, 2, 2, 4));
    DataParts data = DataSource.standard().open(folder.toString());
    Examples validation = data.validation().orElseThrow();
    assertThat(validation.size()).isEqualTo(1);
    assertThat(Samples.pixels(validation, 0)).containsOnly(4);
    assertThat(validation.labels().orElseThrow().label(0)).isEqualTo(1);
    assertThat(Samples.pixels(data.test(), 0)).containsOnly(3);
    assertThat(data.notes()).isEmpty();
  }

  @Test
  @DisplayName("tells what lies beside train and test, and why there are no classes")
  void notesOnPlaces(@TempDir Path folder) {
    write(folder.resolve("train/x/1.png"), filled(GRAY, 2, 2, 1));
    write(folder.resolve("train/2.png"), filled(GRAY, 2, 2, 1));
    write(folder.resolve("test/x/3.png"), filled(GRAY, 2, 2, 3));
    write(folder.resolve("extra/x/4.png"), filled(GRAY, 9, 9, 3));
    DataParts data = DataSource.standard().open(folder.toString());
    assertThat(data.train().labels()).isEmpty();
    assertThat(data.notes())
        .containsExactly(
            folder.resolve("train") + ": no classes, as only some images lie in sub-folders",
            folder + ": passed over 1 of '.png' (" + Path.of("extra", "x", "4.png") + ")");
  }

  @Test
  @DisplayName("of several sizes is refused with two files and their sizes")
  void sizes(@TempDir Path folder) {
    Path first = folder.resolve("a.png");
    Path second = folder.resolve("b.png");
    write(first, filled(GRAY, 3, 2, 0));
    write(second, filled(GRAY, 2, 3, 0));
    assertThatThrownBy(() -> DataSource.standard().open(folder.toString()))
        .isInstanceOf(VaeException.class)
        .hasMessage(first + " is 3x2 pixels but " + second
            + " is 2x3; all images must have one size, so scale them with --resize WxH, such as"
            + " --resize 64x64");
  }

  @Test
  @DisplayName("without images is refused")
  void empty(@TempDir Path folder) {
    refused(folder, folder + " holds no images; give a folder of images (PNG, JPEG,");
    Samples.write(folder.resolve("train/x.txt"), new byte[] {1});
    Samples.write(folder.resolve("test/x.txt"), new byte[] {1});
    Samples.write(folder.resolve("train/y.heic"), new byte[] {1});
    Samples.write(folder.resolve("train/z.HEIC"), new byte[] {1});
    refused(
        folder, folder.resolve("train") + " holds no images, but 2 of '.heic', 1 of '.txt'; give");
  }

  @Test
  @DisplayName("with a file that is no image, cut short or empty is refused")
  void damaged(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.png");
    Samples.write(file, "not an image at all".getBytes(StandardCharsets.US_ASCII));
    refused(folder, file + " is not a PNG, JPEG, BMP, GIF, TIFF or WebP image, whatever its name");
    write(file, filled(GRAY, 64, 64, 5));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 1; length < whole.length; length++) {
      Samples.write(file, Arrays.copyOf(whole, length));
      refused(folder, file + " ");
    }
    byte[] flipped = whole.clone();
    flipped[45] ^= 0x55;
    Samples.write(file, flipped);
    refused(folder, file + " is damaged: a chunk 'IDAT' does not match its checksum");
    Samples.write(file, new byte[0]);
    refused(folder, file + " is empty");
  }

  @Test
  @DisplayName("with a JPEG file that is cut short is refused, not left half gray")
  void damagedJpeg(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.jpg");
    BufferedImage noise = new BufferedImage(64, 64, GRAY);
    byte[] bytes = Samples.bytes(64 * 64, 3);
    noise.getRaster().setDataElements(0, 0, 64, 64, bytes);
    write(file, noise);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {100, whole.length / 2, whole.length - 100, whole.length - 10}) {
      Samples.write(file, Arrays.copyOf(whole, length));
      refused(folder, file + " ");
    }
  }

  @Test
  @DisplayName("with a header that claims an enormous size is refused before it is decoded")
  void enormous(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.png");
    Samples.write(file, pngHeader(60_000, 60_000));
    refused(folder, file + " is 60000x60000 pixels, beyond the limit of 16777216; scale it down");
  }

  @Test
  @DisplayName("is to be named, not one image in it")
  void single(@TempDir Path folder) {
    Path file = folder.resolve("a.png");
    write(file, filled(GRAY, 2, 2, 5));
    refused(file, file + " is a single PNG image; name the folder it is in");
  }

  private static byte[] pngHeader(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(0x89504E470D0A1A0AL);
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(chunk);
    header.writeBytes("IHDR");
    header.writeInt(width);
    header.writeInt(height);
    header.write(new byte[] {8, 0, 0, 0, 0});
    out.writeInt(13);
    out.write(chunk.toByteArray());
    CRC32 crc = new CRC32();
    crc.update(chunk.toByteArray());
    out.writeInt((int) crc.getValue());
    out.writeInt(0);
    out.writeBytes("IDAT");
    out.writeInt(0x35AF061E);
    return bytes.toByteArray();
  }

  private static BufferedImage filled(int type, int width, int height, int value) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, value);
    }
    return image;
  }

  private static void write(Path file, BufferedImage image) {
    try {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      String format =
          file.toString().endsWith("g") && file.toString().contains(".jp") ? "jpg" : "png";
      assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refused(Path path, String words) {
    assertThatThrownBy(() -> DataSource.standard().open(path.toString()))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("; ")
        .message()
        .doesNotContain("\n");
  }
}
