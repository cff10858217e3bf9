package io.github.jvae.train;

import java.util.List;

/** Half a wave of the cosine, see {@link Schedule#cosine}. */
record CosineSchedule(double from, double to, double epochs) implements CourseSchedule {
  CosineSchedule {
    LENGTHS.require("the length of a cosine, in epochs,", epochs);
  }

  @Override
  public double at(double epoch, List<Double> losses) {
    double risen = (1 - Math.cos(Math.PI * Math.min(1, epoch / epochs))) / 2;
    return from * (1 - risen) + to * risen;
  }

  @Override
  public double end() {
    return from == to ? 0 : epochs;
  }

  @Override
  public String toString() {
    return ScheduleText.COSINE + ScheduleText.course(from, to, epochs);
  }
}
