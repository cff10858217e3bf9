package io.github.jvae.bench.command;

import io.github.jvae.bench.chart.PngWriter;
import io.github.jvae.bench.chart.ScatterChart;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.export.EncodingFile;
import io.github.jvae.bench.image.NeighborEmbedding;
import io.github.jvae.bench.image.PrincipalPlane;
import io.github.jvae.data.Examples;
import io.github.jvae.internal.file.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A picture of where the posteriors of a data set lie, of not too many of its examples. */
final class LatentPicture {
  private static final int MOST_POINTS = 10_000;
  private static final int WIDTH = 720;

  /** How means are laid out in a plane. */
  enum Projection {
    /** In the plane they are spread in most. */
    pca,
    /** So that neighbours stay neighbours. */
    tsne
  }

  private final Examples examples;
  private final String source;
  private final Projection projection;
  private final int stride;
  private final List<Integer> places = new ArrayList<>();
  private final List<float[]> means = new ArrayList<>();

  /** @param source what the title calls the data */
  LatentPicture(Examples examples, String source, Projection projection) {
    this.examples = examples;
    this.source = source;
    this.projection = projection;
    int most = projection == Projection.tsne ? NeighborEmbedding.MOST_POINTS : MOST_POINTS;
    this.stride = (examples.size() - 1) / most + 1;
  }

  /** Returns what keeps the means that the picture shows, and hands on all posteriors. */
  EncodingFile.Target collecting(EncodingFile.Target next) {
    return (indices, encoding) -> {
      float[] data = encoding.mean().data();
      int latent = data.length / indices.length;
      for (int row = 0; row < indices.length; row++) {
        if (indices[row] % stride == 0) {
          places.add(indices[row]);
          means.add(Arrays.copyOfRange(data, row * latent, (row + 1) * latent));
        }
      }
      next.accept(indices, encoding);
    };
  }

  /**
   * Writes what was collected.
   *
   * @throws io.github.jvae.error.VaeException if the file cannot be written
   */
  void write(Path file, Console console) {
    Layout layout = layout();
    byte[] png = PngWriter.png(chart(layout), WIDTH);
    AtomicFile.write(file, png);
    console.say("%s: the means of %d examples, %s", file, places.size(), layout.words());
  }

  /**
   * Where the means lie in the picture.
   *
   * @param words that say how it was made
   */
  private record Layout(
      List<PrincipalPlane.Point> points, String across, String up, String words) {}

  private Layout layout() {
    if (projection == Projection.tsne) {
      return new Layout(
          NeighborEmbedding.of(means),
          "t-SNE: neighbours are near, and other distances mean little",
          "",
          "laid out so that neighbours stay neighbours (t-SNE)");
    }
    PrincipalPlane plane = PrincipalPlane.of(means);
    return new Layout(
        plane.points(),
        axis("first", plane.shares().get(0)),
        axis("second", plane.shares().get(1)),
        String.format(
            Locale.ROOT,
            "in the plane of their first two principal components, which have %.1f %% and %.1f %%"
                + " of the variance",
            100 * plane.shares().get(0),
            100 * plane.shares().get(1)));
  }

  private ScatterChart chart(Layout layout) {
    List<String> groups = examples
        .labels()
        .map(labels ->
            IntStream.range(0, labels.classes()).mapToObj(labels::className).toList())
        .orElse(List.of());
    List<ScatterChart.Dot> dots = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      int place = places.get(i);
      dots.add(new ScatterChart.Dot(
          layout.points().get(i).x(),
          layout.points().get(i).y(),
          examples.labels().map(labels -> labels.label(place)).orElse(0)));
    }
    return new ScatterChart(
        "Posterior means of " + source, layout.across(), layout.up(), groups, dots);
  }

  private static String axis(String which, double share) {
    return String.format(
        Locale.ROOT, "%s principal component, %.1f %% of the variance", which, 100 * share);
  }
}
