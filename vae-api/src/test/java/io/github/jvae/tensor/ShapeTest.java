package io.github.jvae.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A shape")
class ShapeTest {
  private static final Shape SHAPE = Shape.of(2, 3, 4);

  @Test
  @DisplayName("knows its axes, counted from either end, and its size")
  void axes() {
    assertThat(SHAPE.rank()).isEqualTo(3);
    assertThat(SHAPE.size()).isEqualTo(24);
    assertThat(SHAPE.dimension(1)).isEqualTo(3);
    assertThat(SHAPE.dimension(-1)).isEqualTo(4);
    assertThat(SHAPE.axis(-3)).isZero();
    assertThat(SHAPE.toLongArray()).containsExactly(2, 3, 4);
    assertThat(Shape.scalar()).isEqualTo(Shape.of()).hasToString("[]");
    assertThat(Shape.scalar().size()).isEqualTo(1);
    assertThat(SHAPE).hasToString("[2, 3, 4]");
  }

  @Test
  @DisplayName("cannot be changed from outside")
  void immutable() {
    int[] extents = {2, 3};
    Shape shape = Shape.of(extents);
    extents[0] = 9;
    shape.toArray()[1] = 9;
    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(shape).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(2, 3, 1));
  }

  @Test
  @DisplayName("refuses empty axes and more elements than an array can hold")
  void impossible() {
    fault(() -> Shape.of(2, 0), "[2, 0]");
    fault(() -> Shape.of(-1), "[-1]");
    fault(() -> Shape.of(1 << 16, 1 << 16), "[65536, 65536]");
    fault(() -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 4), "2^31");
    assertThat(Shape.of(Integer.MAX_VALUE).size()).isEqualTo(Integer.MAX_VALUE);
  }

  private static void fault(Runnable wrong, String... parts) {
    assertThatThrownBy(wrong::run)
        .isInstanceOf(ShapeException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  @DisplayName("names the axis and itself where there is no such axis")
  void noSuchAxis() {
    fault(() -> SHAPE.dimension(3), "axis 3", "[2, 3, 4]");
    fault(() -> SHAPE.dimension(-4), "axis -4", "[2, 3, 4]");
    fault(() -> SHAPE.with(5, 1), "axis 5");
  }

  @Test
  @DisplayName("grows, shrinks and changes along one axis")
  void variations() {
    assertThat(SHAPE.prepend(7)).isEqualTo(Shape.of(7, 2, 3, 4));
    assertThat(SHAPE.subShape(1, 3)).isEqualTo(Shape.of(3, 4));
    assertThat(SHAPE.subShape(1, 1)).isEqualTo(Shape.scalar());
    assertThat(SHAPE.with(-1, 9)).isEqualTo(Shape.of(2, 3, 9));
  }

  @Test
  @DisplayName("permutes its axes, each once")
  void permutations() {
    assertThat(SHAPE.permute(2, 0, 1)).isEqualTo(Shape.of(4, 2, 3));
    assertThat(SHAPE.permute(-1, 0, -2)).isEqualTo(Shape.of(4, 2, 3));
    fault(() -> SHAPE.permute(0, 1), "[0, 1]", "[2, 3, 4]");
    fault(() -> SHAPE.permute(0, 1, 1), "[0, 1, 1]");
    fault(() -> SHAPE.permute(0, 1, -2), "[0, 1, -2]");
  }

  @Test
  @DisplayName("reduces over some axes or all, keeping them or not")
  void reductions() {
    assertThat(SHAPE.reduce(new int[] {1}, false)).isEqualTo(Shape.of(2, 4));
    assertThat(SHAPE.reduce(new int[] {-1, 0}, true)).isEqualTo(Shape.of(1, 3, 1));
    assertThat(SHAPE.reduce(new int[0], false)).isEqualTo(Shape.scalar());
    assertThat(SHAPE.reduce(new int[0], true)).isEqualTo(Shape.of(1, 1, 1));
    fault(() -> SHAPE.reduce(new int[] {1, -2}, false), "axis -2", "twice");
  }

  @Test
  @DisplayName("broadcasts as NumPy does, and names both shapes where it cannot")
  void broadcasts() {
    assertThat(Shape.broadcast(Shape.of(2, 1), Shape.of(3))).isEqualTo(Shape.of(2, 3));
    assertThat(Shape.broadcast(Shape.scalar(), SHAPE)).isEqualTo(SHAPE);
    assertThat(Shape.broadcast(Shape.of(4, 1, 3), Shape.of(2, 1))).isEqualTo(Shape.of(4, 2, 3));
    fault(() -> Shape.broadcast(Shape.of(2, 3), Shape.of(2)), "[2, 3]", "[2]");
  }
}
