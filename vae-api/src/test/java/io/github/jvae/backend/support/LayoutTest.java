package io.github.jvae.backend.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A layout")
class LayoutTest {
  private static float[] counted(int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  @Test
  @DisplayName("of a kernel puts [out, in, height, width] as [height, width, in, out]")
  void kernel() {
    Layout layout = Layout.permuted(Shape.of(2, 3, 4, 5), 2, 3, 1, 0);
    float[] stored = layout.toStored(counted(120));
    assertThat(layout.stored()).isEqualTo(Shape.of(4, 5, 3, 2));
    int out = 1;
    int in = 2;
    int row = 3;
    int column = 1;
    assertThat(stored[((row * 5 + column) * 3 + in) * 2 + out])
        .isEqualTo(((out * 3 + in) * 4 + row) * 5 + column);
    assertThat(layout.toPortable(stored)).containsExactly(counted(120));
  }

  @Test
  @DisplayName("of a dense weight may reorder the pixels on one side")
  void pixels() {
    Layout layout = Layout.of(Shape.of(2, 12), Shape.of(2, 12), Shape.of(2, 3, 2, 2), 0, 2, 3, 1);
    float[] stored = layout.toStored(counted(24));
    assertThat(stored).startsWith(0, 4, 8, 1, 5, 9);
    assertThat(layout.toPortable(stored)).containsExactly(counted(24));
  }

  @Test
  @DisplayName("that is the portable one copies nothing")
  void portable() {
    float[] numbers = counted(6);
    assertThat(Layout.portable(Shape.of(2, 3)).toStored(numbers)).isSameAs(numbers);
    assertThat(Layout.portable(Shape.of(2, 3)).toPortable(numbers)).isSameAs(numbers);
  }

  @Test
  @DisplayName("equals one of the same shapes and order")
  void equality() {
    Shape shape = Shape.of(2, 2, 2, 2);
    assertThat(Layout.permuted(shape, 2, 3, 1, 0)).isEqualTo(Layout.permuted(shape, 2, 3, 1, 0));
    assertThat(Layout.permuted(shape, 2, 3, 1, 0))
        .hasSameHashCodeAs(Layout.permuted(shape, 2, 3, 1, 0));
    assertThat(Layout.permuted(shape, 2, 3, 1, 0)).isNotEqualTo(Layout.portable(shape));
  }
}
