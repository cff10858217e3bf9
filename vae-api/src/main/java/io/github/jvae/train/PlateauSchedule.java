package io.github.jvae.train;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.Range;
import java.util.List;

/** A number that is lowered when the epochs get no better, see {@link Schedule#plateau}. */
record PlateauSchedule(double from, double to, int epochs, double factor)
    implements CourseSchedule {
  /** The factor of PyTorch's {@code ReduceLROnPlateau}. */
  static final double USUAL_FACTOR = 0.1;

  private static final Range FACTORS = Range.between(0, 1);

  PlateauSchedule {
    if (epochs < 1) {
      throw new ConfigurationException("a plateau must be at least 1 epoch long, not " + epochs);
    }
    FACTORS.require("the factor of a plateau", factor);
    if (to > from) {
      throw new ConfigurationException(
          "a plateau lowers a number, so " + to + " must not be above " + from);
    }
  }

  @Override
  public double at(double epoch, List<Double> losses) {
    double number = from;
    double best = Double.POSITIVE_INFINITY;
    int waited = 0;
    for (double loss : losses.subList(0, Math.min(losses.size(), (int) epoch))) {
      waited = loss < best ? 0 : waited + 1;
      best = Math.min(best, loss);
      if (waited == epochs) {
        number = Math.max(to, number * factor);
        waited = 0;
      }
    }
    return number;
  }

  @Override
  public boolean readsLosses() {
    return true;
  }

  @Override
  public double end() {
    return 0;
  }

  @Override
  public String toString() {
    return ScheduleText.PLATEAU
        + ScheduleText.course(from, to, epochs)
        + ScheduleText.FACTOR
        + factor;
  }
}
