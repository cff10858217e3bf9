package io.github.jvae.train;

import java.util.List;

/**
 * Always the same.
 *
 * @param value the number
 */
record ConstantSchedule(double value) implements Schedule {
  @Override
  public double at(double epoch, List<Double> losses) {
    return value;
  }

  @Override
  public List<Double> extremes() {
    return List.of(value);
  }

  @Override
  public double end() {
    return 0;
  }

  @Override
  public String toString() {
    return Double.toString(value);
  }
}
