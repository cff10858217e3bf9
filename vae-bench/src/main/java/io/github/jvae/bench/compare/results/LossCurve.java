package io.github.jvae.bench.compare.results;

import java.util.List;

/**
 * The loss of training, nats per example: mean over the batch of −(log-likelihood − w · KL).
 *
 * @param steps the step of each value, from 1
 * @param seconds since the first step began, at each value's end
 * @param losses the values
 */
public record LossCurve(
    List<@AtLeast(1) Integer> steps, List<@AtLeast(0) Double> seconds, List<Double> losses) {
  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if they are of different lengths
   */
  public LossCurve {
    steps = Lists.copy(steps);
    seconds = Lists.copy(seconds);
    losses = Lists.copy(losses);
    if (steps.size() != seconds.size() || steps.size() != losses.size()) {
      throw new IllegalArgumentException("a loss curve has " + steps.size() + " steps, "
          + seconds.size() + " times and " + losses.size() + " losses");
    }
  }

  /** Returns the median of the losses' sizes, without signs; 0 if none is a finite number. */
  public double usualSize() {
    double[] sizes =
        losses.stream().mapToDouble(Math::abs).filter(Double::isFinite).sorted().toArray();
    return sizes.length == 0 ? 0 : sizes[sizes.length / 2];
  }
}
