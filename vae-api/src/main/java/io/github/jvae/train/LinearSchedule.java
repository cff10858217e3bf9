package io.github.jvae.train;

import java.util.List;

/** A straight line, see {@link Schedule#linear}. */
record LinearSchedule(double from, double to, double epochs) implements CourseSchedule {
  LinearSchedule {
    LENGTHS.require("the length of a schedule's line, in epochs,", epochs);
  }

  @Override
  public double at(double epoch, List<Double> losses) {
    return from + (to - from) * Math.min(1, epoch / epochs);
  }

  @Override
  public double end() {
    return from == to ? 0 : epochs;
  }

  @Override
  public String toString() {
    return ScheduleText.course(from, to, epochs);
  }
}
