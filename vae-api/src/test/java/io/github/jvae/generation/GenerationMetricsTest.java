package io.github.jvae.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.DataException;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Generated examples are compared with real ones")
class GenerationMetricsTest {
  private static HostTensor vectors(int columns, double... numbers) {
    HostTensor result = HostTensor.zeros(Shape.of(numbers.length / columns, columns));
    for (int i = 0; i < numbers.length; i++) {
      result.data()[i] = (float) numbers[i];
    }
    return result;
  }

  @Test
  @DisplayName("by the Fréchet distance, which is 0 between equal sets and otherwise the formula's")
  void frechet() {
    // Means (0, 0), variances 2 and 8 without covariance: four corners, divided by n - 1.
    double a = Math.sqrt(1.5);
    double b = Math.sqrt(6);
    HostTensor one = vectors(2, a, b, a, -b, -a, b, -a, -b);
    assertThat(FrechetDistance.between(one, one)).isCloseTo(0, within(1e-5));
    // Half as far out and moved by (3, 4): 25 + 2 + 8 + 0.5 + 2 - 2 (1 + 4).
    HostTensor other = vectors(
        2, 3 + a / 2, 4 + b / 2, 3 + a / 2, 4 - b / 2, 3 - a / 2, 4 + b / 2, 3 - a / 2, 4 - b / 2);
    assertThat(FrechetDistance.between(one, other)).isCloseTo(27.5, within(1e-4));
    // Turned by 45 degrees, the covariances do not commute: C C' has the eigenvalues of
    // [[10, -6], [-24, 40]], 25 ± √369, whose roots add up to √(50 + 2·16) = √82.
    double c = Math.sqrt(0.5);
    HostTensor turned = HostTensor.zeros(Shape.of(4, 2));
    for (int i = 0; i < 4; i++) {
      float x = one.data()[2 * i];
      float y = one.data()[2 * i + 1];
      turned.data()[2 * i] = (float) (c * (x + y));
      turned.data()[2 * i + 1] = (float) (c * (y - x));
    }
    assertThat(FrechetDistance.between(one, turned))
        .isCloseTo(20 - 2 * Math.sqrt(82), within(1e-4));
    assertThat(FrechetDistance.between(vectors(1, 0, 2), vectors(1, 1, 5)))
        .isCloseTo(4 + 2 + 8 - 2 * 4, within(1e-5));
  }

  @Test
  @DisplayName("by precision and recall, as counted by hand")
  void overlap() {
    // On a line: the real ones reach 1 around themselves, the generated ones 1 and 8.
    HostTensor real = vectors(1, 0, 1, 2, 3);
    HostTensor generated = vectors(1, 2.5, 3.5, 11.5);
    assertThat(ManifoldOverlap.of(real, generated, 1)).isEqualTo(new ManifoldOverlap(2 / 3.0, 0.5));
    assertThat(ManifoldOverlap.of(real, real, 1)).isEqualTo(new ManifoldOverlap(1, 1));
  }

  /** Numbers in no order, that other programs make as well. */
  private static HostTensor scattered(int rows, double seed, double scale) {
    double[] numbers = new double[3 * rows];
    for (int i = 0; i < numbers.length; i++) {
      double value = Math.sin((i + 1) * 12.9898 + seed) * 43758.5453;
      numbers[i] = scale * (value - Math.floor(value));
    }
    return vectors(3, numbers);
  }

  @Test
  @DisplayName("with the numbers that NumPy gives for the same formulas")
  void independent() {
    HostTensor real = scattered(12, 1, 1);
    HostTensor generated = scattered(9, 2, 1.25);
    KernelDistance kernel = KernelDistance.of(real, generated);
    assertThat(kernel.value()).isCloseTo(0.17907313087174437, within(1e-9));
    assertThat(kernel.standardError()).isCloseTo(0.29091890072350507, within(1e-9));
    assertThat(FrechetDistance.between(real, generated))
        .isCloseTo(0.22602567165140586, within(1e-7));
    assertThat(ManifoldOverlap.of(real, generated, 3))
        .isEqualTo(new ManifoldOverlap(5 / 9.0, 12 / 12.0));
    assertThat(DensityCoverage.of(real, generated, 2))
        .isEqualTo(new DensityCoverage(4 / 18.0, 4 / 12.0));
    assertThat(DensityCoverage.of(real, generated, 5))
        .isEqualTo(new DensityCoverage(16 / 45.0, 10 / 12.0));
  }

