package io.github.jvae.disentanglement;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * The unsupervised disentanglement ranking (Duan et al., "Unsupervised model selection for
 * variational disentangled representation learning", 2020), which needs no factors: models that
 * differ in their seed alone are disentangled if they found the same dimensions, each in one of the
 * other's but for order, sign and scale.
 *
 * <p>Of two models, {@code R(a, b)} is the size of Spearman's rank correlation of the active
 * dimensions a of one and b of the other. With {@code r_a} and {@code r_b} the greatest of a row
 * and of a column, the score of the pair is {@code (sum_b r_b² / sum_a R(a, b) + sum_a r_a² / sum_b
 * R(a, b)) / (d_a + d_b)}, d_a and d_b being the numbers of active dimensions: 1 if each has one
 * partner and no other likeness. It is 0 if one has none. A model's score is the median over its
 * pairs.
 */
public final class UnsupervisedRanking {
  /** Equal numbers share the mean of their ranks. */
  private static final NaturalRanking RANKING = new NaturalRanking(TiesStrategy.AVERAGE);

  private UnsupervisedRanking() {}

  /**
   * Returns the score of each model.
   *
   * @param models the codes of the same examples, in the same order, by at least two models
   * @throws VaeException if there are fewer models, or they are of other numbers of examples
   */
  public static List<Double> of(List<LatentCodes> models) {
    if (models.size() < 2) {
      throw new DataException("the unsupervised disentanglement ranking compares models, and needs"
          + " at least two of different seeds, not " + models.size());
    }
    for (LatentCodes model : models) {
      if (model.count() != models.get(0).count()) {
        throw new DataException("models are ranked by their codes of the same examples, not of "
            + models.get(0).count() + " and " + model.count());
      }
    }
    double[][] pairs = new double[models.size()][models.size()];
    List<double[][]> ranks = models.stream().map(UnsupervisedRanking::ranks).toList();
    for (int i = 0; i < pairs.length; i++) {
      for (int j = 0; j < i; j++) {
        pairs[i][j] = pair(ranks.get(i), ranks.get(j));
        pairs[j][i] = pairs[i][j];
      }
    }
    List<Double> scores = new ArrayList<>();
    for (int i = 0; i < pairs.length; i++) {
      int self = i;
      scores.add(new Median()
          .evaluate(IntStream.range(0, pairs.length)
              .filter(j -> j != self)
              .mapToDouble(j -> pairs[self][j])
              .toArray()));
    }
    return scores;
  }

  /** Returns the standardised ranks of each active dimension. */
  private static double[][] ranks(LatentCodes codes) {
    return IntStream.range(0, codes.latent())
        .filter(codes.active()::get)
        .mapToObj(d -> {
          double[] ranks = RANKING.rank(codes.column(d));
          Moments.scale(ranks, Moments.center(ranks, ranks.length));
          return ranks;
        })
        .toArray(double[][]::new);
  }

  private static double pair(double[][] one, double[][] other) {
    if (one.length == 0 || other.length == 0) {
      return 0;
    }
    double[][] likeness = new double[one.length][other.length];
    double[][] turned = new double[other.length][one.length];
    for (int a = 0; a < one.length; a++) {
      for (int b = 0; b < other.length; b++) {
        likeness[a][b] = Math.abs(Moments.product(one[a], other[b], one[a].length));
        turned[b][a] = likeness[a][b];
      }
    }
    return (strengths(likeness) + strengths(turned)) / (one.length + other.length);
  }

  /** Returns the sum over rows of the square of the greatest number by the sum of all. */
  private static double strengths(double[][] likeness) {
    double sum = 0;
    for (double[] row : likeness) {
      double greatest = Arrays.stream(row).max().orElse(0);
      sum += greatest > 0 ? greatest * greatest / Arrays.stream(row).sum() : 0;
    }
    return sum;
  }
}
