package io.github.jvae.disentanglement;

import static io.github.jvae.disentanglement.HandMadeCodes.codes;
import static io.github.jvae.disentanglement.HandMadeCodes.design;
import static io.github.jvae.disentanglement.HandMadeCodes.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.DataException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The unsupervised disentanglement ranking")
class UnsupervisedRankingTest {
  private static final double[][] V = design(2, 2, 16);
  private static final LatentCodes PLAIN = codes(V);
  private static final LatentCodes TURNED = codes(sum(V[0], 1, V[1]), sum(V[0], -1, V[1]));

  @Test
  @DisplayName("is 1 of models that differ in order, sign, scale and inactive dimensions")
  void alike() {
    double[] monotone = Arrays.stream(V[0]).map(value -> -Math.exp(3 * value)).toArray();
    LatentCodes other = codes(V[1], new double[V[0].length], monotone);
    assertThat(UnsupervisedRanking.of(List.of(PLAIN, other)))
        .allSatisfy(score -> assertThat(score).isCloseTo(1, within(1e-12)));
  }

  @Test
  @DisplayName("is r / 2 where all correlations are r, as of dimensions turned by 45 degrees")
  void turned() {
    // Of 0 or 1 with the sum of two such the correlation is 1 / sqrt 2.
    assertThat(UnsupervisedRanking.of(List.of(PLAIN, TURNED)).get(0))
        .isCloseTo(Math.sqrt(0.5) / 2, within(1e-12));
  }

  @Test
  @DisplayName("of a model is the median over the others")
  void median() {
    List<Double> scores =
        UnsupervisedRanking.of(List.of(PLAIN, TURNED, PLAIN, PLAIN, codes(V[1], V[0])));
    double low = Math.sqrt(0.5) / 2;
    assertThat(scores.get(1)).isCloseTo(low, within(1e-12));
    assertThat(scores.get(0)).isCloseTo(1, within(1e-12));
    assertThat(UnsupervisedRanking.of(List.of(PLAIN, TURNED, PLAIN)).get(0))
        .isCloseTo((1 + low) / 2, within(1e-12));
  }

  @Test
  @DisplayName("halves what a split dimension gives, and is 0 without an active one")
  void splitAndCollapsed() {
    // One of the five dimensions has two partners, and 1 of a sum of 2.
    LatentCodes split = codes(V[0], V[0], V[1]);
    assertThat(UnsupervisedRanking.of(List.of(PLAIN, split)).get(0))
        .isCloseTo((0.5 + 1 + 1 + 1 + 1) / 5, within(1e-12));
    LatentCodes collapsed = codes(new double[V[0].length], new double[V[0].length]);
    assertThat(UnsupervisedRanking.of(List.of(PLAIN, collapsed))).containsExactly(0.0, 0.0);
  }

  @Test
  @DisplayName("needs two models of the same examples")
  void refused() {
    assertThatThrownBy(() -> UnsupervisedRanking.of(List.of(PLAIN)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("needs at least two of different seeds, not 1");
    assertThatThrownBy(() -> UnsupervisedRanking.of(List.of(PLAIN, codes(new double[] {1, 2}))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not of 64 and 2");
  }
}
