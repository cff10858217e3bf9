package io.github.jvae.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Factors;
import io.github.jvae.data.Samples;
import java.awt.Color;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The shapes")
class ShapesTest {
  private static final DataParts STANDARD = Shapes.standard();

  @Test
  @DisplayName("are the same bytes on every platform and Java version")
  void golden() {
    assertThat(STANDARD.train().sha256())
        .isEqualTo("6eb28e682d16fc3effd963d6854cda9453fc4f23a0d5bc0bacebc9d4eab39daf");
  }

  @Test
  @DisplayName("are 10,000 to train on and 2,000 others to test on, of four classes")
  void sizes() {
    assertThat(STANDARD.train()).hasToString("shapes: 10000 images of [3, 32, 32]");
    assertThat(STANDARD.test().size()).isEqualTo(2_000);
    assertThat(Samples.pixels(STANDARD.test(), 0))
        .isNotEqualTo(Samples.pixels(STANDARD.train(), 0));
    assertThat(STANDARD.train().labels().orElseThrow().classNames())
        .containsExactly("circle", "square", "triangle", "star");
    int[] counts = new int[4];
    for (int i = 0; i < 10_000; i++) {
      counts[STANDARD.train().labels().orElseThrow().label(i)]++;
    }
    assertThat(Arrays.stream(counts)).allMatch(count -> count > 2_300 && count < 2_700);
  }

  @Test
  @DisplayName("change with the seed, and an image does not depend on how many there are")
  void seeds() {
    DataParts few = Shapes.generate(1, 5, 5);
    assertThat(few.train().sha256()).isEqualTo(STANDARD.train().limit(5).sha256());
    assertThat(few.train().sha256())
        .isNotEqualTo(Shapes.generate(2, 5, 5).train().sha256());
    assertThatThrownBy(() -> Shapes.generate(1, 0, 1)).hasMessageContaining("choose 1 to");
    assertThatThrownBy(() -> Shapes.generate(1, 700_000, 1)).hasMessageContaining("choose 1 to");
  }

  @Test
  @DisplayName("lie where their factors say, in the colour their factors say")
  void factors() {
    Examples data = STANDARD.train();
    Factors factors = data.factors().orElseThrow();
    assertThat(factors.names()).isEqualTo(Shapes.FACTOR_NAMES);
    double[] x = factors.column("x");
    double[] y = factors.column("y");
    double[] hue = factors.column("hue");

    for (int i = 0; i < 500; i++) {
      byte[] image = Samples.pixels(data, i);
      double[] centre = centre(image);
      assertThat(centre[0]).isCloseTo(x[i], within(0.6));
      assertThat(centre[1]).isCloseTo(y[i], within(0.6));
      int pixel = ((int) y[i]) * 32 + (int) x[i];
      float[] hsb = Color.RGBtoHSB(
          image[pixel] & 0xFF, image[1024 + pixel] & 0xFF, image[2048 + pixel] & 0xFF, null);
      assertThat(Math.abs(hsb[0] - hue[i]) % 1)
          .satisfiesAnyOf(
              d -> assertThat(d).isLessThan(0.01), d -> assertThat(d).isGreaterThan(0.99));
    }
  }

  /** The centre of what is brighter than the background, in pixels. */
  private static double[] centre(byte[] image) {
    double weight = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < 1024; i++) {
      int bright =
          Math.max(image[i] & 0xFF, Math.max(image[1024 + i] & 0xFF, image[2048 + i] & 0xFF));
      double w = Math.max(0, bright - 70);
      weight += w;
      x += w * (i % 32 + 0.5);
      int row = i / 32;
      y += w * (row + 0.5);
    }
    return new double[] {x / weight, y / weight};
  }
}
