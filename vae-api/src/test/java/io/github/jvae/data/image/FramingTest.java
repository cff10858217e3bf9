package io.github.jvae.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.Samples;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.Shape;
import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Images of different sizes")
class FramingTest {
  private static final int GRAY = BufferedImage.TYPE_BYTE_GRAY;

  @TempDir
  Path folder;

  private DataParts open(String... options) {
    Options all = Options.none();
    for (int i = 0; i < options.length; i += 2) {
      all = all.with(options[i], options[i + 1]);
    }
    return DataSource.standard().reading(all).open(folder.toString());
  }

  private void write(String name, int width, int height, int... levels) {
    BufferedImage image = new BufferedImage(width, height, GRAY);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, levels[i % levels.length]);
    }
    Samples.write(folder.resolve(name), ImageSamples.write(image, "png"));
  }

  @Test
  @DisplayName("are scaled to one, and what stands out of its aspect is cut off evenly and noted")
  void resized() {
    write("a.png", 4, 2, 10, 20, 30, 40, 50, 60, 70, 80);
    write("b.png", 2, 6, 9, 9, 9, 9, 1, 2, 3, 4, 9, 9, 9, 9);
    write("c.png", 2, 2, 1, 2, 3, 4);
    DataParts data = open("resize", "2x2");
    assertThat(data.shape()).isEqualTo(Shape.of(1, 2, 2));
    assertThat(Samples.pixels(data.train(), 0)).containsExactly(20, 30, 60, 70);
    assertThat(Samples.pixels(data.train(), 1)).containsExactly(1, 2, 3, 4);
    assertThat(Samples.pixels(data.test(), 0)).containsExactly(1, 2, 3, 4);
    assertThat(data.notes())
        .singleElement()
        .asString()
        .contains("2 of 3 images have another aspect than --resize (a.png)");
    assertThat(Samples.pixels(open("resize", "1x1").test(), 0)).containsExactly(3);
  }

  @Test
  @DisplayName("are cropped to their middle, and then scaled")
  void cropped() {
    int[] levels = new int[5 * 6];
    Arrays.setAll(levels, i -> 8 * i);
    write("a.png", 5, 6, levels);
    write("b.png", 3, 2, 10, 20, 30, 40, 50, 60);
    DataParts data = open("crop", "3x2");
    assertThat(data.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(Samples.pixels(data.train(), 0))
        .containsExactly((byte) 88, (byte) 96, (byte) 104, (byte) 128, (byte) 136, (byte) 144);
    assertThat(Samples.pixels(open("crop", "2x2", "resize", "1x1").train(), 0))
        .containsExactly((byte) (((88 + 96 + 128 + 136) + 2) / 4));
    assertThatThrownBy(() -> open("crop", "4x2"))
        .isInstanceOf(VaeException.class)
        .hasMessage(
            folder.resolve("b.png") + " is 3x2 pixels, smaller than the 4x2 of --crop; leave"
                + " it out, choose a smaller crop, or scale it with --resize alone");
  }

  @Test
  @DisplayName("are turned upright before they are cropped, and keep their channels apart")
  void upright() {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 16; x++) {
      for (int y = 0; y < 8; y++) {
        image.setRGB(x, y, x < 8 ? 0xFF0000 : 0x0000FF);
      }
    }
    byte[] jpeg = ImageSamples.withExif(ImageSamples.write(image, "jpg"), 6, ByteOrder.BIG_ENDIAN);
    Samples.write(folder.resolve("a.jpg"), jpeg);
    Samples.write(folder.resolve("b.jpg"), jpeg);
    DataParts data = open("resize", "2x4");
    assertThat(data.shape()).isEqualTo(Shape.of(3, 4, 2));
    byte[] pixels = Samples.pixels(data.train(), 0);
    // The left half lies above; the first row is red and the last one blue.
    assertThat(pixels[0] & 0xFF).isGreaterThan(200);
    assertThat(pixels[6] & 0xFF).isLessThan(50);
    assertThat(pixels[16] & 0xFF).isLessThan(50);
    assertThat(pixels[22] & 0xFF).isGreaterThan(200);
  }

  @Test
  @DisplayName("are scaled down by the mean of what a pixel covers: no stripes come of fine ones")
  void antialiased() {
    byte[] stripes = new byte[90 * 90];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = (byte) (i % 2 == 0 ? 0 : 200);
    }
    byte[] small = Resampling.scale(stripes, new PixelSize(90, 90), new PixelSize(9, 15));
    assertThat(small).hasSize(9 * 15).containsOnly((byte) 100);
    // 3 pixels of 5: the second has a third of pixel 1, all of pixel 2, a third of pixel 3 and so
    // on.
    byte[] mixed =
        Resampling.scale(new byte[] {0, 30, 60, 90, 120}, new PixelSize(5, 1), new PixelSize(3, 1));
    assertThat(mixed).containsExactly(12, 60, 108);
  }

  @Test
  @DisplayName("are scaled up by cubic convolution: flat stays flat, a slope stays a slope")
  void cubic() {
    byte[] flat = new byte[2 * 3 * 3];
    Arrays.fill(flat, 9, 18, (byte) 77);
    byte[] large = Resampling.scale(flat, new PixelSize(3, 3), new PixelSize(7, 5));
    assertThat(Arrays.copyOf(large, 35)).containsOnly((byte) 0);
    assertThat(Arrays.copyOfRange(large, 35, 70)).containsOnly((byte) 77);
    byte[] slope = {0, 16, 32, 48, 64, 80, 96, 112};
    byte[] twice = Resampling.scale(slope, new PixelSize(8, 1), new PixelSize(16, 1));
    for (int i = 4; i < 12; i++) {
      assertThat(twice[i]).isEqualTo((byte) (8 * i - 4));
    }
    // Keys' weights a quarter of a pixel beside the middle: -9, 111, 29 and -3 of 128.
    byte[] edge = {0, 0, (byte) 128, (byte) 128, (byte) 128, (byte) 128};
    byte[] up = Resampling.scale(edge, new PixelSize(6, 1), new PixelSize(12, 1));
    assertThat(up).containsSequence((byte) 0, (byte) 26, (byte) 102, (byte) 137, (byte) 131);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64", "0x4", "4x0", "64x-1", "x", "99999x99999", "4 x 4"})
  @DisplayName("are not scaled to what is no size")
  void noSize(String size) {
    write("a.png", 2, 2, 1);
    write("b.png", 2, 2, 1);
    assertThatThrownBy(() -> open("resize", size))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("resize must be a width and a height in pixels such as 64x48");
  }

  @Test
  @DisplayName("of systems' own, such as thumbnails in folders of theirs, are passed over")
  void systemsOwn() {
    write("cat/a.png", 2, 2, 1);
    write("dog/b.png", 2, 2, 1);
    write("__MACOSX/cat/a.png", 3, 3, 1);
    write("cat/@eaDir/a.png", 3, 3, 1);
    write("cat/._a.png", 3, 3, 1);
    for (String name : new String[] {"Thumbs.db", "cat/desktop.ini", "dog/.DS_Store"}) {
      Samples.write(folder.resolve(name), new byte[] {1});
    }
    DataParts data = open();
    assertThat(data.train().labels().orElseThrow().classNames()).containsExactly("cat", "dog");
    assertThat(data.notes())
        .containsExactlyInAnyOrder(
            folder + ": classes of a single image, which only one part has: cat, dog",
            folder + ": passed over 6 hidden (Thumbs.db)");
  }
}
