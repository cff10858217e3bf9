package io.github.jvae.bench.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An image grid")
class ImageGridTest {
  private static final int GUTTER = 0x808080;

  @TempDir
  Path folder;

  @Test
  @DisplayName("enlarges small images to whole squares, with gutters between and around")
  void layout() throws IOException {
    // Three gray images of 2x2; the longer side of 2 is enlarged 32 times.
    HostTensor images =
        HostTensor.of(Shape.of(3, 1, 2, 2), 0, 1, 0.5f, 0.2f, 1, 1, 1, 1, 0, 0, 0, 0);
    BufferedImage picture = written(ImageGrid.of(images, 2));
    assertThat(picture.getWidth()).isEqualTo(2 + 2 * (64 + 2));
    assertThat(picture.getHeight()).isEqualTo(2 + 2 * (64 + 2));
    assertThat(pixel(picture, 0, 0)).isEqualTo(GUTTER);
    assertThat(pixel(picture, 2, 2)).isEqualTo(0x000000);
    assertThat(pixel(picture, 33, 33)).isEqualTo(0x000000);
    assertThat(pixel(picture, 34, 2)).isEqualTo(0xffffff);
    assertThat(pixel(picture, 2, 34)).isEqualTo(0x808080);
    assertThat(pixel(picture, 65, 65)).isEqualTo(0x333333);
    assertThat(pixel(picture, 66, 10)).isEqualTo(GUTTER);
    assertThat(pixel(picture, 67, 10)).isEqualTo(GUTTER);
    assertThat(pixel(picture, 68, 10)).isEqualTo(0xffffff);
    assertThat(pixel(picture, 2, 68)).isEqualTo(0x000000);
    // No fourth image.
    assertThat(pixel(picture, 100, 100)).isEqualTo(GUTTER);
  }

  @Test
  @DisplayName("shows colours by plane, clips what is out of range, and NaN as magenta")
  void colours() throws IOException {
    HostTensor image = HostTensor.of(
        Shape.of(1, 3, 1, 4),
        // red, green, blue
        1,
        0,
        7,
        0,
        0,
        1,
        -3,
        Float.NaN,
        0,
        0,
        Float.POSITIVE_INFINITY,
        0);
    BufferedImage picture = written(ImageGrid.of(image));
    assertThat(pixel(picture, 2, 2)).isEqualTo(0xff0000);
    assertThat(pixel(picture, 2 + 16, 2)).isEqualTo(0x00ff00);
    assertThat(pixel(picture, 2 + 32, 2)).isEqualTo(0xff00ff);
    assertThat(pixel(picture, 2 + 48, 2)).isEqualTo(0xff00ff);
    HostTensor gray = HostTensor.of(Shape.of(1, 1, 1, 2), Float.NaN, Float.NEGATIVE_INFINITY);
    assertThat(pixel(ImageGrid.of(gray).toImage(), 2, 2)).isEqualTo(0xff00ff);
    assertThat(pixel(ImageGrid.of(gray).toImage(), 2 + 32, 2)).isEqualTo(0x000000);
  }

  @Test
  @DisplayName("leaves large images as they are, and chooses about as many columns as rows")
  void sizes() {
    BufferedImage large = ImageGrid.of(HostTensor.zeros(Shape.of(1, 3, 64, 80))).toImage();
    assertThat(large.getWidth()).isEqualTo(84);
    assertThat(large.getHeight()).isEqualTo(68);
    BufferedImage digits =
        ImageGrid.of(HostTensor.zeros(Shape.of(10, 1, 28, 28))).toImage();
    assertThat(digits.getWidth()).isEqualTo(2 + 4 * (84 + 2));
    assertThat(digits.getHeight()).isEqualTo(2 + 3 * (84 + 2));
    BufferedImage fewer =
        ImageGrid.of(HostTensor.zeros(Shape.of(2, 1, 64, 64)), 8).toImage();
    assertThat(fewer.getWidth()).isEqualTo(2 + 2 * 66);
  }

