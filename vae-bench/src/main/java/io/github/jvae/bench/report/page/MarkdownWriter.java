package io.github.jvae.bench.report.page;

import io.github.jvae.bench.report.page.Block.Code;
import io.github.jvae.bench.report.page.Block.Figure;
import io.github.jvae.bench.report.page.Block.Pair;
import io.github.jvae.internal.Quote;
import java.util.Map;

/**
 * Writes a document as Markdown, as code hosts show it. Its charts are pictures in the folder
 * {@code charts} beside it.
 */
public final class MarkdownWriter {
  private final Templates templates = Templates.markdown();

  /** The text. */
  public String write(Page page) {
    return templates.fill(
        "page",
        Map.of(
            "page", page, "sections", page.sections().stream().map(this::view).toList()));
  }

  private Map<String, Object> view(Page.Section section) {
    return Map.of(
        "title",
        section.title(),
        "blocks",
        section.blocks().stream().map(block -> write(block).strip()).toList());
  }

  private String write(Block block) {
    if (block instanceof Figure figure) {
      return templates.fill(
          figure.template(),
          Map.of(
              "id",
              figure.id(),
              "title",
              figure.chart().title(),
              "description",
              figure.description(),
              "caption",
              figure.caption(),
              "table",
              write(figure.table())));
    }
    if (block instanceof Pair pair) {
      return templates.fill(
          pair.template(),
          Map.of("figures", pair.figures().stream().map(this::write).toList()));
    }
    if (block instanceof Code code) {
      return templates.fill(code.template(), new Code(Quote.line(code.text())));
    }
    return templates.fill(block.template(), block);
  }
}
