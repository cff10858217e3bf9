package io.github.jvae.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A random stream")
class RandomStreamTest {

  /**
   * Checked against a second implementation, in Python, whose logarithm differs in the last bit.
   */
  @Test
  @DisplayName("gives the numbers it has always given")
  void knownAnswers() {
    RandomStream stream = RandomStream.of(42);
    assertThat(stream.nextLong()).isEqualTo(6332618229526065668L);
    assertThat(stream.nextLong()).isEqualTo(-816328817471504299L);
    assertThat(stream.nextLong()).isEqualTo(8971565426155258802L);
    RandomStream noise = RandomStream.of(42).child("noise").child(7);
    assertThat(noise.nextGaussian()).isEqualTo(0.980915694732655);
    assertThat(noise.nextGaussian()).isEqualTo(0.26723781301106975);
    assertThat(noise.nextGaussian()).isEqualTo(-1.0280417623378482);
    assertThat(RandomStream.of(0).permutation(10)).containsExactly(5, 2, 7, 8, 1, 9, 0, 3, 4, 6);
    assertThat(RandomStream.of(1).child("encoder.0.weight").nextDouble())
        .isEqualTo(0.8093582397005182);
    assertThat(RandomStream.of(1).nextFloat()).isEqualTo(0.3681895f);
    assertThat(RandomStream.of(1).nextInt(1000)).isEqualTo(368);
  }

  /** As above: from an edge of the curve, and from its tail. */
  @Test
  @DisplayName("gives the rare normal numbers it has always given")
  void knownRareAnswers() {
    double[] numbers = new double[4253];
    RandomStream stream = RandomStream.of(1);
    Arrays.setAll(numbers, i -> stream.nextGaussian());
    assertThat(numbers[0]).isEqualTo(1.7869496291788893);
    assertThat(numbers[28]).isEqualTo(-0.23685656214077475);
    assertThat(numbers[4252]).isEqualTo(-3.689863149371502);
  }

  @Test
  @DisplayName("has children that do not depend on what the parent handed out")
  void childrenIndependentOfDraws() {
    RandomStream fresh = RandomStream.of(3);
    RandomStream used = RandomStream.of(3);
    for (int i = 0; i < 17; i++) {
      used.nextGaussian();
    }
    assertThat(used.child("a").nextLong()).isEqualTo(fresh.child("a").nextLong());
    assertThat(used.child(5).nextLong()).isEqualTo(fresh.child(5).nextLong());
  }

  @Test
  @DisplayName("has another child for every name and every number")
  void childrenDiffer() {
    RandomStream root = RandomStream.of(3);
    long distinct = IntStream.range(0, 10_000)
        .mapToLong(i -> root.child(i).nextLong())
        .distinct()
        .count();
    assertThat(distinct).isEqualTo(10_000);
    assertThat(root.child("1").nextLong()).isNotEqualTo(root.child(1).nextLong());
    assertThat(root.child("ab").nextLong()).isNotEqualTo(root.child("ba").nextLong());
    assertThat(root.child("a").child("b").nextLong())
        .isNotEqualTo(root.child("b").child("a").nextLong());
    assertThat(RandomStream.of(0).nextLong()).isNotEqualTo(RandomStream.of(1).nextLong());
  }

  @Test
  @DisplayName("is uniform: every tenth of [0, 1) has its share")
  void uniform() {
    int draws = 100_000;
    int[] doubles = new int[10];
    int[] floats = new int[10];
    RandomStream stream = RandomStream.of(8);
    for (int i = 0; i < draws; i++) {
      doubles[(int) (stream.nextDouble() * 10)]++;
      floats[(int) (stream.nextFloat() * 10)]++;
    }
    // Five standard deviations of a binomial share.
    int allowed = (int) (5 * Math.sqrt(draws * 0.1 * 0.9));
    for (int share = 0; share < 10; share++) {
      assertThat(doubles[share]).isCloseTo(draws / 10, within(allowed));
      assertThat(floats[share]).isCloseTo(draws / 10, within(allowed));
    }
  }

  @Test
  @DisplayName("has the moments of the normal distribution, and neighbours that do not agree")
  void gaussianMoments() {
    int draws = 200_000;
    RandomStream stream = RandomStream.of(4);
    double[] sums = new double[4];
    double neighbours = 0;
    double previous = 0;
    for (int i = 0; i < draws; i++) {
      double g = stream.nextGaussian();
      for (int power = 1; power <= 4; power++) {
        sums[power - 1] += Math.pow(g, power) / draws;
      }
      neighbours += g * previous / draws;
      previous = g;
    }
    double unit = 5 / Math.sqrt(draws);
    assertThat(sums[0]).isCloseTo(0, within(unit));
    assertThat(sums[1]).isCloseTo(1, within(unit * Math.sqrt(2)));
    assertThat(sums[2]).isCloseTo(0, within(unit * Math.sqrt(15)));
    assertThat(sums[3]).isCloseTo(3, within(unit * Math.sqrt(96)));
    assertThat(neighbours).isCloseTo(0, within(unit));
  }

  /** 3.66 is in the tail, which is drawn in a way of its own. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.539827837277029",
    "0.5, 0.691462461274013",
    "1, 0.841344746068543",
    "2, 0.977249868051821",
    "3, 0.998650101968370",
    "3.66, 0.999873892375861",
    "4, 0.999968328758167"
  })
  @DisplayName("has the normal distribution's share of numbers below a bound, on either side")
  void gaussianShares(double bound, double share) {
    int draws = 2_000_000;
    RandomStream stream = RandomStream.of(5);
    int below = 0;
    int above = 0;
    for (int i = 0; i < draws; i++) {
      double g = stream.nextGaussian();
      below += g < bound ? 1 : 0;
      above += g > -bound ? 1 : 0;
    }
    double allowed = 5 * Math.sqrt(share * (1 - share) / draws);
    assertThat((double) below / draws).isCloseTo(share, within(allowed));
    assertThat((double) above / draws).isCloseTo(share, within(allowed));
  }

  @Test
  @DisplayName("fills arrays with the numbers it would hand out one by one")
  void fills() {
    float[] gaussian = new float[5];
    RandomStream.of(1).fillGaussian(gaussian);
    RandomStream single = RandomStream.of(1);
    for (float value : gaussian) {
      assertThat(value).isEqualTo((float) single.nextGaussian());
    }
    float[] part = {7, 7, 7, 7};
    RandomStream.of(1).fillGaussian(part, 1, 3);
    assertThat(part).containsExactly(7, gaussian[0], gaussian[1], 7);
    float[] uniform = new float[1000];
    RandomStream.of(1).fillUniform(uniform, -0.25, 0.25);
    for (float value : uniform) {
      assertThat(value).isBetween(-0.25f, 0.25f);
    }
  }

  @Test
  @DisplayName("refuses a bound below 1")
  void noBound() {
    assertThatThrownBy(() -> RandomStream.of(1).nextInt(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }
}
