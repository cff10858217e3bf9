package io.github.jvae.bench.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.bench.image.PrincipalPlane.Point;
import io.github.jvae.error.VaeException;
import io.github.jvae.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An embedding of neighbours")
class NeighborEmbeddingTest {
  private static final int GROUPS = 3;

  /** Points of six dimensions, in groups of which each is apart from the others. */
  private static List<float[]> points(int count) {
    RandomStream random = RandomStream.of(4);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] row = new float[6];
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) random.nextGaussian();
      }
      row[i % GROUPS] += 12;
      rows.add(row);
    }
    return rows;
  }

  private static double[] places(int count) {
    RandomStream random = RandomStream.of(5);
    double[] places = new double[2 * count];
    for (int i = 0; i < places.length; i++) {
      places[i] = random.nextGaussian();
    }
    return places;
  }

  @Test
  @DisplayName("goes down the derivative of its cost")
  void gradient() {
    int count = 12;
    NeighborEmbedding embedding = new NeighborEmbedding(points(count), 3);
    double[] places = places(count);
    double[] gradient = embedding.gradient(places, 1);
    double step = 1e-5;
    for (int i = 0; i < places.length; i++) {
      double[] above = places.clone();
      double[] below = places.clone();
      above[i] += step;
      below[i] -= step;
      double slope = (embedding.cost(above) - embedding.cost(below)) / (2 * step);
      assertThat(gradient[i]).isCloseTo(slope, within(1e-8));
    }
  }

  @Test
  @DisplayName("sees pairs of neighbours that add up to 1, the nearer the likelier")
  void affinities() {
    List<float[]> line = List.of(
        new float[] {0}, new float[] {1}, new float[] {3}, new float[] {7}, new float[] {15});
    NeighborEmbedding embedding = new NeighborEmbedding(line, 2);
    double sum = 0;
    for (int i = 0; i < line.size(); i++) {
      assertThat(embedding.affinity(i, i)).isZero();
      for (int j = 0; j < line.size(); j++) {
        sum += embedding.affinity(i, j);
        assertThat(embedding.affinity(i, j)).isEqualTo(embedding.affinity(j, i));
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(embedding.affinity(0, 1)).isGreaterThan(embedding.affinity(0, 2));
    assertThat(embedding.affinity(0, 2)).isGreaterThan(embedding.affinity(0, 4));
  }

  @Test
  @DisplayName("keeps groups together and apart, alike at each call")
  void groups() {
    List<float[]> rows = points(60);
    List<Point> placed = NeighborEmbedding.of(rows);
    assertThat(NeighborEmbedding.of(rows)).isEqualTo(placed);
    for (int i = 0; i < placed.size(); i++) {
      int nearest = i == 0 ? 1 : 0;
      for (int j = 0; j < placed.size(); j++) {
        nearest = j != i && distance(placed, i, j) < distance(placed, i, nearest) ? j : nearest;
      }
      assertThat(nearest % GROUPS).as("of point %s", i).isEqualTo(i % GROUPS);
    }
  }

  private static double distance(List<Point> points, int i, int j) {
    return Math.hypot(
        points.get(i).x() - points.get(j).x(), points.get(i).y() - points.get(j).y());
  }

  @Test
  @DisplayName("is made of neither too few points nor too many")
  void number() {
    assertThatThrownBy(() -> NeighborEmbedding.of(points(3)))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("4 to 2000");
  }
}
