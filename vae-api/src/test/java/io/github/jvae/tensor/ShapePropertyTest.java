package io.github.jvae.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("Any two shapes")
class ShapePropertyTest {

  @Provide
  Arbitrary<Shape> shapes() {
    return Arbitraries.integers().between(1, 3).array(int[].class).ofMaxSize(4).map(Shape::of);
  }

  @Property
  @Label("broadcast alike from either side, to what both stretch to, or not at all")
  void broadcastLaws(@ForAll("shapes") Shape a, @ForAll("shapes") Shape b) {
    Shape together;
    try {
      together = Shape.broadcast(a, b);
    } catch (ShapeException e) {
      assertThatThrownBy(() -> Shape.broadcast(b, a)).isInstanceOf(ShapeException.class);
      assertThat(a.broadcastsTo(b) || b.broadcastsTo(a)).isFalse();
      return;
    }
    assertThat(Shape.broadcast(b, a)).isEqualTo(together);
    assertThat(a.broadcastsTo(together) && b.broadcastsTo(together)).isTrue();
    assertThat(together.size()).isGreaterThanOrEqualTo(Math.max(a.size(), b.size()));
    assertThat(a.broadcastsTo(b)).isEqualTo(together.equals(b));
  }
}
