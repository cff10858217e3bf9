package io.github.jvae.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.JsonTree;
import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.ResultsFile;
import io.github.jvae.bench.compare.results.SampleResults;
import io.github.jvae.bench.image.ImageGrid;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

@DisplayName("The report")
final class ReportTest {
  private static final int MOST_BYTES = 3_000_000;

  @TempDir
  Path folder;

  /** What a report must cope with, all kinds of it. */
  static Stream<ComparisonResults> kinds() {
    BackendResult one = SampleResults.backend("tensorflow", "TensorFlow 2.18.0", 2413, 1, 0);
    return Stream.of(
        SampleResults.complete(),
        SampleResults.withFailure("it crashed"),
        SampleResults.of(List.of(one), false, null),
        SampleResults.of(List.of(one, SampleResults.brokenOff("djl", 5)), true, null),
        SampleResults.of(List.of(SampleResults.brokenOff("djl", 1)), true, null),
        SampleResults.of(List.of(one, SampleResults.diverged("nd4j")), false, null),
        SampleResults.of(List.of(SampleResults.diverged("nd4j")), false, null),
        SampleResults.of(List.of(SampleResults.failed("djl", "none")), false, null),
        SampleResults.of(List.of(), true, null),
        SampleResults.of(List.of(one), false, SampleResults.change()));
  }

  private HtmlDocument page(ComparisonResults results) {
    return HtmlDocument.parse(Report.of(results, folder).html());
  }

  private String markdown(ComparisonResults results) {
    return Report.of(results, folder).markdown();
  }

