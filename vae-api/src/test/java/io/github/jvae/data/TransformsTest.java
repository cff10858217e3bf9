package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Transforms")
class TransformsTest {
  private static final ImageExamples IMAGES =
      ImageExamples.of("d", Shape.of(1, 2, 2), Samples.bytes(40, 1));

  private static float[] read(Transform transform, Pass pass, int index) {
    float[] values = IMAGES.tensor(index).data();
    transform.in(pass).apply(index, values, 0, values.length);
    return values;
  }

  @Test
  @DisplayName("add to levels the noise that they always have for a test, and other in each epoch")
  void dequantization() {
    RandomStream noise = RandomStream.of(5).child("dequantization").child(7);
    float[] expected = IMAGES.tensor(7).data();
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (expected[i] * 255f + noise.nextFloat()) / 256f;
    }
    Dequantization transform = new Dequantization();
    assertThat(read(transform, Pass.test(5), 7)).containsExactly(expected);
    assertThat(read(transform, Pass.training(5, 0), 7))
        .isNotEqualTo(expected)
        .isNotEqualTo(read(transform, Pass.training(5, 1), 7));
  }

  @Test
  @DisplayName("follow each other in their order")
  void chain() {
    Transforms chain = Transforms.of(Binarization.THRESHOLD, new Scaling(2, -1));
    float[] values = IMAGES.tensor(0).data();
    chain.in(Pass.test(1)).apply(0, values, 0, values.length);
    float[] grey = IMAGES.tensor(0).data();
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo(grey[i] >= 0.5f ? 1 : -1);
    }
    assertThat(chain.elements(ElementKind.BYTES)).isEqualTo(ElementKind.FLOATS);
    assertThat(chain).hasToString("threshold, then scale by 2.0 and -1.0");
    assertThat(chain.binarized(Transforms.of(Binarization.FIXED)).chain())
        .containsExactly(new Scaling(2, -1), Binarization.FIXED);
  }

  @Test
  @DisplayName("standardise by the moments of the training part, of what was observed in it")
  void standardization() {
    Examples train = ArrayExamples.floats(
            "t", Shape.of(2), new float[] {1_000_001, 5, 1_000_003, 5, 0, 5})
        .withMask(Mask.of(Shape.of(2), new boolean[] {true, true, true, true, false, true}));
    Standardization moments = Standardization.of(train);
    assertThat(moments.means()).containsExactly(1_000_002.0, 5.0);
    // What never changes is not divided.
    assertThat(moments.deviations()).containsExactly(1.0, 1.0);
    float[] test = {1_000_004, 7};
    moments.in(Pass.test(1)).apply(0, test, 0, 2);
    assertThat(test).containsExactly(2, 2);
    Standardization all =
        Standardization.ofAll(ArrayExamples.floats("t", Shape.of(2), new float[] {1, 3, 5, 7}));
    assertThat(all.means()).containsExactly(4.0);
    assertThat(all.deviations().get(0)).isCloseTo(Math.sqrt(5), within(1e-12));
  }

  @Test
  @DisplayName("refuse what they cannot be done to, and numbers that make no sense")
  void refusals() {
    assertThatThrownBy(() -> Batches.of(IMAGES, 2)
            .transformed(Transforms.of(new Scaling(2, 0), Binarization.FIXED), Pass.test(1)))
        .hasMessage("the transform binarize needs numbers from 0 to 1, as of images, not floats");
    assertThatThrownBy(() -> new Dequantization().elements(ElementKind.BINARY))
        .hasMessage("the transform dequantize needs images of 256 levels, not binary");
    assertThatThrownBy(() -> new Scaling(0, 1)).hasMessageContaining("other than 0");
    assertThatThrownBy(() -> new Standardization(List.of(1.0), List.of()))
        .hasMessageContaining("as many deviations as means");
    assertThatThrownBy(() -> new Standardization(List.of(1.0), List.of(0.0)))
        .hasMessageContaining("deviations above 0");
    Standardization two = new Standardization(List.of(1.0, 2.0), List.of(1.0, 1.0));
    assertThatThrownBy(() -> two.in(Pass.test(1)).apply(0, new float[3], 0, 3))
        .hasMessageContaining("has moments of 2 numbers, but an example has 3");
  }
}
