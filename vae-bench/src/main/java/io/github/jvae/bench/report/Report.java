package io.github.jvae.bench.report;

import io.github.jvae.bench.chart.PngWriter;
import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.report.page.Block;
import io.github.jvae.bench.report.page.Block.Figure;
import io.github.jvae.bench.report.page.Block.Pair;
import io.github.jvae.bench.report.page.HtmlWriter;
import io.github.jvae.bench.report.page.MarkdownWriter;
import io.github.jvae.bench.report.page.Page;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The report of a comparison: {@value #HTML}, one file that needs no other and no network;
 * {@value #MARKDOWN}; and its charts as pictures.
 */
public final class Report {
  /** The page. */
  public static final String HTML = "report.html";

  /** The file of the report as Markdown. */
  public static final String MARKDOWN = "report.md";

  /** The folder of the charts. */
  public static final String CHARTS = "charts";

  private static final int CHART_WIDTH = 720;

  private final Page page;

  private Report(Page page) {
    this.page = page;
  }

  /**
   * Makes the report of results.
   *
   * @param folder where the pictures are that the results name; a missing one is left out
   */
  public static Report of(ComparisonResults results, Path folder) {
    return new Report(new ReportPage(results, folder).page());
  }

  /** What came out, in a sentence. */
  public String verdict() {
    return page.verdict();
  }

  /**
   * Writes page, text and charts, in this order, so that the page is there even if Java has no
   * fonts to draw charts as pictures with.
   *
   * @param folder where to; files of the same names are replaced
   * @throws VaeException if one cannot be written, or is there as a link that leads elsewhere
   */
  public void write(Path folder) {
    requireInside(folder);
    write(folder.resolve(HTML), html());
    write(folder.resolve(MARKDOWN), markdown());
    for (Figure figure : figures()) {
      AtomicFile.write(
          folder.resolve(CHARTS).resolve(figure.id() + ".png"),
          PngWriter.png(figure.chart(), CHART_WIDTH));
    }
  }

  /** A folder that somebody else packed could have this write over files far from it. */
  private void requireInside(Path folder) {
    Path charts = folder.resolve(CHARTS);
    Stream<Path> files = Stream.concat(
        Stream.of(folder.resolve(HTML), folder.resolve(MARKDOWN), charts),
        figures().stream().map(figure -> charts.resolve(figure.id() + ".png")));
    RealFolder real = new RealFolder(folder);
    files.filter(Files::exists).forEach(file -> {
      try {
        if (!real.holds(file)) {
          throw FileFault.of(
              file, "is a link that leads out of the folder of the results", "remove it");
        }
      } catch (IOException e) {
        throw FileFault.unwritable(file, e);
      }
    });
  }

  String html() {
    return new HtmlWriter().write(page);
  }

  String markdown() {
    return new MarkdownWriter().write(page);
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private List<Figure> figures() {
    return page.sections().stream()
        .flatMap(section -> section.blocks().stream())
        .flatMap(Report::figures)
        .toList();
  }

  private static Stream<Figure> figures(Block block) {
    if (block instanceof Pair pair) {
      return pair.figures().stream();
    }
    return block instanceof Figure figure ? Stream.of(figure) : Stream.empty();
  }
}
