package io.github.jvae.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Structural similarity")
final class StructuralSimilarityTest {
  private static final Shape IMAGE = Shape.of(1, 14, 16);

  private static float[] image(String name) {
    float[] pixels = new float[IMAGE.size()];
    RandomStream.of(1).child(name).fillUniform(pixels, 0, 1);
    return pixels;
  }

  private static float[] filled(double value) {
    float[] pixels = new float[IMAGE.size()];
    Arrays.fill(pixels, (float) value);
    return pixels;
  }

  @Test
  @DisplayName("is 1 for the same image, near 0 for noise that has nothing to do with it")
  void ends() {
    StructuralSimilarity similarity = new StructuralSimilarity(IMAGE);
    assertThat(similarity.of(image("a"), image("a"), 0)).isCloseTo(1, within(1e-12));
    assertThat(similarity.of(image("a"), image("b"), 0)).isBetween(-0.3, 0.3);
  }

  @Test
  @DisplayName("of even images is what the luminance term says")
  void luminance() {
    double expected = (2 * 0.25 * 0.5 + 1e-4) / (0.25 * 0.25 + 0.5 * 0.5 + 1e-4);
    assertThat(new StructuralSimilarity(IMAGE).of(filled(0.25), filled(0.5), 0))
        .isCloseTo(expected, within(1e-6));
  }

  @Test
  @DisplayName("of an image and its contrast halved about its mean is below 1, and by the formula")
  void contrast() {
    // Stripes of one pixel: in every window the mean and the variance are almost the same.
    float[] stripes = new float[IMAGE.size()];
    float[] faint = new float[IMAGE.size()];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = i % 2;
      faint[i] = 0.25f + 0.5f * (i % 2);
    }
    double expected = (2 * 0.125 + 9e-4) / (0.25 + 0.0625 + 9e-4);
    assertThat(new StructuralSimilarity(IMAGE).of(stripes, faint, 0))
        .isCloseTo(expected, within(1e-3));
  }

  @Test
  @DisplayName("is not a number where the window does not fit")
  void small() {
    assertThat(new StructuralSimilarity(Shape.of(1, 10, 40)).of(new float[400], new float[400], 0))
        .isNaN();
  }
}
