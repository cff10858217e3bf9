package io.github.jvae.bench.command;

import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.export.GrowingTable;
import io.github.jvae.bench.export.ScoreRows;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.data.Labels;
import io.github.jvae.error.DataException;
import io.github.jvae.evaluate.AnomalyScore;
import io.github.jvae.evaluate.DetectionQuality;
import io.github.jvae.internal.Quote;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which images are known to be anomalous, and how well the scores tell them from the others. */
public final class KnownAnomalies {
  @Option(
      names = "--anomalous",
      paramLabel = "CLASS[,CLASS]",
      split = ",",
      description =
          "Take the examples of these classes for anomalies and all others for normal, and"
              + " tell AUROC and average precision of each score. Default: not.")
  private List<String> classes = List.of();

  @Option(
      names = "--normal",
      paramLabel = "NAME|PATH",
      description = "Take the same part of this data set for normal and all examples of --data for"
          + " anomalies, and tell AUROC and average precision of each score. Default: not.")
  private @Nullable String normal;

  /** Returns the data set of normal images; null for none. */
  @Nullable
  String normal() {
    return normal;
  }

  /** Returns whether it is known which images are anomalous. */
  boolean areKnown() {
    return normal != null || !classes.isEmpty();
  }

  /**
   * Checks that they are told in one way.
   *
   * @throws picocli.CommandLine.ParameterException if they are told in both
   */
  void requireOne(OutputOptions output) {
    if (normal != null && !classes.isEmpty()) {
      throw output.usage(
          "--anomalous and --normal both say which examples are anomalous; give one");
    }
  }

  /** Opens the data set of normal images, if there is one. */
  Optional<ImageOptions.Images> open(
      ImageOptions images, SavedModelOptions model, Console console) {
    return normal == null
        ? Optional.empty()
        : Optional.of(images.openOther(model, normal, console));
  }

  /**
   * Returns which of some images are anomalous, by their place.
   *
   * @throws DataException if that is to be told by their labels and they have none, or a class is
   *     not there
   */
  IntPredicate among(ImageOptions.Images images) {
    if (classes.isEmpty()) {
      return place -> normal != null;
    }
    Labels labels = images
        .data()
        .labels()
        .orElseThrow(() -> new DataException("--anomalous names classes, but the examples of "
            + Quote.path(images.source()) + " have no labels; leave it out, or name the normal"
            + " examples with --normal"));
    Set<Integer> numbers = new HashSet<>();
    classes.forEach(name -> numbers.add(labels.number(name.strip())));
    return place -> numbers.contains(labels.label(place));
  }

  /**
   * Tells how well scores find the anomalies.
   *
   * @param table of all scores
   * @param normals the scores of images that are normal and not in the table; may be empty
   */
  JsonResult tell(
      GrowingTable table,
      ScoreRows rows,
      List<AnomalyScore> scores,
      IntPredicate anomalous,
      Map<AnomalyScore, double[]> normals,
      Console console) {
    JsonResult result = new JsonResult();
    for (AnomalyScore score : scores) {
      double[] all = new double[table.rows()];
      int[] place = {0};
      table.forEachRow(row -> all[place[0]++] = rows.read(row, score));
      double[] usual = DoubleStream.concat(
              Arrays.stream(normals.getOrDefault(score, new double[0])),
              values(all, anomalous.negate()))
          .toArray();
      DetectionQuality quality =
          DetectionQuality.of(usual, values(all, anomalous).toArray());
      console.say(
          "%-14s AUROC %.4f, average precision %.4f, of %d anomalies among %d examples",
          score,
          quality.auroc(),
          quality.averagePrecision(),
          quality.anomalies(),
          quality.anomalies() + quality.normals());
      result.put(
          score.toString(),
          new JsonResult()
              .put("auroc", (Double) quality.auroc())
              .put("average_precision", (Double) quality.averagePrecision())
              .put("anomalies", quality.anomalies())
              .put("normals", quality.normals())
              .toJson());
    }
    return result;
  }

  private static DoubleStream values(double[] all, IntPredicate chosen) {
    return IntStream.range(0, all.length).filter(chosen).mapToDouble(i -> all[i]);
  }
}
