package io.github.jvae.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A quoted value")
class QuoteTest {
  @Test
  @DisplayName("stays as it is where it is short and can be seen")
  void plain() {
    assertThat(Quote.of("conv")).isEqualTo("'conv'");
    assertThat(Quote.of("Größe 東京 😀")).isEqualTo("'Größe 東京 😀'");
    assertThat(Quote.bare(1.5)).isEqualTo("1.5");
    assertThat(Quote.of(null)).isEqualTo("'null'");
    assertThat(Quote.list(List.of("a", "b"))).isEqualTo("a, b");
  }

  @Test
  @DisplayName("is cut to a length that a line can bear, never through a character")
  void cut() {
    assertThat(Quote.of("x".repeat(80))).hasSize(82).doesNotContain("...");
    assertThat(Quote.of("x".repeat(100_000))).hasSize(82).endsWith("x...'");
    assertThat(Quote.bare("x".repeat(76) + "😀😀😀")).isEqualTo("x".repeat(76) + "...");
    assertThat(Quote.path(Path.of("a".repeat(1000), "end")))
        .hasSizeLessThan(301)
        .startsWith("aaa")
        .contains("...")
        .endsWith("end");
    assertThat(Quote.middle("x" + "😀".repeat(100), 80)).doesNotContain("\\u").contains("...");
    assertThat(Quote.list(Collections.nCopies(1000, "a"))).endsWith("a, a and 980 more");
  }

  @ParameterizedTest
  @CsvSource({
    "'a\nb', a\\nb",
    "'a\r\tb', a\\r\\tb",
    "'a\u0000b', a\\u0000b",
    "'\u001b[31mred', \\u001b[31mred",
    "'txt\u202egpj', txt\\u202egpj",
    "'a\u2028b\u2029c', a\\u2028b\\u2029c",
    "'\ud800', \\ud800",
    "'\uffff', \\uffff",
  })
  @DisplayName("shows what has no look of its own")
  void visible(String text, String shown) {
    assertThat(Quote.visible(text)).isEqualTo(shown);
    assertThat(Quote.bare(text)).isEqualTo(shown);
  }
}
