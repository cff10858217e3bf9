package io.github.jvae.disentanglement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What factors are predicted with:")
class RegressionsTest {
  private static double[][] columns(int dimensions, int count) {
    RandomStream random = RandomStream.of(11).child("columns");
    double[][] columns = new double[dimensions][count];
    for (double[] column : columns) {
      double common = 0;
      for (int i = 0; i < count; i++) {
        common = 0.5 * common + random.nextGaussian();
        column[i] = common + (column == columns[0] ? 0 : 0.6 * columns[0][i]);
      }
      Moments.scale(column, Moments.center(column, count));
    }
    return columns;
  }

  @Test
  @DisplayName("the lasso of orthonormal columns is the soft threshold of the products")
  void softThreshold() {
    double[][] identity = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    double[] weights = {9, 9, 9};
    new Lasso(identity).solve(new double[] {2, -0.7, 0.3}, 0.5, weights);
    assertThat(weights).containsExactly(new double[] {1.5, -0.2, 0}, within(1e-12));
  }

  @Test
  @DisplayName("the lasso of one column, of any scale, has a closed form")
  void oneColumn() {
    double[] weights = {0};
    new Lasso(new double[][] {{4}}).solve(new double[] {-3}, 1, weights);
    assertThat(weights[0]).isCloseTo(-0.5, within(1e-12));
    new Lasso(new double[][] {{0}}).solve(new double[] {0}, 0.1, weights);
    assertThat(weights[0]).isZero();
  }

  @Test
  @DisplayName("the lasso of dependent columns meets the conditions of an optimum")
  void optimum() {
    double[][] columns = columns(6, 100);
    double[][] gram = Moments.gram(columns, 100);
    double[] target = IntStream.range(0, 100)
        .mapToDouble(i -> columns[1][i] - 0.5 * columns[4][i] + 0.3 * Math.sin(i))
        .toArray();
    double[] products = Arrays.stream(columns)
        .mapToDouble(column -> Moments.product(column, target, 100))
        .toArray();
    for (double penalty : new double[] {0.4, 0.1, 0.001, 0}) {
      double[] weights = new double[6];
      new Lasso(gram).solve(products, penalty, weights);
      for (int j = 0; j < 6; j++) {
        double slope = products[j];
        for (int k = 0; k < 6; k++) {
          slope -= gram[j][k] * weights[k];
        }
        if (weights[j] == 0) {
          assertThat(Math.abs(slope)).isLessThanOrEqualTo(penalty + 1e-7);
        } else {
          assertThat(slope).isCloseTo(penalty * Math.signum(weights[j]), within(1e-7));
        }
      }
    }
    double[] none = new double[6];
    new Lasso(gram).solve(products, Lasso.greatest(products), none);
    assertThat(none).containsOnly(0);
  }

  @Test
  @DisplayName("logistic regression without dimensions has the log-odds of the share")
  void intercept() {
    double[] target = new double[50];
    Arrays.fill(target, 0, 10, 1);
    double[] scores = new LinearScorer(new double[][] {new double[50]}, 40).logistic(target);
    assertThat(scores).hasSize(50).containsOnly(scores[0]);
    assertThat(scores[0]).isCloseTo(Math.log(10 / 30.0), within(1e-5));
  }

  @Test
  @DisplayName("logistic regression meets the condition of an optimum, also of separable classes")
  void logistic() {
    for (int wrong : new int[] {0, 3}) {
      double[] column = new double[40];
      double[] target = new double[40];
      for (int i = 0; i < 40; i++) {
        column[i] = i < 20 ? -1 : 1;
        target[i] = i < wrong || (i >= 20 && i < 40 - wrong) ? 1 : 0;
      }
      double[] scores = new LinearScorer(new double[][] {column}, 40).logistic(target);
      double weight = (scores[39] - scores[0]) / 2;
      double slope = 0;
      for (int i = 0; i < 40; i++) {
        slope += column[i] * (target[i] - 1 / (1 + Math.exp(-scores[i])));
      }
      assertThat(weight).isCloseTo(slope, within(1e-2)).isPositive();
    }
  }

  @Test
  @DisplayName("linear regression finds a plane, but for its small penalty")
  void linear() {
    double[][] columns = columns(3, 400);
    double[] target = IntStream.range(0, 400)
        .mapToDouble(i -> 2 * columns[0][i] - columns[2][i] + 4)
        .toArray();
    double[] scores = new LinearScorer(columns, 300).regression(target);
    for (int i = 0; i < 400; i++) {
      assertThat(scores[i]).isCloseTo(target[i], within(0.08));
    }
  }

  @Test
  @DisplayName("concordance is the share of pairs in order, counted one by one")
  void concordance() {
    RandomStream random = RandomStream.of(2).child("pairs");
    double[] scores =
        IntStream.range(0, 60).mapToDouble(i -> random.nextInt(9) - 4).toArray();
    double[] truths = IntStream.range(0, 60).mapToDouble(i -> random.nextInt(5)).toArray();
    double right = 0;
    int pairs = 0;
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 60; j++) {
        if (truths[i] < truths[j]) {
          pairs++;
          right += scores[i] < scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    assertThat(Concordance.of(scores, truths)).isCloseTo(right / pairs, within(1e-12));
    assertThat(Concordance.of(new double[] {1, 2}, new double[] {3, 3})).isNaN();
    assertThat(Concordance.of(new double[] {1, 2, 3}, new double[] {1, 2, 2})).isEqualTo(1);
  }

  @Test
  @DisplayName("thresholds are the best of all there are, tried one by one")
  void thresholds() {
    RandomStream random = RandomStream.of(4).child("thresholds");
    for (int round = 0; round < 20; round++) {
      double[] values =
          IntStream.range(0, 9).mapToDouble(i -> random.nextInt(7)).toArray();
      int[] classes =
          IntStream.range(0, 9).map(i -> i < 3 ? i : random.nextInt(3)).toArray();
      assertThat(ThresholdRule.accuracy(values, classes))
          .isCloseTo(tried(values, classes), within(1e-12));
    }
    assertThat(ThresholdRule.accuracy(new double[8], new int[] {0, 0, 1, 1, 2, 2, 3, 3}))
        .isCloseTo(0.25, within(1e-12));
  }

  /** Of two thresholds between -1 and 7, and a class for each of the three intervals. */
  private static double tried(double[] values, int[] classes) {
    double best = 0;
    for (int low = 0; low <= 7; low++) {
      for (int high = low; high <= 7; high++) {
        for (int rule = 0; rule < 27; rule++) {
          double[] right = new double[3];
          double[] all = new double[3];
          for (int i = 0; i < values.length; i++) {
            int taken = values[i] < low ? rule % 3 : values[i] < high ? rule / 3 % 3 : rule / 9;
            all[classes[i]]++;
            right[classes[i]] += taken == classes[i] ? 1 : 0;
          }
          best = Math.max(best, (right[0] / all[0] + right[1] / all[1] + right[2] / all[2]) / 3);
        }
      }
    }
    return best;
  }

  @Test
  @DisplayName("thresholds lie between groups of neighbours where there are many numbers")
  void manyNumbers() {
    double[] values = IntStream.range(0, 5000).mapToDouble(i -> i).toArray();
    int[] classes = IntStream.range(0, 5000).map(i -> i < 2000 ? 1 : 0).toArray();
    assertThat(ThresholdRule.accuracy(values, classes)).isBetween(0.99, 1.0);
  }
}
