package io.github.jvae.likelihood;

import io.github.jvae.model.Choice;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Tensor;

/**
 * Draws the logarithm of a gamma variable of scale 1 as a function of normal and uniform numbers:
 * the first of several proposals that is accepted (Marsaglia and Tsang, "A simple method for
 * generating gamma variables", 2000), of which one in twenty is not, at most: that none is happens
 * once in ten million draws. The variable of shape a is that of a + 1 times {@code u^(1/a)}; its
 * logarithm is finite where it is too small for a number.
 */
final class GammaDraw {
  private static final int TRIALS = 6;

  /**
   * How many uniform numbers a draw takes, and how many of as many normal ones are used, less 1.
   */
  static final int NUMBERS = TRIALS + 1;

  private GammaDraw() {}

  /**
   * Draws.
   *
   * @param shape above 0, [B, 1, D]
   * @param uniform numbers from (0, 1), [B, {@link #NUMBERS}, D]
   * @param normal as many standard normal numbers
   * @return [B, 1, D]
   */
  static Tensor logarithm(Tensor shape, Tensor uniform, Tensor normal) {
    Tensor d = shape.add(2.0 / 3);
    Tensor z = normal.slice(1, 0, TRIALS);
    Tensor t = z.divide(d.multiply(9).sqrt());
    // (1 + t)³ is the proposal over d; where it is not above 0, any number will do.
    Tensor isPositive = t.greater(-1 + 1e-6);
    Tensor logCube = t.maximum(-1 + 1e-6).log1p().multiply(3);
    Tensor cubeLessOne = t.add(3).multiply(t).add(3).multiply(t);
    Tensor bound = z.square().multiply(0.5).add(logCube.subtract(cubeLessOne).multiply(d));
    Tensor accepted = bound.greater(uniform.slice(1, 0, TRIALS).log()).multiply(isPositive);
    Tensor first = Choice.at(Choice.first(accepted, 1), TRIALS, 1);
    return logCube
        .multiply(first)
        .reduce(Reduction.SUM, true, 1)
        .add(d.log())
        .add(uniform.slice(1, TRIALS, NUMBERS).log().divide(shape));
  }
}
