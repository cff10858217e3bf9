package io.github.jvae.quantized;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Arrays;

/** Choices of one column in each row, as rows of 0 with a 1. No gradient passes. */
final class OneHot {
  private OneHot() {}

  /** Returns which column of each row is the greatest, the first of those that are: [N, K]. */
  static Tensor ofGreatest(Tensor scores) {
    Tensor greatest = scores.reduce(Reduction.MAX, true, 1);
    return first(not(greatest.broadcastTo(scores.shape()).greater(scores)));
  }

  /**
   * Draws a column of each row, by the inverse of the distribution function.
   *
   * @param logits of the columns, [N, K]; log-probabilities but for a number in each row
   * @param noise standard normal, [N, 1]
   * @return [N, K]
   */
  static Tensor draw(Tensor logits, Tensor noise) {
    int columns = logits.shape().dimension(1);
    Tensor total = logits.reduce(Reduction.LOG_SUM_EXP, true, 1);
    Tensor probabilities = logits.subtract(total).exp();
    Tensor cumulative = probabilities.matmul(logits.trace().constant(cumulation(columns)));
    Tensor uniform = noise.multiply(Math.sqrt(0.5)).erf().add(1).multiply(0.5);
    Tensor passed = uniform.broadcastTo(cumulative.shape()).greater(cumulative);
    // What rounding leaves over is the last one's.
    float[] last = new float[columns];
    last[columns - 1] = 1;
    Tensor reached =
        not(passed).maximum(logits.trace().constant(HostTensor.of(Shape.of(1, columns), last)));
    return first(reached);
  }

  /** What sums up the columns up to each. */
  private static HostTensor cumulation(int columns) {
    HostTensor sums = HostTensor.zeros(Shape.of(columns, columns));
    for (int from = 0; from < columns; from++) {
      Arrays.fill(sums.data(), from * columns + from, (from + 1) * columns, 1);
    }
    return sums;
  }

  /** Returns the first of the columns that are 1, of which each row has one or more. */
  private static Tensor first(Tensor candidates) {
    int columns = candidates.shape().dimension(1);
    float[] preference = new float[columns];
    for (int i = 0; i < columns; i++) {
      preference[i] = columns - i;
    }
    Tensor preferred = candidates.multiply(
        candidates.trace().constant(HostTensor.of(Shape.of(1, columns), preference)));
    Tensor best = preferred.reduce(Reduction.MAX, true, 1);
    return not(best.broadcastTo(preferred.shape()).greater(preferred));
  }

  private static Tensor not(Tensor truth) {
    return truth.negate().add(1);
  }
}
