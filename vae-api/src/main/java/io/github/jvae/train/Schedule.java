package io.github.jvae.train;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A number that changes while training goes on: the learning rate, or the weight of the divergence.
 * The engine is given it as an input of each step, so that no schedule makes it record anew.
 */
public sealed interface Schedule permits ConstantSchedule, CourseSchedule, StagedSchedule {

  /** The name of {@link #iwae} where learning rates are read. */
  String IWAE = "iwae";

  /** The number of epochs that {@link #iwae} is made for: 3^0 + 3^1 + … + 3^7. */
  int IWAE_EPOCHS = 3280;

  /**
   * Returns the number at a moment.
   *
   * @param epoch epochs since the start, with the fraction of the present one
   * @param losses of the whole epochs done, in order: minus the ELBO by which the best epoch is
   *     chosen; those of later epochs than this moment's are not looked at
   */
  double at(double epoch, List<Double> losses);

  /** Returns the number at a moment of a training of whose epochs nothing is known. */
  default double at(double epoch) {
    return at(epoch, List.of());
  }

  /** Returns whether the number depends on how well the epochs did. */
  default boolean readsLosses() {
    return false;
  }

  /** Every number this schedule reaches lies between the smallest and the greatest of these. */
  List<Double> extremes();

  /**
   * Returns the epoch from which on the number stays as it is, or, if it never does, by which it
   * has been at its last number; 0 if it never changes, or only with how well the epochs do.
   */
  double end();

  /**
   * Returns the schedules that follow one another in this one: itself alone, unless it is staged.
   */
  default Stream<Schedule> parts() {
    return Stream.of(this);
  }

  /** Returns the text that {@link #parse} reads. */
  @Override
  String toString();

  /** Always the same number. */
  static Schedule constant(double value) {
    return new ConstantSchedule(value);
  }

  /**
   * A straight line that reaches its end after some epochs and stays there: a warm-up, if it rises.
   *
   * @throws VaeException if it takes no time, or for ever
   */
  static Schedule linear(double from, double to, double epochs) {
    return new LinearSchedule(from, to, epochs);
  }

  /**
   * Half a wave of the cosine, slow at both ends, that reaches its end after some epochs and stays
   * there.
   *
   * @throws VaeException if it takes no time, or for ever
   */
  static Schedule cosine(double from, double to, double epochs) {
    return new CosineSchedule(from, to, epochs);
  }

  /**
   * Cycles without end: in each a straight line, and then its last number until the cycle is over,
   * as the weight of the divergence in Fu et al., "Cyclical annealing schedule: a simple approach
   * to mitigating KL vanishing", 2019.
   *
   * @param epochs how long a cycle takes
   * @param rising the part of a cycle that the line takes, above 0 and at most 1; 0.5 in the paper
   * @throws VaeException if one of these is out of range
   */
  static Schedule cyclical(double from, double to, double epochs, double rising) {
    return new CyclicalSchedule(from, to, epochs, rising);
  }

  /**
   * A number that is lowered when the epochs get no better.
   *
   * @param from the number at the start
   * @param to the least number
   * @param epochs how many epochs in a row without one better than all before it lower the number;
   *     they are counted anew after that
   * @param factor what the number is multiplied by then, above 0 and below 1
   * @throws VaeException if one of these is out of range, or the number would rise
   */
  static Schedule plateau(double from, double to, int epochs, double factor) {
    return new PlateauSchedule(from, to, epochs, factor);
  }

  /** Constant stages, by the epoch each starts at; the first is 0. */
  static Schedule stages(Map<Double, Double> stages) {
    SortedMap<Double, Schedule> constants = new TreeMap<>();
    stages.forEach((epoch, value) -> constants.put(epoch, constant(value)));
    return new StagedSchedule(constants);
  }

  /**
   * Returns this schedule up to an epoch, and another one from there on, whose epochs count from
   * there.
   *
   * @throws VaeException if this one has not come to its end by then
   */
  default Schedule then(double epoch, Schedule next) {
    if (!(epoch > 0 && Double.isFinite(epoch))) {
      throw new ConfigurationException(
          "a schedule's next stage must start after epoch 0, not at " + epoch);
    }
    return new StagedSchedule(new TreeMap<>(Map.of(0.0, this, epoch, next)));
  }

  /**
   * The learning rates of Burda, Grosse and Salakhutdinov, "Importance weighted autoencoders",
   * 2016: {@code 0.001 · 10^(-i/7)} for 3^i epochs, with i from 0 to 7, {@value #IWAE_EPOCHS} in
   * all.
   */
  static Schedule iwae() {
    SortedMap<Double, Double> stages = new TreeMap<>();
    double epoch = 0;
    for (int i = 0; i <= 7; i++) {
      stages.put(epoch, 1e-3 * Math.pow(10, -i / 7.0));
      epoch += Math.pow(3, i);
    }
    return stages(stages);
  }

  /**
   * Reads a schedule of learning rates: {@code iwae} is that of {@link #iwae}, and all else as
   * {@link #parse} reads it.
   *
   * @param what whose schedule it is, for messages
   * @throws VaeException if it is none
   */
  static Schedule parseLearningRate(String what, String text) {
    return text.trim().equalsIgnoreCase(IWAE) ? iwae() : parse(what, text);
  }

  /**
   * Reads a schedule:
   *
   * <ul>
   *   <li>{@code 0.001} is {@link #constant};
   *   <li>{@code 0..1@10} is a {@link #linear} one over 10 epochs;
   *   <li>{@code cosine:1e-3..1e-5@100} is a {@link #cosine} over 100 epochs;
   *   <li>{@code cyclical:0..1@10x0.5} has {@link #cyclical cycles} of 10 epochs, half of which the
   *       line takes; {@code x0.5} may be left out;
   *   <li>{@code plateau:1e-3..1e-6@5x0.1} is multiplied by 0.1 at each {@link #plateau} of 5
   *       epochs; {@code x0.1} may be left out;
   *   <li>{@code 1e-3,200=6e-4,350=4e-4} changes at epochs 200 and 350. Each stage may be any of
   *       the above, with its epochs counted from its start: {@code 0..1e-3@5,5=cosine:1e-3..0@95}.
   * </ul>
   *
   * @param what whose schedule it is, for messages
   * @throws VaeException if it is none of these
   */
  static Schedule parse(String what, String text) {
    return ScheduleText.parse(what, text);
  }
}
