package io.github.jvae.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
  private static final NumberText POINT = new NumberText('.');
  private static final NumberText COMMA = new NumberText(',');

  @Property
  @Label("A number in text is the one that Java reads")
  void doubles(@ForAll double value) {
    assertThat(POINT.parse(Double.toString(value))).isEqualTo(value);
    assertThat(COMMA.parse(Double.toString(value).replace('.', ','))).isEqualTo(value);
  }

  @Property
  @Label("A short number in text is the one that Java reads")
  void decimals(@ForAll long digits, @ForAll @IntRange(min = -30, max = 30) int exponent) {
    String text = digits + "e" + exponent;
    assertThat(POINT.parse(text)).isEqualTo(Double.parseDouble(text));
    String fraction = digits / 1000 + "." + Math.abs(digits % 1000);
    assertThat(POINT.parse(fraction)).isEqualTo(Double.parseDouble(fraction));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", ".", "e5", "1e", "1e+", "1d", "0x10", "NaN", "1 2", "1.2.3", "1,5", "--1", "1_000",
        "\u0661", "1e5x"
      })
  void whatIsNoNumberIsNone(String text) {
    assertThat(POINT.parse(text)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"007", "+1.5", "-.5", "5.", "1E3", "-0", "123456789012345678901234567890"})
  void usualSpellingsAreRead(String text) {
    assertThat(POINT.parse(text)).isEqualTo(Double.parseDouble(text));
  }
}