  @Test
  @DisplayName("by the Fréchet distance alike where there are more features than vectors")
  void moreFeatures() {
    HostTensor real = scattered(12, 1, 1);
    HostTensor generated = scattered(9, 2, 1.25);
    double distance = FrechetDistance.between(real, generated);
    assertThat(FrechetDistance.between(padded(real), padded(generated)))
        .isCloseTo(distance, within(1e-7));
    assertThat(FrechetDistance.between(padded(generated), padded(real)))
        .isCloseTo(distance, within(1e-7));
  }

  /** Features that are always 0 add nothing. */
  private static HostTensor padded(HostTensor vectors) {
    HostTensor more = HostTensor.zeros(vectors.shape().with(1, 20));
    for (int i = 0; i < vectors.data().length; i++) {
      more.data()[i / 3 * 20 + i % 3] = vectors.data()[i];
    }
    return more;
  }

  @Test
  @DisplayName("by the kernel distance, whose mean over all samples is that of the distributions")
  void unbiasedKernelDistance() {
    // x is 0 or 2 with chances 1/4 and 3/4; y is -1, 1 or 3 with 1/2, 1/4 and 1/4. F is 1.
    double[] x = {0, 2};
    double[] ofX = {0.25, 0.75};
    double[] y = {-1, 1, 3};
    double[] ofY = {0.5, 0.25, 0.25};
    double exact = kernel(x, ofX, x, ofX) + kernel(y, ofY, y, ofY) - 2 * kernel(x, ofX, y, ofY);
    double mean = 0;
    for (int a = 0; a < 8; a++) {
      int[] i = {a & 1, (a >> 1) & 1, a >> 2};
      for (int b = 0; b < 9; b++) {
        int[] j = {b % 3, b / 3};
        double chance = ofX[i[0]] * ofX[i[1]] * ofX[i[2]] * ofY[j[0]] * ofY[j[1]];
        mean += chance
            * KernelDistance.of(vectors(1, x[i[0]], x[i[1]], x[i[2]]), vectors(1, y[j[0]], y[j[1]]))
                .value();
      }
    }
    assertThat(mean).isCloseTo(exact, within(1e-12));
  }

