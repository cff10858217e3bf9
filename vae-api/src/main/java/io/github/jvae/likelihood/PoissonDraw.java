package io.github.jvae.likelihood;

import io.github.jvae.model.Choice;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * Draws counts of a Poisson distribution as a function of uniform numbers: of a rate up to 10 by
 * the inverse of the distribution function, of a greater one by transformed rejection (Hörmann,
 * "The transformed rejection method for generating Poisson random variables", 1993), which takes
 * the first of several proposals that is accepted. That none is happens once in a thousand million
 * draws, at most.
 */
final class PoissonDraw {
  private static final int TRIALS = 16;

  /** How many uniform numbers a draw takes: one, or two for each proposal. */
  static final int NUMBERS = 1 + 2 * TRIALS;

  /** The greatest rate of which counts are drawn by the distribution function. */
  private static final double SMALL = 10;

  /** Of rates that small, greater counts are rarer than once in 10^15 draws. */
  private static final int SMALL_COUNTS = 48;

  private static final double LEAST_RATE = 1e-30;

  /** A step of the uniform numbers: from their ends a proposal is far out, and finite. */
  private static final double LEAST_LEFT = 0x1p-26;

  /** Twice as much is more than any count. */
  private static final int GREATEST_BIT = 1 << 29;

  /** The greatest number of single precision below 1. */
  private static final double BELOW_ONE = 1 - 0x1p-24;

  private PoissonDraw() {}

  /**
   * Draws.
   *
   * @param rates above 0, [B, C, ...]
   * @param uniform numbers from (0, 1), [B, {@link #NUMBERS} · C, ...]
   * @return [B, C, ...]
   */
  static Tensor of(Tensor rates, Tensor uniform) {
    int batch = rates.shape().dimension(0);
    Tensor rate = rates.reshape(batch, 1, -1);
    Tensor numbers = uniform.reshape(batch, NUMBERS, -1);
    Tensor isSmall = rate.greater(SMALL).negate().add(1);
    Tensor small = small(rate.minimum(SMALL).maximum(LEAST_RATE), numbers.slice(1, 0, 1));
    Tensor large = large(
        rate.maximum(SMALL),
        numbers.slice(1, 1, 1 + TRIALS).subtract(0.5),
        numbers.slice(1, 1 + TRIALS, NUMBERS));
    Tensor drawn = small.multiply(isSmall).add(large.multiply(isSmall.negate().add(1)));
    return drawn.reshape(rates.shape());
  }

  private static Tensor small(Tensor rate, Tensor uniform) {
    float[] counts = new float[SMALL_COUNTS];
    for (int count = 0; count < SMALL_COUNTS; count++) {
      counts[count] = count;
    }
    Tensor count = rate.trace().constant(HostTensor.of(Shape.of(SMALL_COUNTS, 1), counts));
    return Choice.number(Poisson.logMass(count, rate).exp(), uniform, 1);
  }

  /** The method's names for its numbers; each proposal along the second axis. */
  private static Tensor large(Tensor rate, Tensor u, Tensor v) {
    Tensor b = rate.sqrt().multiply(2.53).add(0.931);
    Tensor a = b.multiply(0.02483).subtract(0.059);
    Tensor alpha = rate.trace().scalar(1.1328).divide(b.subtract(3.4)).add(1.1239);
    Tensor left = u.abs().negate().add(0.5).maximum(LEAST_LEFT);
    Tensor place = a.multiply(2).divide(left).add(b).multiply(u).add(rate).add(0.43);
    Tensor count = floor(place);
    Tensor hat = v.multiply(alpha).divide(a.divide(left.square()).add(b)).log();
    Tensor inTail = left.greater(0.013).negate().add(1).multiply(v.greater(left));
    Tensor rejected = hat.greater(Poisson.logMass(count, rate))
        .maximum(inTail)
        .maximum(place.greater(0).negate().add(1));
    Tensor first = Choice.first(rejected.negate().add(1), 1);
    return count.multiply(Choice.at(first, TRIALS, 1)).reduce(Reduction.SUM, true, 1);
  }

  /** The whole part of what is above 0, bit by bit, as tensors have no rounding; else 0. */
  private static Tensor floor(Tensor value) {
    Tensor rest = value;
    Tensor whole = value.multiply(0);
    for (int bit = GREATEST_BIT; bit > 0; bit /= 2) {
      Tensor part = rest.greater(bit * BELOW_ONE).multiply(bit);
      rest = rest.subtract(part);
      whole = whole.add(part);
    }
    return whole;
  }
}
