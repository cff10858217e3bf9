package io.github.jvae.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.tensor.Shape;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Label("Layers of any size")
class LayerPropertyTest {

  @Property(tries = 300)
  @Label("a transposed convolution with the right output padding undoes a convolution")
  void mirror(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 6) int kernel,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 0, max = 5) int padding) {
    Assume.that(padding < kernel && kernel <= Math.min(height, width) + 2 * padding);
    Shape image = Shape.of(1, height, width);
    Shape small = new Layer.Conv2d(2, kernel, stride, padding).output(image);
    OutputPadding more = new OutputPadding(
        (height + 2 * padding - kernel) % stride, (width + 2 * padding - kernel) % stride);
    assertThat(new Layer.TransposedConv2d(1, kernel, stride, padding, more).output(small))
        .isEqualTo(image);
    assertThat(Architecture.conv(
                NetworkShapes.of(image, 1),
                Activation.RELU,
                new int[] {2},
                kernel,
                stride,
                padding,
                1)
            .decoder()
            .output())
        .isEqualTo(image);
  }
}
