package io.github.jvae.reference;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.AdamW;
import io.github.jvae.backend.Adamax;
import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.Sgd;
import java.util.Map;
import java.util.Objects;

/** Moves one variable by one step. */
final class ReferenceUpdate implements Optimizer.Cases<double[]> {
  private final double[] theta;
  private final double[] gradient;
  private final Map<OptimizerSlot, double[]> slots;
  private final double rate;
  private final long step;

  /**
   * @param theta the variable, which is changed
   * @param gradient after clipping
   * @param slots what is remembered of the variable, which is changed
   * @param rate the learning rate
   * @param step counted from 1
   */
  ReferenceUpdate(
      double[] theta,
      double[] gradient,
      Map<OptimizerSlot, double[]> slots,
      double rate,
      long step) {
    this.theta = theta;
    this.gradient = gradient;
    this.slots = slots;
    this.rate = rate;
    this.step = step;
  }

  private double[] slot(OptimizerSlot slot) {
    return Objects.requireNonNull(slots.get(slot));
  }

  private double correction(double beta) {
    return 1 - StrictMath.pow(beta, (double) step);
  }

  @Override
  public double[] adam(Adam adam) {
    double[] m = slot(OptimizerSlot.FIRST_MOMENT);
    double[] v = slot(OptimizerSlot.SECOND_MOMENT);
    double correction1 = correction(adam.beta1());
    double correction2 = correction(adam.beta2());
    for (int i = 0; i < theta.length; i++) {
      double g = gradient[i];
      m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * g;
      v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * g * g;
      theta[i] -= rate * (m[i] / correction1) / (Math.sqrt(v[i] / correction2) + adam.epsilon());
    }
    return theta;
  }

  @Override
  public double[] adamW(AdamW adamW) {
    for (int i = 0; i < theta.length; i++) {
      theta[i] *= 1 - rate * adamW.weightDecay();
    }
    return adam(adamW.adam());
  }

  @Override
  public double[] adamax(Adamax adamax) {
    double[] m = slot(OptimizerSlot.FIRST_MOMENT);
    double[] u = slot(OptimizerSlot.LARGEST_GRADIENT);
    double correction = correction(adamax.beta1());
    for (int i = 0; i < theta.length; i++) {
      double g = gradient[i] + adamax.weightDecay() * theta[i];
      m[i] = adamax.beta1() * m[i] + (1 - adamax.beta1()) * g;
      u[i] = Math.max(adamax.beta2() * u[i], Math.abs(g) + adamax.epsilon());
      theta[i] -= rate / correction * m[i] / u[i];
    }
    return theta;
  }

  @Override
  public double[] sgd(Sgd sgd) {
    double[] velocity =
        sgd.momentum() == 0 ? new double[theta.length] : slot(OptimizerSlot.VELOCITY);
    for (int i = 0; i < theta.length; i++) {
      double g = gradient[i] + sgd.weightDecay() * theta[i];
      velocity[i] = sgd.momentum() * velocity[i] + g;
      theta[i] -= rate * (sgd.nesterov() ? g + sgd.momentum() * velocity[i] : velocity[i]);
    }
    return theta;
  }

  @Override
  public double[] averaging(Averaging averaging) {
    averaging.base().match(this);
    double[] average = slot(OptimizerSlot.AVERAGE);
    for (int i = 0; i < theta.length; i++) {
      average[i] += averaging.take() * (theta[i] - average[i]);
    }
    return theta;
  }
}
