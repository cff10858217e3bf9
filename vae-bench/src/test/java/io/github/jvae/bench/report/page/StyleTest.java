package io.github.jvae.bench.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.bench.chart.Ink;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The style sheet")
final class StyleTest {
  private static final String CSS = Templates.text("page.css");
  private static final Pattern VARIABLE = Pattern.compile("--([a-z0-9-]+): (#[0-9a-f]{6})");

  @ParameterizedTest
  @EnumSource(Ink.class)
  @DisplayName("has a colour for every ink, in light and in dark")
  void inks(Ink ink) {
    assertThat(CSS).contains("." + ink.cssClass() + " { color: var(--");
    String name = ink.cssClass().substring("ink-".length());
    assertThat(Pattern.compile("--" + name + ": ").matcher(CSS).results()).hasSize(2);
  }

  private static double luminance(String scheme, String variable) {
    Matcher matcher = VARIABLE.matcher(scheme);
    while (matcher.find()) {
      if (matcher.group(1).equals(variable)) {
        int rgb = Integer.parseInt(matcher.group(2).substring(1), 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
      }
    }
    throw new AssertionError("no colour " + variable);
  }

  private static double linear(int channel) {
    double value = (channel & 255) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static double contrast(String scheme, String one, String other) {
    double a = luminance(scheme, one);
    double b = luminance(scheme, other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("keeps the contrast that WCAG 2.1 asks for: 4.5 for text, 3 for curves and bars")
  void contrast(boolean dark) {
    int at = CSS.indexOf("prefers-color-scheme: dark");
    String scheme = dark ? CSS.substring(at) : CSS.substring(0, at);
    for (String ground : new String[] {"ground", "surface"}) {
      for (String text : new String[] {"text", "muted", "link"}) {
        assertThat(contrast(scheme, text, ground)).as(text + " on " + ground).isGreaterThan(4.5);
      }
    }
    assertThat(contrast(scheme, "text", "notice")).isGreaterThan(4.5);
    for (int i = 1; i <= Ink.SERIES_COUNT; i++) {
      assertThat(contrast(scheme, "series-" + i, "surface")).as("series " + i).isGreaterThan(3);
    }
  }

  @Test
  @DisplayName("loads nothing")
  void loadsNothing() {
    assertThat(CSS).doesNotContain("url(", "@import", "http");
  }
}