  @Test
  @DisplayName("puts reconstructions under their inputs")
  void pairs() throws IOException {
    // Image i is of the one colour i / 10, its reconstruction 0.5 lighter.
    float[] in = new float[3 * 64 * 64];
    float[] out = new float[3 * 64 * 64];
    for (int image = 0; image < 3; image++) {
      Arrays.fill(in, image * 64 * 64, (image + 1) * 64 * 64, image / 10f);
      Arrays.fill(out, image * 64 * 64, (image + 1) * 64 * 64, image / 10f + 0.5f);
    }
    Shape shape = Shape.of(3, 1, 64, 64);
    BufferedImage picture =
        written(ImageGrid.ofPairs(HostTensor.of(shape, in), HostTensor.of(shape, out), 2));
    assertThat(picture.getHeight()).isEqualTo(2 + 4 * 66);
    int[][] expected = {{0, 26}, {128, 153}, {51, -1}, {179, -1}};
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 2; column++) {
        int gray = expected[row][column];
        assertThat(pixel(picture, 30 + 66 * column, 30 + 66 * row))
            .isEqualTo(gray < 0 ? GUTTER : gray * 0x010101);
      }
    }
  }

  @Test
  @DisplayName("has a row per interpolation, the longest setting its width")
  void rows() {
    BufferedImage picture = ImageGrid.ofRows(List.of(
            HostTensor.zeros(Shape.of(2, 1, 64, 64)), HostTensor.zeros(Shape.of(5, 1, 64, 64))))
        .toImage();
    assertThat(picture.getWidth()).isEqualTo(2 + 5 * 66);
    assertThat(picture.getHeight()).isEqualTo(2 + 2 * 66);
    assertThat(pixel(picture, 200, 30)).isEqualTo(GUTTER);
    assertThat(pixel(picture, 200, 96)).isEqualTo(0x000000);
  }

  @Test
  @DisplayName("has the same bytes for the same images")
  void deterministic() throws IOException {
    HostTensor images = HostTensor.zeros(Shape.of(4, 1, 28, 28));
    ImageGrid.of(images).write(folder.resolve("a.png"));
    ImageGrid.of(images).write(folder.resolve("b.png"));
    assertThat(folder.resolve("a.png")).hasSameBinaryContentAs(folder.resolve("b.png"));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  @DisplayName("refuses what are not images, and pictures beyond reason")
  void refuses() {
    HostTensor flat = HostTensor.zeros(Shape.of(4, 784));
    assertThatThrownBy(() -> ImageGrid.of(flat))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("[4, 784]");
    HostTensor twoChannels = HostTensor.zeros(Shape.of(1, 2, 4, 4));
    assertThatThrownBy(() -> ImageGrid.of(twoChannels)).isInstanceOf(VaeException.class);
    HostTensor one = HostTensor.zeros(Shape.of(1, 1, 4, 4));
    assertThatThrownBy(() -> ImageGrid.of(one, 0)).hasMessageContaining("at least one column");
    assertThatThrownBy(() -> ImageGrid.ofRows(List.of())).isInstanceOf(VaeException.class);
    HostTensor other = HostTensor.zeros(Shape.of(1, 1, 4, 5));
    assertThatThrownBy(() -> ImageGrid.ofRows(List.of(one, other)))
        .hasMessageContaining("[1, 4, 4] and [1, 4, 5]");
    assertThatThrownBy(() -> ImageGrid.ofPairs(one, other, 1)).isInstanceOf(VaeException.class);
    HostTensor many = HostTensor.zeros(Shape.of(20_000, 1, 4, 4));
    assertThatThrownBy(() -> ImageGrid.of(many)).hasMessageContaining("show fewer images");
  }

  private BufferedImage written(ImageGrid grid) throws IOException {
    Path file = folder.resolve("out/grid.png");
    grid.write(file);
    return ImageIO.read(file.toFile());
  }

  private static int pixel(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xffffff;
  }
}