  private static double kernel(double[] x, double[] ofX, double[] y, double[] ofY) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        sum += ofX[i] * ofY[j] * Math.pow(x[i] * y[j] + 1, 3);
      }
    }
    return sum;
  }

  private static HostTensor gaussians(int count, double mean, double sigma, RandomStream random) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = mean + sigma * random.nextGaussian();
    }
    return vectors(1, numbers);
  }

  @Test
  @DisplayName("by the kernel distance of Gaussians in closed form, with the error it says it has")
  void kernelDistanceOfGaussians() {
    // (1 + x y)³ = 1 + 3 x y + 3 x² y² + x³ y³: the squared differences of three moments. Those of
    // N(0, 1) are 0, 1, 0; of N(0.5, 0.8²) they are 0.5, 0.25 + 0.64, 0.125 + 3 · 0.5 · 0.64.
    double exact = 3 * 0.25 + 3 * 0.11 * 0.11 + Math.pow(0.125 + 0.96, 2);
    double sum = 0;
    double squares = 0;
    double errors = 0;
    int repetitions = 400;
    for (int i = 0; i < repetitions; i++) {
      RandomStream random = RandomStream.of(7).child(i);
      KernelDistance each =
          KernelDistance.of(gaussians(60, 0, 1, random), gaussians(80, 0.5, 0.8, random));
      sum += each.value();
      squares += each.value() * each.value();
      errors += each.standardError();
    }
    double mean = sum / repetitions;
    double deviation = Math.sqrt(squares / repetitions - mean * mean);
    assertThat(mean).isCloseTo(exact, within(4 * deviation / Math.sqrt(repetitions)));
    assertThat(errors / repetitions / deviation).isBetween(0.85, 1.15);
  }

  @Test
  @DisplayName("by the kernel distance over subsets, whose mean is that of all pairs")
  void subsets() {
    HostTensor real = scattered(12, 1, 1);
    HostTensor generated = scattered(9, 2, 1.25);
    double all = KernelDistance.of(real, generated).value();
    KernelDistance some = KernelDistance.overSubsets(real, generated, 2000, 4, 3);
    assertThat(some.value()).isCloseTo(all, within(4 * some.standardError()));
    assertThat(some.standardError()).isPositive().isLessThan(0.05);
    assertThat(KernelDistance.overSubsets(real, generated, 2000, 4, 3)).isEqualTo(some);
    assertThat(KernelDistance.overSubsets(real.rows(0, 9), generated, 3, 9, 3).value())
        .isCloseTo(KernelDistance.of(real.rows(0, 9), generated).value(), within(1e-9));
  }

  @Test
  @DisplayName("by density and coverage, as counted by hand")
  void densityByHand() {
    // On a line, k = 1: the balls of 0, 1, 3 and 10 reach 1, 1, 2 and 7. Of the generated ones 2
    // lies in those of 1 and 3, 4.5 and 3.5 in those of 3 and 10, and -5 in none.
    HostTensor real = vectors(1, 0, 1, 3, 10);
    HostTensor generated = vectors(1, 2, 4.5, 3.5, -5);
    assertThat(DensityCoverage.of(real, generated, 1))
        .isEqualTo(new DensityCoverage((2 + 2 + 2) / 4.0, 3 / 4.0));
    // A set lies in its own balls; the border counts: each of 0, 1, 2, 3 in those beside it.
    HostTensor line = vectors(1, 0, 1, 2, 3);
    assertThat(DensityCoverage.of(line, line, 1))
        .isEqualTo(new DensityCoverage((2 + 3 + 3 + 2) / 4.0, 1));
  }

  @Test
  @DisplayName("by density and coverage, which are as expected on average over all ways to divide"
      + " one set in two")
  void expectedOfOneDistribution() {
    double[] points = {0.3, 1.1, 1.7, 4, 5.2, 9.9, 11.3};
    for (int k = 1; k <= 2; k++) {
      double density = 0;
      double coverage = 0;
      int ways = 0;
      for (int chosen = 0; chosen < 1 << points.length; chosen++) {
        if (Integer.bitCount(chosen) == 4) {
          int real = chosen;
          DensityCoverage found = DensityCoverage.of(
              vectors(1, of(points, i -> (real >> i & 1) == 1)),
              vectors(1, of(points, i -> (real >> i & 1) == 0)),
              k);
          density += found.density();
          coverage += found.coverage();
          ways++;
        }
      }
      assertThat(ways).isEqualTo(35);
      assertThat(density / ways).isCloseTo(1, within(1e-12));
      assertThat(coverage / ways)
          .isCloseTo(DensityCoverage.expectedCoverage(4, 3, k), within(1e-12));
    }
    assertThat(DensityCoverage.expectedCoverage(4, 3, 1)).isCloseTo(0.5, within(1e-12));
  }

  private static double[] of(double[] points, IntPredicate chosen) {
    return IntStream.range(0, points.length)
        .filter(chosen)
        .mapToDouble(i -> points[i])
        .toArray();
  }

  @Test
  @DisplayName("which too few vectors, others and such as are not finite refuse")
  void refused() {
    assertThatThrownBy(() -> FrechetDistance.between(vectors(1, 0), vectors(1, 1, 2)))
        .isInstanceOf(DataException.class)
        .hasMessage("the Fréchet distance needs at least 2 first vectors, not [1, 1]");
    assertThatThrownBy(() -> FrechetDistance.between(vectors(1, 0, 1), vectors(2, 1, 2, 3, 4)))
        .hasMessage("vectors of 1 and of 2 numbers are not of the same features");
    assertThatThrownBy(() -> ManifoldOverlap.of(vectors(1, 0, 1, 2), vectors(1, 0, 1, 2), 3))
        .hasMessage("a manifold by the nearest neighbour number 3 needs at least 4 real vectors,"
            + " not [3, 1]");
    assertThatThrownBy(() -> DensityCoverage.of(vectors(1, 0, 1), vectors(1, 0), 0))
        .hasMessage("coverage needs at least 1 nearest neighbour, not 0");
    assertThatThrownBy(() -> KernelDistance.of(vectors(1, 0, 1), vectors(1, 0)))
        .hasMessageContaining("at least 2 generated vectors, not [1, 1]");
    assertThatThrownBy(
            () -> KernelDistance.overSubsets(vectors(1, 0, 1), vectors(1, 0, 1), 5, 3, 1))
        .hasMessageContaining("over subsets of 3 needs at least 3 real vectors, not [2, 1]");
    assertThatThrownBy(
            () -> KernelDistance.overSubsets(vectors(1, 0, 1), vectors(1, 0, 1), 1, 2, 1))
        .hasMessageContaining("at least 2 subsets");
    HostTensor broken = vectors(2, 1, 2, 3, 4);
    broken.data()[3] = Float.NaN;
    assertThatThrownBy(() -> KernelDistance.of(vectors(2, 1, 2, 3, 4), broken))
        .isInstanceOf(DataException.class)
        .hasMessage("the kernel distance needs finite features, but number 1 of the generated"
            + " vector 1 is NaN; look for what the features are made by");
  }
}
