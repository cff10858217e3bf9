package io.github.jvae.bench.curve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.chart.Axis;
import io.github.jvae.bench.chart.LineChart;
import io.github.jvae.bench.chart.NumberText;
import io.github.jvae.bench.chart.PngWriter;
import io.github.jvae.bench.chart.Series;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The folder of a curve: its points as {@value #JSON}, {@value #CSV} and {@value #PICTURE}, and how
 * its models are trained.
 */
public final class CurveFolder {
  private static final String JSON = "curve.json";
  private static final String CSV = "curve.csv";
  private static final String PICTURE = "curve.png";
  private static final String OPTIONS = "train_options";
  private static final String POINTS = "points";
  private static final int CHART_WIDTH = 760;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path folder;
  private final Map<String, List<String>> options;
  private final List<CurvePoint> points;

  private CurveFolder(
      Path folder, Map<String, List<String>> options, Collection<CurvePoint> points) {
    this.folder = folder;
    this.options = new TreeMap<>(options);
    this.points =
        points.stream().sorted(Comparator.comparingDouble(CurvePoint::beta)).toList();
  }

  /**
   * Looks into a folder, which need not be there.
   *
   * @throws VaeException if it is a file, or its curve is damaged
   */
  public static CurveFolder of(Path folder) {
    Path file = folder.resolve(JSON);
    try {
      if (!Files.exists(folder)) {
        return new CurveFolder(folder, Map.of(), List.of());
      }
      if (!Files.isDirectory(folder)) {
        throw FileFault.fault(
            "--out " + Quote.path(folder) + " is a file; name a new or an empty folder", null);
      }
      return Files.exists(file)
          ? read(folder, MAPPER.readTree(file.toFile()))
          : new CurveFolder(folder, Map.of(), List.of());
    } catch (JsonProcessingException e) {
      throw FileFault.fault(
          Quote.path(file) + " is damaged: " + Quote.message(e.getOriginalMessage())
              + "; remove it, and the models in the folder are measured anew",
          e);
    } catch (IOException e) {
      throw FileFault.fault(Quote.path(file) + " cannot be read: " + FileFault.reason(e), e);
    }
  }

  private static CurveFolder read(Path folder, JsonNode json) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    json.path(OPTIONS).properties().forEach(option -> {
      List<String> values = new ArrayList<>();
      option.getValue().forEach(value -> values.add(value.asText()));
      options.put(option.getKey(), values);
    });
    List<CurvePoint> points = new ArrayList<>();
    json.path(POINTS).forEach(point -> points.add(CurvePoint.of(point)));
    return new CurveFolder(folder, options, points);
  }

  /**
   * Returns the same for trainings with some options, and writes these down.
   *
   * @throws VaeException if those that are there were trained with others
   */
  public CurveFolder begunWith(Map<String, List<String>> wanted) {
    boolean begun = Files.exists(folder.resolve(JSON));
    if (begun && !options.equals(new TreeMap<>(wanted))) {
      throw new VaeException("the curve in " + Quote.path(folder) + " was begun with "
          + words(options) + ", not with " + words(wanted)
          + "; give the same options, or another --out");
    }
    CurveFolder result = new CurveFolder(folder, wanted, points);
    if (!begun) {
      result.writeJson();
    }
    return result;
  }

  private static String words(Map<String, List<String>> options) {
    if (options.isEmpty()) {
      return "no options of 'vae train'";
    }
    List<String> words = new ArrayList<>();
    new TreeMap<>(options)
        .forEach((name, values) -> words.add((name + " " + String.join(" ", values)).strip()));
    return Quote.visible(String.join(" ", words));
  }

  /** Returns whether a weight's model is done and measured. */
  public boolean has(double beta) {
    return points.stream().anyMatch(point -> point.beta() == beta);
  }

  /** Returns the same with one more point. */
  public CurveFolder with(CurvePoint point) {
    List<CurvePoint> all = new ArrayList<>(points);
    all.add(point);
    return new CurveFolder(folder, options, all);
  }

  /** Returns the same with other points. */
  public CurveFolder with(Collection<CurvePoint> others) {
    return new CurveFolder(folder, options, others);
  }

  /** Returns the points by weight, those of earlier calls too. */
  public List<CurvePoint> points() {
    return points;
  }

  /** Returns the first two neighbours of which that of the greater weight has the greater rate. */
  public Optional<List<CurvePoint>> rising() {
    for (int i = 1; i < points.size(); i++) {
      CurvePoint before = points.get(i - 1);
      CurvePoint after = points.get(i);
      if (after.beta() > before.beta() && after.rate() > before.rate()) {
        return Optional.of(List.of(before, after));
      }
    }
    return Optional.empty();
  }

  /** Returns where the picture is. */
  public Path picture() {
    return folder.resolve(PICTURE);
  }

  /** Returns the points, one object each. */
  public ArrayNode json() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    points.forEach(point -> all.add(point.json()));
    return all;
  }

  /** Writes all files. */
  public void write() {
    writeJson();
    StringBuilder csv = new StringBuilder("beta,rate,distortion,elbo,elbo_standard_error\n");
    points.forEach(point -> csv.append(point.csv()).append('\n'));
    AtomicFile.write(folder.resolve(CSV), csv.toString().getBytes(StandardCharsets.UTF_8));
    AtomicFile.write(picture(), PngWriter.png(chart(), CHART_WIDTH));
  }

  private void writeJson() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw FileFault.fault(
          "--out " + Quote.path(folder) + " cannot be made: " + FileFault.reason(e), e);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode given = json.putObject(OPTIONS);
    options.forEach((name, values) -> {
      ArrayNode all = given.putArray(name);
      values.forEach(all::add);
    });
    json.set(POINTS, json());
    AtomicFile.write(
        folder.resolve(JSON), (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The places are named on the axis, which hundredths of a nat are enough for. */
  private static Series.Sample sample(CurvePoint point) {
    return Series.Sample.of(Math.round(point.rate() * 100) / 100.0, point.distortion());
  }

  private LineChart chart() {
    List<Series> series = new ArrayList<>();
    List<Series.Sample> line = points.stream()
        .sorted(Comparator.comparingDouble(CurvePoint::rate))
        .map(CurveFolder::sample)
        .toList();
    series.add(new Series("curve", 9, line));
    for (int i = 0; i < points.size(); i++) {
      CurvePoint point = points.get(i);
      series.add(new Series("beta " + NumberText.tick(point.beta()), i, List.of(sample(point))));
    }
    return new LineChart(
        "Rate and distortion by the weight of the divergence",
        Axis.linear("rate, KL(q(z|x) ‖ p(z)), nats/example"),
        Axis.linear("distortion, −E log p(x|z), nats/example"),
        series,
        LineChart.Style.MARKED,
        List.of());
  }
}
