package io.github.jvae.bench.report.page;

import io.github.jvae.bench.chart.SvgWriter;
import io.github.jvae.bench.report.page.Block.Figure;
import io.github.jvae.bench.report.page.Block.Pair;
import java.util.Map;

/**
 * Writes a document as one HTML page: style sheet, charts and pictures are in it, and it loads
 * nothing. It is well-formed XML too.
 */
public final class HtmlWriter {
  /** Of a chart alone, beside another one, and on a phone; the style sheet chooses. */
  private static final int FULL = 1050;

  private static final int HALF = 516;
  private static final int NARROW = 332;

  private final Templates templates = Templates.html();

  /** The page. */
  public String write(Page page) {
    return templates.fill(
        "page",
        Map.of(
            "page",
            page,
            "style",
            Templates.text("page.css"),
            "sections",
            page.sections().stream().map(this::view).toList()));
  }

  private Map<String, Object> view(Page.Section section) {
    return Map.of(
        "id",
        section.id(),
        "title",
        section.title(),
        "blocks",
        section.blocks().stream().map(this::write).toList());
  }

  private String write(Block block) {
    if (block instanceof Figure figure) {
      return write(figure, FULL);
    }
    if (block instanceof Pair pair) {
      return templates.fill(
          pair.template(),
          Map.of(
              "figures",
              pair.figures().stream().map(figure -> write(figure, HALF)).toList()));
    }
    return templates.fill(block.template(), block);
  }

  private String write(Figure figure, int width) {
    String name = figure.chart().title() + ": " + figure.description();
    return templates.fill(
        figure.template(),
        Map.of(
            "id",
            figure.id(),
            "title",
            figure.chart().title(),
            "caption",
            figure.caption(),
            "wide",
            SvgWriter.write(figure.chart().draw(width), name, "wide"),
            "narrow",
            SvgWriter.write(figure.chart().draw(NARROW), name, "narrow"),
            "table",
            write(figure.table())));
  }
}
