package io.github.jvae.train;

import io.github.jvae.error.Range;
import java.util.List;

/** From one number to another, in some epochs. */
sealed interface CourseSchedule extends Schedule
    permits LinearSchedule, CosineSchedule, CyclicalSchedule, PlateauSchedule {
  /** How long it may take, in epochs. */
  Range LENGTHS = Range.above(0);

  /** Returns the number at the start. */
  double from();

  /** Returns the number at the end. */
  double to();

  @Override
  default List<Double> extremes() {
    return List.of(from(), to());
  }
}
