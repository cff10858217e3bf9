package io.github.jvae.train;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Schedules one after the other, such as learning rates divided at certain epochs, or a cosine
 * after a line.
 *
 * @param stages what holds from each epoch on, with its epochs counted from there; the first stage
 *     starts at epoch 0
 */
record StagedSchedule(SortedMap<Double, Schedule> stages) implements Schedule {
  /**
   * @throws VaeException if no stage starts at epoch 0, or one starts before the one before it has
   *     come to its end
   */
  StagedSchedule {
    SortedMap<Double, Schedule> flat = new TreeMap<>();
    stages.forEach((begin, stage) -> append(flat, begin, stage));
    stages = Collections.unmodifiableSortedMap(flat);
    if (stages.isEmpty() || stages.firstKey() != 0) {
      throw new ConfigurationException("a schedule's first stage must start at epoch 0"
          + (stages.isEmpty() ? "" : ", not " + stages.firstKey()));
    }
  }

  /** Stages within a stage become stages, as the text of a schedule has them. */
  private static void append(SortedMap<Double, Schedule> stages, double begin, Schedule stage) {
    if (stage instanceof StagedSchedule staged) {
      staged.stages().forEach((later, part) -> append(stages, begin + later, part));
      return;
    }
    double ended = stages.isEmpty() ? begin : end(stages);
    if (begin < ended) {
      throw new ConfigurationException("its stage from epoch " + begin
          + " on cuts off the one before it, which ends at epoch " + ended);
    }
    stages.put(begin, stage);
  }

  private static double end(SortedMap<Double, Schedule> stages) {
    return stages.lastKey()
        + Objects.requireNonNull(stages.get(stages.lastKey())).end();
  }

  private Schedule stage(double begin) {
    return Objects.requireNonNull(stages.get(begin));
  }

  @Override
  public double at(double epoch, List<Double> losses) {
    double begin = stages.headMap(Math.nextUp(epoch)).lastKey();
    int before = Math.min(losses.size(), (int) Math.ceil(begin));
    return stage(begin).at(epoch - begin, losses.subList(before, losses.size()));
  }

  @Override
  public boolean readsLosses() {
    return parts().anyMatch(Schedule::readsLosses);
  }

  @Override
  public List<Double> extremes() {
    return parts().flatMap(part -> part.extremes().stream()).toList();
  }

  @Override
  public double end() {
    return end(stages);
  }

  @Override
  public Stream<Schedule> parts() {
    return stages.values().stream().flatMap(Schedule::parts);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    stages.forEach((epoch, stage) -> text.append(text.isEmpty() ? "" : ",")
        .append(epoch == 0 ? "" : epoch + "=")
        .append(stage));
    return text.toString();
  }
}
