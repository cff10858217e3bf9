package io.github.jvae.disentanglement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.random.RandomStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Mutual information")
class MutualInformationTest {
  private static int[] drawn(int bound, String name) {
    RandomStream random = RandomStream.of(5).child(name);
    return IntStream.range(0, 200).map(i -> random.nextInt(bound)).toArray();
  }

  private static double share(int[] a, int i, int[] b, int j) {
    return IntStream.range(0, a.length).filter(n -> a[n] == i && b[n] == j).count()
        / (double) a.length;
  }

  private static double enumerated(int[] a, int[] b, int bound) {
    double sum = 0;
    for (int i = 0; i < bound; i++) {
      for (int j = 0; j < bound; j++) {
        double both = share(a, i, b, j);
        double alone = share(a, i, a, i) * share(b, j, b, j);
        sum += both > 0 ? both * Math.log(both / alone) : 0;
      }
    }
    return sum;
  }

  @Test
  @DisplayName("is the sum of p log (p / (q r)) over all pairs of values, less what chance adds")
  void enumerated() {
    int[] a = drawn(5, "a");
    int[] b =
        IntStream.range(0, a.length).map(i -> (a[i] + drawn(3, "b")[i]) % 6).toArray();
    long pairs =
        IntStream.range(0, a.length).map(i -> 6 * a[i] + b[i]).distinct().count();
    long rows = IntStream.of(a).distinct().count();
    long columns = IntStream.of(b).distinct().count();
    double chance = (pairs - rows - columns + 1) / (2.0 * a.length);
    assertThat(chance).isPositive();
    assertThat(MutualInformation.between(a, b))
        .isCloseTo(enumerated(a, b, 6) - chance, within(1e-12))
        .isCloseTo(MutualInformation.between(b, a), within(1e-12))
        .isGreaterThan(0.3);
  }

  @Test
  @DisplayName("is the entropy of what is told fully, and 0 of what is independent")
  void bounds() {
    int[] a = IntStream.range(0, 64).map(i -> i % 4).toArray();
    int[] b = IntStream.range(0, 64).map(i -> i / 4 % 4).toArray();
    int[] renamed = IntStream.of(a).map(i -> 7 - i).toArray();
    double entropy = Math.log(4) + 3 / 128.0;
    assertThat(MutualInformation.entropy(a)).isCloseTo(entropy, within(1e-12));
    assertThat(MutualInformation.between(a, renamed)).isCloseTo(entropy, within(1e-12));
    assertThat(MutualInformation.between(a, b)).isZero();
    assertThat(MutualInformation.between(a, new int[64])).isZero();
  }

  @Test
  @DisplayName("of what is independent is 0 on the average over samples, but for those below 0")
  void unbiased() {
    double sum = 0;
    for (int sample = 0; sample < 40; sample++) {
      sum += MutualInformation.between(drawn(5, "a" + sample), drawn(4, "b" + sample));
    }
    // Uncorrected it is 12 / 400 = 0.03 nats.
    assertThat(sum / 40).isBetween(0.0, 0.01);
  }

  @Test
  @DisplayName("is of bins of equal width, the greatest number in the last")
  void bins() {
    assertThat(Bins.of(new double[] {-1, -0.51, -0.49, 0.99, 1}, 4)).containsExactly(0, 0, 1, 3, 3);
    assertThat(Bins.of(new double[] {3, 3, 3}, 4)).containsExactly(0, 0, 0);
    KnownFactor factor = KnownFactor.numeric("v", 5, -0.0, 100, 0.0, 5);
    assertThat(factor.levels(3)).containsExactly(1, 0, 2, 0, 1);
    assertThat(factor.levels(2)).containsExactly(0, 0, 1, 0, 0);
    assertThat(KnownFactor.categorical("v", 5, -0.0, 100, 0.0, 5).levels(2))
        .containsExactly(1, 0, 2, 0, 1);
  }
}
