package io.github.jvae.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A host tensor")
class HostTensorTest {
  private static HostTensor sample() {
    return HostTensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
  }

  @Test
  @DisplayName("wraps its array without a copy, also under another shape")
  void wraps() {
    float[] data = {1, 2, 3, 4, 5, 6};
    HostTensor tensor = HostTensor.of(Shape.of(3, 2), data);
    assertThat(tensor.data()).isSameAs(data);
    assertThat(tensor.reshape(Shape.of(6)).data()).isSameAs(data);
  }

  @Test
  @DisplayName("needs as many numbers as its shape has elements")
  void sizes() {
    assertThatThrownBy(() -> HostTensor.of(Shape.of(2, 2), 1, 2, 3))
        .isInstanceOf(ShapeException.class)
        .hasMessageContainingAll("[2, 2]", "4", "3");
    assertThatThrownBy(() -> sample().reshape(Shape.of(5)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContainingAll("[5]", "6");
  }

  @Test
  @DisplayName("lays rows one after the other as a copy, and only rows that are alike")
  void joined() {
    HostTensor more = HostTensor.of(Shape.of(1, 2), 7, 8);
    assertThat(HostTensor.joined(List.of(sample(), more)))
        .isEqualTo(HostTensor.of(Shape.of(4, 2), 1, 2, 3, 4, 5, 6, 7, 8));
    HostTensor twice = more.repeated(2);
    assertThat(twice).isEqualTo(HostTensor.of(Shape.of(2, 2), 7, 8, 7, 8));
    twice.data()[0] = 9;
    assertThat(more.data()[0]).isEqualTo(7);
    assertThatThrownBy(() -> HostTensor.joined(List.of(more, HostTensor.zeros(Shape.of(2, 1)))))
        .isInstanceOf(ShapeException.class)
        .hasMessageContainingAll("[2, 1]", "[1, 2]");
    assertThatThrownBy(() -> HostTensor.scalar(1).repeated(2)).isInstanceOf(ShapeException.class);
  }

  @Test
  @DisplayName("cuts rows as a copy, and only rows there are")
  void rows() {
    HostTensor tensor = sample();
    HostTensor rows = tensor.rows(1, 3);
    assertThat(rows).isEqualTo(HostTensor.of(Shape.of(2, 2), 3, 4, 5, 6));
    rows.data()[0] = 9;
    assertThat(tensor).isEqualTo(sample());
    for (int[] wrong : new int[][] {{-1, 1}, {2, 4}, {1, 1}, {2, 1}}) {
      assertThatThrownBy(() -> tensor.rows(wrong[0], wrong[1]))
          .isInstanceOf(ShapeException.class)
          .hasMessageContainingAll(String.valueOf(wrong[0]), String.valueOf(wrong[1]), "[3, 2]");
    }
    assertThatThrownBy(() -> HostTensor.scalar(1).rows(0, 1)).isInstanceOf(ShapeException.class);
  }

  @Test
  @DisplayName("hands out a single number only if it is one")
  void item() {
    assertThat(HostTensor.scalar(2.5).item()).isEqualTo(2.5f);
    assertThat(HostTensor.of(Shape.of(1, 1), 3).item()).isEqualTo(3);
    assertThatThrownBy(() -> sample().item())
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[3, 2]");
  }

  @Test
  @DisplayName("is equal bit for bit: NaN to itself, 0 not to -0")
  void equality() {
    assertThat(HostTensor.scalar(Double.NaN)).isEqualTo(HostTensor.scalar(Double.NaN));
    assertThat(HostTensor.scalar(0.0)).isNotEqualTo(HostTensor.scalar(-0.0));
    assertThat(sample()).isEqualTo(sample()).hasSameHashCodeAs(sample());
    assertThat(sample()).isNotEqualTo(sample().reshape(Shape.of(2, 3)));
  }

  @Test
  @DisplayName("says whether all numbers are finite")
  void finite() {
    assertThat(sample().isFinite()).isTrue();
    assertThat(HostTensor.of(Shape.of(2), 1, Float.NaN).isFinite()).isFalse();
    assertThat(HostTensor.of(Shape.of(2), Float.NEGATIVE_INFINITY, 1).isFinite())
        .isFalse();
  }

  @Test
  @DisplayName("prints its shape and the first few numbers")
  void prints() {
    assertThat(sample()).hasToString("HostTensor[3, 2][1.0, 2.0, 3.0, 4.0, 5.0, 6.0]");
    assertThat(HostTensor.zeros(Shape.of(100)).toString()).endsWith("…]").hasSizeLessThan(80);
  }
}
