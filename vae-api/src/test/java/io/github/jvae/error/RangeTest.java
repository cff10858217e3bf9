package io.github.jvae.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A range")
class RangeTest {
  @Test
  @DisplayName("says in words the bounds that it has")
  void words() {
    assertThat(Range.from(1e-30, 1e3)).hasToString("from 1e-30 to 1000");
    assertThat(Range.from(0.00045594, 10)).hasToString("from 0.00045594 to 10");
    assertThat(Range.from(-1.5e30, -2)).hasToString("from -1.5e30 to -2");
    assertThat(Range.above(0, 3600)).hasToString("above 0 and at most 3600");
    assertThat(Range.above(0)).hasToString("above 0 and finite");
    assertThat(Range.fromToBelow(0, 1)).hasToString("at least 0 and below 1");
    assertThat(Range.between(0, 1)).hasToString("above 0 and below 1");
  }

  @Test
  @DisplayName("holds its bounds where they are included, and nothing that is no finite number")
  void bounds() {
    assertThat(Range.from(0, 1)).matches(range -> range.holds(0) && range.holds(1));
    assertThat(Range.from(0, 1)).matches(range -> range.holds(-0.0) && range.holds(0.5));
    assertThat(Range.from(0, 1)).matches(range -> !range.holds(Math.nextDown(0.0)));
    assertThat(Range.from(0, 1)).matches(range -> !range.holds(Math.nextUp(1.0)));
    assertThat(Range.above(0, 1)).matches(range -> !range.holds(0) && range.holds(1));
    assertThat(Range.above(0, 1)).matches(range -> !range.holds(-0.0));
    assertThat(Range.fromToBelow(0, 1)).matches(range -> range.holds(0) && !range.holds(1));
    assertThat(Range.between(0, 1)).matches(range -> !range.holds(0) && !range.holds(1));
    for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(Range.above(0).holds(none)).isFalse();
      assertThat(Range.from(-1, 1e300).holds(none)).isFalse();
    }
  }

  @Test
  @DisplayName("refuses another number with the range and the number")
  void refuses() {
    assertThat(Range.from(0, 1).require("the weight", 0.5)).isEqualTo(0.5);
    assertThatThrownBy(() -> Range.from(0, 1).require("the weight", 1e6))
        .isInstanceOf(VaeException.class)
        .hasMessage("the weight must be from 0 to 1, not 1000000.0");
  }
}
