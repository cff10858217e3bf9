package io.github.jvae.bench.explore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.image.NeighborEmbedding;
import io.github.jvae.bench.image.PrincipalPlane;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Where the posteriors' means of examples lie in a plane.
 *
 * @param points of the plane
 * @param places of the examples in their data set, as many
 * @param words how they were laid out
 */
record LatentMap(List<PrincipalPlane.Point> points, List<Integer> places, String words) {
  /** Digits after the point that a screen can show of the width of the plane. */
  private static final double PRECISION = 1e5;

  /** In the plane that the means are spread in most. */
  static LatentMap principal(Means means) {
    PrincipalPlane plane = PrincipalPlane.of(means.rows());
    return new LatentMap(
        plane.points(),
        means.places(),
        String.format(
            Locale.ROOT,
            "first two principal components, %.1f %% and %.1f %% of the variance",
            100 * plane.shares().get(0),
            100 * plane.shares().get(1)));
  }

  /** So that neighbours stay neighbours, of fewer points. */
  static LatentMap neighbours(Means means) {
    int stride = (means.places().size() - 1) / NeighborEmbedding.MOST_POINTS + 1;
    Means fewer = means.every(stride);
    return new LatentMap(
        NeighborEmbedding.of(fewer.rows()),
        fewer.places(),
        "t-SNE of " + fewer.places().size()
            + " examples: neighbours are near, and other distances mean little");
  }

  /** Returns JSON: coordinates from -1 to 1, and places. */
  ObjectNode toJson() {
    double extent = points.stream()
        .mapToDouble(point -> Math.max(Math.abs(point.x()), Math.abs(point.y())))
        .max()
        .orElse(1);
    double scale = extent > 0 ? 1 / extent : 1;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode x = json.putArray("x");
    ArrayNode y = json.putArray("y");
    for (PrincipalPlane.Point point : points) {
      x.add(Math.rint(point.x() * scale * PRECISION) / PRECISION);
      y.add(Math.rint(point.y() * scale * PRECISION) / PRECISION);
    }
    places.forEach(json.putArray("places")::add);
    return json.put("words", words);
  }

  /**
   * The posteriors' means of some examples.
   *
   * @param places in their data set
   * @param rows the means, as many
   */
  record Means(List<Integer> places, List<float[]> rows) {
    private Means every(int stride) {
      List<Integer> chosen =
          IntStream.iterate(0, i -> i < places.size(), i -> i + stride).boxed().toList();
      return new Means(
          chosen.stream().map(places::get).toList(),
          chosen.stream().map(rows::get).toList());
    }
  }
}
