package io.github.jvae.bench.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.bench.image.PrincipalPlane.Point;
import io.github.jvae.error.VaeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The plane that points are spread in most")
final class PrincipalPlaneTest {
  @Test
  @DisplayName("has the coordinates of points that lie in a plane, longest direction first")
  void plane() {
    // Along (3, 0, 4)/5 and (0, 1, 0), about (1, 2, 3), which are orthogonal.
    double[][] coordinates = {{-6, -1}, {-2, 1}, {2, 1}, {6, -1}};
    List<float[]> rows = new ArrayList<>();
    for (double[] at : coordinates) {
      rows.add(
          new float[] {(float) (1 + 0.6 * at[0]), (float) (2 + at[1]), (float) (3 + 0.8 * at[0])});
    }
    PrincipalPlane plane = PrincipalPlane.of(rows);
    for (int i = 0; i < coordinates.length; i++) {
      assertThat(plane.points().get(i).x()).isCloseTo(coordinates[i][0], within(1e-5));
      assertThat(plane.points().get(i).y()).isCloseTo(coordinates[i][1], within(1e-5));
    }
    assertThat(plane.shares().get(0)).isCloseTo(20.0 / 21, within(1e-6));
    assertThat(plane.shares().get(1)).isCloseTo(1.0 / 21, within(1e-6));
  }

  @Test
  @DisplayName("has the variances and no correlation along its axes")
  void uncorrelated() {
    Random random = new Random(1);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double c = random.nextGaussian();
      rows.add(new float[] {(float) (3 * a + b), (float) (a - 2 * b), (float) (c / 2), (float) a});
    }
    PrincipalPlane plane = PrincipalPlane.of(rows);
    double xx = plane.points().stream().mapToDouble(p -> p.x() * p.x()).sum();
    double yy = plane.points().stream().mapToDouble(p -> p.y() * p.y()).sum();
    double xy = plane.points().stream().mapToDouble(p -> p.x() * p.y()).sum();
    assertThat(xy / Math.sqrt(xx * yy)).isCloseTo(0, within(1e-9));
    assertThat(xx / yy)
        .isCloseTo(plane.shares().get(0) / plane.shares().get(1), within(1e-6 * xx / yy));
    assertThat(plane.shares().get(0) + plane.shares().get(1)).isBetween(0.9, 1.0);
  }

  @Test
  @DisplayName("is a line for one dimension, and a point for points that are all the same")
  void degenerate() {
    PrincipalPlane line = PrincipalPlane.of(List.of(new float[] {1}, new float[] {3}));
    assertThat(line.points()).containsExactly(new Point(-1, 0), new Point(1, 0));
    assertThat(line.shares()).containsExactly(1.0, 0.0);
    PrincipalPlane point = PrincipalPlane.of(List.of(new float[3], new float[3]));
    assertThat(point.points()).allMatch(p -> p.x() == 0 && p.y() == 0);
    assertThat(point.shares()).containsExactly(0.0, 0.0);
  }

  @Test
  @DisplayName("is refused of a single point, and of too many dimensions")
  void refused() {
    assertThatThrownBy(() -> PrincipalPlane.of(List.of(new float[2])))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("needs at least 2 examples, not 1");
    assertThatThrownBy(() -> PrincipalPlane.of(List.of(new float[1001], new float[1001])))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("up to 1000 dimensions, not of 1001");
  }
}
