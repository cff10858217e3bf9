package io.github.jvae.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

@DisplayName("A drawing")
final class WritersTest {
  private static final BarChart CHART = new BarChart(
      "bars",
      "a < b & \"c\"",
      List.of(BarChart.Row.of("<script>", "100 % & more", 0, List.of(1.0))),
      List.of());

  @Test
  @DisplayName("as SVG is well-formed, has a name, and lets no text become markup")
  void svg() throws Exception {
    String svg = SvgWriter.write(CHART.draw(400), "bars of <script>", "wide");
    Element root = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getAttribute("aria-label")).isEqualTo("bars of <script>");
    assertThat(root.getAttribute("role")).isEqualTo("img");
    assertThat(root.getElementsByTagName("script").getLength()).isZero();
    assertThat(root.getTextContent()).contains("<script>", "100 % & more", "a < b & \"c\"");
    assertThat(root.getElementsByTagName("rect").item(0).getAttributes().getNamedItem("class"))
        .hasToString("class=\"ink-series-1\"");
    assertThat(svg).doesNotContain("http");
  }

  @Test
  @DisplayName("as a picture has the colours of its series on white")
  void png() {
    BufferedImage picture = PngWriter.draw(CHART, 400);
    assertThat(picture.getWidth()).isGreaterThan(800);
    assertThat(picture.getRGB(0, 0) & 0xffffff).isEqualTo(0xffffff);
    long bar = IntStream.range(0, picture.getHeight())
        .filter(y -> picture.getRGB(100, y) == Ink.SERIES_1.colour().getRGB())
        .count();
    assertThat(bar).isEqualTo(36);
  }
}