  private void drawPictures(String backend, float intensity) {
    HostTensor images = HostTensor.zeros(Shape.of(4, 3, 32, 32));
    Arrays.fill(images.data(), intensity);
    for (String name : List.of("reconstructions", "samples", "interpolation")) {
      ImageGrid.of(images).write(folder.resolve(backend).resolve(name + ".png"));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("is one well-formed page that loads nothing")
  void selfContained(ComparisonResults results) {
    HtmlDocument page = page(results);
    for (Element element : page.all("*")) {
      for (String attribute : List.of("src", "href", "xlink:href", "srcset", "data", "poster")) {
        assertThat(element.getAttribute(attribute))
            .as("%s of %s", attribute, element.getTagName())
            .matches(value -> value.isEmpty() || value.matches("(#|data:image/png).*"));
      }
    }
    String text = Report.of(results, folder).html();
    assertThat(text).doesNotContain("http:", "https:", "@import", "url(", "<script", "<link");
    assertThat(text).hasSizeLessThan(MOST_BYTES);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("can be read without eyes, without a mouse and on a phone")
  void accessible(ComparisonResults results) {
    HtmlDocument page = page(results);
    assertThat(page.root().getAttribute("lang")).isEqualTo("en");
    assertThat(page.all("h1")).hasSize(1);
    assertThat(page.all("main")).hasSize(1);
    assertThat(page.all("meta")).anyMatch(meta -> meta.getAttribute("name").equals("viewport"));
    List<String> ids = page.all("*").stream()
        .map(element -> element.getAttribute("id"))
        .filter(id -> !id.isEmpty())
        .toList();
    assertThat(ids).doesNotHaveDuplicates();
    for (Element link : page.all("a")) {
      assertThat(ids).contains(link.getAttribute("href").substring(1));
    }
    for (Element svg : page.all("svg")) {
      assertThat(svg.getAttribute("role")).isEqualTo("img");
      assertThat(svg.getAttribute("aria-label")).isNotBlank();
    }
    assertThat(page.all("img")).allMatch(image -> !image.getAttribute("alt").isBlank());
    for (Element table : page.all("table")) {
      Element around = (Element) table.getParentNode();
      assertThat(around.getAttribute("tabindex")).isEqualTo("0");
      assertThat(around.getAttribute("aria-label")).isNotBlank();
      assertThat(HtmlDocument.within(table, "caption")).hasSize(1);
      assertThat(HtmlDocument.within(table, "th"))
          .allMatch(head -> head.getAttribute("scope").matches("row|col"));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("has a table for each chart, with a cell for each column")
  void tables(ComparisonResults results) {
    HtmlDocument page = page(results);
    for (Element figure : page.all("figure")) {
      List<Element> charts = HtmlDocument.within(figure, "svg");
      if (charts.isEmpty()) {
        continue;
      }
      // One for wide screens and one for phones; the style sheet shows either.
      assertThat(charts).extracting(svg -> svg.getAttribute("class")).contains("wide", "narrow");
      Element table = HtmlDocument.within(figure, "table").get(0);
      int columns =
          HtmlDocument.within(HtmlDocument.within(table, "thead").get(0), "th").size();
      List<Element> rows =
          HtmlDocument.within(HtmlDocument.within(table, "tbody").get(0), "tr");
      assertThat(rows).isNotEmpty();
      for (Element row : rows) {
        assertThat(HtmlDocument.within(row, "td")).hasSize(columns - 1);
        assertThat(HtmlDocument.texts(HtmlDocument.within(row, "td"))).noneMatch(String::isEmpty);
      }
    }
  }

  @Test
  @DisplayName("says in tables the numbers that bars show")
  void sameNumbersInBars() {
    HtmlDocument page = page(SampleResults.complete());
    for (String id : List.of(
        "throughput",
        "time",
        "start",
        "encode",
        "decode",
        "sample",
        "latency",
        "target",
        "memory",
        "disk")) {
      Element figure = page.byId(id);
      List<String> cells = HtmlDocument.texts(HtmlDocument.within(figure, "td"));
      List<String> tips = HtmlDocument.texts(HtmlDocument.within(figure, "title"));
      assertThat(tips).as(id).isNotEmpty();
      for (String tip : tips) {
        String number = tip.substring(tip.lastIndexOf(": ") + 2).split(" ", -1)[0];
        if (!tip.contains("one repetition")) {
          assertThat(cells).as(id).contains(number);
        }
      }
    }
    assertThat(HtmlDocument.texts(HtmlDocument.within(page.byId("throughput"), "td")))
        .containsSubsequence("2,413", "2,379", "2,430", "1.00", "1,901", "0.788");
  }

  @Test
  @DisplayName("says in tables the losses that curves show, first and last step included")
  void sameNumbersInCurves() {
    ComparisonResults results = SampleResults.complete();
    HtmlDocument page = page(results);
    Element figure = page.byId("loss-steps");
    List<Double> losses =
        Objects.requireNonNull(results.backends().get(1).losses()).losses();
    List<String> rows = HtmlDocument.texts(HtmlDocument.within(figure, "tr"));
    assertThat(rows.get(1)).startsWith("1").contains(Words.nats(losses.get(0)));
    assertThat(rows.get(rows.size() - 1))
        .startsWith("300")
        .contains(Words.nats(losses.get(losses.size() - 1)));
    assertThat(figure.getTextContent()).contains("overlay to the pixel", "loss (nats/example)");
    assertThat(page.byId("loss-differences").getTextContent())
        .contains("target: 1e-4", "Difference from TensorFlow");
    assertThat(HtmlDocument.within(page.byId("loss-seconds"), "table")).hasSize(1);
  }

  @Test
  @DisplayName("opens with the verdict, and says what is computed, by what, and how to repeat it")
  void contents() {
    HtmlDocument page = page(SampleResults.complete());
    assertThat(page.all("h1").get(0).getTextContent())
        .isEqualTo("TensorFlow was fastest: 1.27 times as fast as DJL and 1.41 times as fast as"
            + " ND4J; all losses agree to 2e-6 over the first 100 steps.");
    assertThat(page.byId("objective").getTextContent())
        .contains("ELBO = E_q[log p(x|z)] − KL(q(z|x) ‖ p(z))", "nats per example", "3,072");
    assertThat(page.byId("provenance").getTextContent())
        .contains(
            "vae compare --backends",
            "AMD EPYC",
            "2 cores",
            "OpenJDK 17.0.15",
            "PyTorch 2.7.1",
            "seed",
            "25 November 2026, 21:07 (+01:00)");
    assertThat(page.byId("loss").getTextContent()).contains("DJL and ND4J", "+1,893.4", "+22.50");
  }

  @Test
  @DisplayName("shows a failed engine everywhere with its reason, and draws nothing for it")
  void failedEngine() {
    HtmlDocument page = page(SampleResults.withFailure("its library wants a newer system"));
    assertThat(page.all("h1").get(0).getTextContent()).endsWith("ND4J failed.");
    assertThat(HtmlDocument.within(page.root(), "header").get(0).getTextContent())
        .contains("ND4J failed: its library wants a newer system");
    Element card = page.all("li").stream()
        .filter(item -> item.getAttribute("class").contains("failed"))
        .findFirst()
        .orElseThrow();
    assertThat(card.getTextContent()).contains("ND4J", "its library wants a newer system");
    Element throughput = page.byId("throughput");
    assertThat(HtmlDocument.texts(HtmlDocument.within(throughput, "td"))).contains("failed");
    assertThat(HtmlDocument.texts(HtmlDocument.within(throughput, "title")))
        .noneMatch(tip -> tip.startsWith("ND4J"));
    assertThat(markdown(SampleResults.withFailure("no such library"))).contains("no such library");
  }

  @Test
  @DisplayName("marks a run that was broken off, and keeps what was measured until then")
  void partial() {
    ComparisonResults results = SampleResults.of(
        List.of(
            SampleResults.backend("tensorflow", "TensorFlow 2.18.0", 2413, 1, 0),
            SampleResults.brokenOff("djl", 40)),
        true,
        null);
    HtmlDocument page = page(results);
    assertThat(page.all("header").get(0).getTextContent()).contains("This run was broken off");
    assertThat(HtmlDocument.texts(HtmlDocument.within(page.byId("throughput"), "td")))
        .contains("broken off");
    List<String> rows = HtmlDocument.texts(HtmlDocument.within(page.byId("loss-steps"), "tr"));
    assertThat(rows.get(rows.size() - 1)).startsWith("300").endsWith("–");
  }

  @Test
  @DisplayName("has a gap and a dash where a loss was no number, and does not call that agreement")
  void notANumber() {
    ComparisonResults results = SampleResults.of(
        List.of(
            SampleResults.backend("tensorflow", "TensorFlow 2.18.0", 2413, 1, 0),
            SampleResults.diverged("nd4j")),
        false,
        null);
    Element figure = page(results).byId("loss-steps");
    assertThat(HtmlDocument.texts(HtmlDocument.within(figure, "td"))).contains("–");
    for (Element line : HtmlDocument.within(figure, "polyline")) {
      assertThat(line.getAttribute("points")).doesNotContain("NaN", "Infinity");
    }
    assertThat(figure.getTextContent())
        .doesNotContain("overlay to the pixel")
        .contains("ND4J’s loss was no number from step 51 on");
  }

  @Test
  @DisplayName("lets no text become markup, on the page and in Markdown")
  void escapes() {
    String evil = "</p><script>alert(1)</script> & \"x\" | y *z*";
    ComparisonResults results = SampleResults.of(
        List.of(
            SampleResults.backend("tensorflow", evil, 2413, 1, 0),
            SampleResults.failed("<b>\"bold\"</b>", evil)),
        false,
        null);
    HtmlDocument page = page(results);
    assertThat(page.all("script")).isEmpty();
    assertThat(page.all("b")).isEmpty();
    assertThat(page.all("main").get(0).getTextContent()).contains(evil, "<b>\"bold\"</b>");
    assertThat(markdown(results)).doesNotContain("<script", "<b>").contains("\\| y \\*z\\*");
  }

  @Test
  @DisplayName("shows sweeps with what failed, and the change since an earlier run")
  void growthAndChange() {
    HtmlDocument page = page(SampleResults.of(
        List.of(SampleResults.backend("tensorflow", "TensorFlow 2.18.0", 2413, 1, 0)),
        false,
        SampleResults.change()));
    Element batch = page.byId("sweep-conv-batch");
    assertThat(batch.getTextContent()).contains("batch size (images)", "failed: out of memory");
    assertThat(HtmlDocument.texts(HtmlDocument.within(batch, "td"))).contains("53.7", "67.5");
    assertThat(page.byId("change").getTextContent())
        .contains("Java was 17.0.14", "2,200", "2,413", "1.05 to 1.14", "better", "no change");
    assertThat(page.all("header").get(0).getTextContent())
        .contains("TensorFlow’s training (images/s) is better (1.10 times)")
        .doesNotContain("DJL’s training");
  }

  @Test
  @DisplayName("has the pictures in it, and says how much they differ")
  void pictures() {
    drawPictures("tensorflow", 0.5f);
    drawPictures("djl", 0.5f);
    Element same = page(SampleResults.complete()).byId("pictures");
    assertThat(HtmlDocument.within(same, "img")).hasSize(6);
    assertThat(same.getTextContent()).contains("the same in every pixel");
    drawPictures("nd4j", 0.5f + 2 / 255f);
    HtmlDocument page = page(SampleResults.complete());
    assertThat(page.byId("pictures").getTextContent()).contains("by more than 2 of 255 levels");
    assertThat(HtmlDocument.within(page.byId("pictures"), "img"))
        .hasSize(9)
        .allMatch(image -> image.getAttribute("src").startsWith("data:image/png;base64,iVBOR"));
  }

  @Test
  @DisplayName("takes no picture from outside the results' folder")
  void picturesStayInside() {
    Path results = folder.resolve("inside");
    drawPictures("tensorflow", 0.5f);
    BackendResult one = SampleResults.backend("../tensorflow", "TensorFlow", 2413, 1, 0);
    String html =
        Report.of(SampleResults.of(List.of(one), false, null), results).html();
    assertThat(HtmlDocument.parse(html).all("img")).isEmpty();
  }

  @Test
  @EnabledIf("linksCanBeMade")
  @DisplayName("embeds nothing that a link brings in from outside, and says what it left out")
  void linksLeadNowhere() throws IOException {
    Path results = Files.createDirectories(folder.resolve("inside"));
    drawPictures("outside", 0.5f);
    Path secret = Files.writeString(folder.resolve("secret"), "the key to everything");
    Files.createDirectories(results.resolve("tensorflow"));
    link(results.resolve("tensorflow/reconstructions.png"), secret);
    link(results.resolve("tensorflow/samples.png"), folder.resolve("outside/samples.png"));
    link(results.resolve("djl"), folder.resolve("outside"));
    link(results.resolve("nd4j"), results.resolve("nowhere"));
    HtmlDocument page =
        HtmlDocument.parse(Report.of(SampleResults.complete(), results).html());
    assertThat(page.all("img")).isEmpty();
    assertThat(HtmlDocument.texts(page.all("p")))
        .contains(
            "The picture tensorflow/reconstructions.png is left out: it is not in the folder of the"
                + " results.",
            "The picture tensorflow/samples.png is left out: it is not in the folder of the"
                + " results.",
            "The picture djl/samples.png is left out: it is not in the folder of the results.");
  }

  @Test
  @EnabledIf("linksCanBeMade")
  @DisplayName("follows links that stay in the results' folder")
  void linksInside() throws IOException {
    drawPictures("real", 0.5f);
    link(folder.resolve("tensorflow"), folder.resolve("real"));
    assertThat(page(SampleResults.complete()).all("img")).hasSize(3);
  }

  @Test
  @DisplayName("embeds only what is a PNG picture, of a size that memory bears")
  void onlyPictures() throws IOException {
    Files.createDirectories(folder.resolve("tensorflow/samples.png"));
    Path text = folder.resolve("tensorflow/reconstructions.png");
    Files.writeString(text, "the key to everything");
    drawPictures("djl", 0.5f);
    Files.write(folder.resolve("djl/samples.png"), vast(30_000));
    byte[] cut = Files.readAllBytes(folder.resolve("djl/interpolation.png"));
    Files.write(folder.resolve("djl/interpolation.png"), Arrays.copyOf(cut, 20));
    HtmlDocument page = page(SampleResults.complete());
    assertThat(page.all("img")).hasSize(1);
    assertThat(HtmlDocument.texts(page.all("p")))
        .contains(
            "The picture tensorflow/reconstructions.png is left out: it is no PNG picture.",
            "The picture tensorflow/samples.png is left out: it is no file.",
            "The picture djl/samples.png is left out: it has more than 67108864 pixels.",
            "The picture djl/interpolation.png is left out: it is no PNG picture.");
  }

  /** A PNG file that says it is so wide and high, and has no pixels. */
  private static byte[] vast(int extent) {
    byte[] header = ByteBuffer.allocate(17)
        .put("IHDR".getBytes(StandardCharsets.US_ASCII))
        .putInt(extent)
        .putInt(extent)
        .put(new byte[] {8, 2, 0, 0, 0})
        .array();
    CRC32 sum = new CRC32();
    sum.update(header);
    return ByteBuffer.allocate(33)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
        .putInt(13)
        .put(header)
        .putInt((int) sum.getValue())
        .array();
  }

  @ParameterizedTest
  @EnabledIf("linksCanBeMade")
  @ValueSource(strings = {"report.html", "report.md", "charts", "charts/throughput.png"})
  @DisplayName("is not written through a link to what is outside the folder")
  void writesNothingOutside(String name) throws IOException {
    Path results = folder.resolve("inside");
    Path victim = folder.resolve("victim");
    if (name.equals("charts")) {
      Files.createDirectories(victim);
    } else {
      Files.writeString(victim, "irreplaceable");
    }
    Files.createDirectories(results.resolve(name).getParent());
    link(results.resolve(name), victim);
    Report report = Report.of(SampleResults.complete(), results);
    assertThatThrownBy(() -> report.write(results))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(results.resolve(name) + " is a link that leads out of the folder");
    if (name.equals("charts")) {
      assertThat(victim).isEmptyDirectory();
    } else {
      assertThat(victim).hasContent("irreplaceable");
    }
    assertThat(results.resolve("report.html")).satisfies(page -> {
      assertThat(Files.isRegularFile(page, LinkOption.NOFOLLOW_LINKS)).isFalse();
    });
  }

  private static void link(Path link, Path target) throws IOException {
    Files.createSymbolicLink(link, target);
  }

  /** Windows lets only some users make links. */
  static boolean linksCanBeMade() throws IOException {
    Path trial = Files.createTempDirectory("links");
    try {
      link(trial.resolve("link"), trial.resolve("target"));
      Files.delete(trial.resolve("link"));
      return true;
    } catch (UnsupportedOperationException | IOException e) {
      return false;
    } finally {
      Files.delete(trial);
    }
  }

  @Test
  @DisplayName("as Markdown lets a command end neither its line nor its block")
  void escapesCommands() throws IOException {
    ResultsFile.write(folder.resolve("results.json"), SampleResults.complete());
    ObjectNode json = JsonTree.read(folder.resolve("results.json"));
    ((ObjectNode) json.get("setup")).put("command", "x\n```\n<script>alert(1)</script>\u001b");
    JsonTree.write(folder.resolve("results.json"), json);
    String text = markdown(ResultsFile.read(folder.resolve("results.json")));
    assertThat(text).contains("```sh\nx ``` <script>alert(1)</script>\\u001b\n```\n");
  }

  @Test
  @DisplayName("as Markdown says the same in tables of even rows, beside charts that are there")
  void markdown() throws IOException {
    drawPictures("tensorflow", 0.5f);
    Report.of(SampleResults.complete(), folder).write(folder);
    String text = Files.readString(folder.resolve(Report.MARKDOWN));
    assertThat(folder.resolve(Report.HTML)).isNotEmptyFile();
    assertThat(text).startsWith("# TensorFlow was fastest: 1.27 times as fast as DJL");
    assertThat(text).contains("| TensorFlow | 2,413 |", "vae compare --backends", "ELBO = E_q[");
    int pictures = 0;
    for (String line : text.lines().toList()) {
      if (line.startsWith("![")) {
        Path file = folder.resolve(line.substring(line.lastIndexOf('(') + 1, line.length() - 1));
        assertThat(ImageIO.read(file.toFile())).as(line).isNotNull();
        pictures++;
      }
    }
    assertThat(pictures).isGreaterThan(12);
    for (String block : text.split("\n\n", -1)) {
      if (block.startsWith("|")) {
        assertThat(block.strip().lines().map(ReportTest::columns).distinct())
            .as(block)
            .hasSize(1);
      }
    }
  }

  private static long columns(String row) {
    return row.replace("\\|", "").chars().filter(c -> c == '|').count();
  }
}
