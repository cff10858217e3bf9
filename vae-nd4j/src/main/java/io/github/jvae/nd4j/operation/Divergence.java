package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Operation;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * {@code ½ Σ (μ² + e^l - 1 - l)} of each row of [B, L], with the derivative {@code e^l - 1} by l,
 * but for the ½.
 */
public final class Divergence extends Operation {
  /** Below it the series has the digits of a float, and above it the difference has. */
  private static final double SMALL = 1e-3;

  private Divergence(Value mean, Value logVariance) {
    super(
        List.of(mean, logVariance),
        List.of(Value.of(Shape.of(mean.shape().dimension(0))), Value.of(mean.shape())));
  }

  /** The divergences, [B]. */
  public static Value record(Recording recording, Value mean, Value logVariance) {
    return recording.add(new Divergence(mean, logVariance));
  }

  @Override
  protected void differentiate(Gradients gradients) {
    Recording recording = gradients.recording();
    Value each = gradients.require(result());
    Value column = each.reshape(Shape.of(each.size(), 1));
    gradients.add(operand(0), () -> Arithmetic.product(recording, operand(0), column));
    gradients.add(operand(1), () -> {
      Value half = Arithmetic.product(recording, column, recording.number(0.5));
      return Arithmetic.product(recording, results().get(1), half);
    });
  }

  @Override
  public Kernel prepare(Placement placement) {
    FloatBuffer mean = placement.memory(operand(0)).floats();
    FloatBuffer logVariance = placement.memory(operand(1)).floats();
    FloatBuffer sums = placement.memory(result()).floats();
    FloatBuffer derivatives = placement.memory(results().get(1)).floats();
    int latent = operand(0).shape().dimension(1);
    return () -> {
      for (int row = 0; row < sums.capacity(); row++) {
        double sum = 0;
        for (int i = row * latent; i < (row + 1) * latent; i++) {
          double m = mean.get(i);
          double l = logVariance.get(i);
          double excess = excess(l);
          derivatives.put(i, (float) excess);
          sum += m * m + (Math.abs(l) < SMALL ? beyondLinear(l) : excess - l);
        }
        sums.put(row, (float) (0.5 * sum));
      }
    };
  }

  /** {@code e^l - 1}; {@link Math#expm1} takes three times as long. */
  private static double excess(double l) {
    return Math.abs(l) < SMALL ? l + beyondLinear(l) : Math.exp(l) - 1;
  }

  /**
   * {@code e^l - 1 - l} of a small number, as for a posterior close to the prior, where the
   * difference would lose digits.
   */
  private static double beyondLinear(double l) {
    return l * l * (0.5 + l * (1 / 6.0 + l / 24));
  }
}
