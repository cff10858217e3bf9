package io.github.jvae.train;

import io.github.jvae.error.Range;
import java.util.List;

/** Cycles without end, see {@link Schedule#cyclical}. */
record CyclicalSchedule(double from, double to, double epochs, double rising)
    implements CourseSchedule {
  /** The part of a cycle that Fu et al. let the weight rise in. */
  static final double USUAL_RISING = 0.5;

  private static final Range PARTS = Range.above(0, 1);

  CyclicalSchedule {
    LENGTHS.require("the length of a cycle, in epochs,", epochs);
    PARTS.require("the part of a cycle that its line takes", rising);
  }

  @Override
  public double at(double epoch, List<Double> losses) {
    double done = epoch % epochs / epochs;
    return from + (to - from) * Math.min(1, done / rising);
  }

  @Override
  public double end() {
    return from == to ? 0 : epochs * rising;
  }

  @Override
  public String toString() {
    return ScheduleText.CYCLICAL
        + ScheduleText.course(from, to, epochs)
        + ScheduleText.FACTOR
        + rising;
  }
}
