package io.github.jvae.train;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.Quote;
import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A number that changes while training goes on: the learning rate, or the weight of the divergence.
 * The engine is given it as an input of each step, so that no schedule makes it record anew.
 */
public sealed interface Schedule {
  /** How long a line may be, in epochs. */
  Range LENGTHS = Range.above(0);

  /** The name of {@link #iwae} where learning rates are read. */
  String IWAE = "iwae";

  /** The number of epochs that {@link #iwae} is made for: 3^0 + 3^1 + … + 3^7. */
  int IWAE_EPOCHS = 3280;

  /**
   * The number at a moment.
   *
   * @param epoch epochs since the start, with the fraction of the present one
   */
  double at(double epoch);

  /** Every number this schedule reaches lies between the smallest and the greatest of these. */
  List<Double> extremes();

  /** The epoch from which on the number stays as it is; 0 if it never changes. */
  double end();

  /** Returns the text that {@link #parse} reads. */
  @Override
  String toString();

  /**
   * Always the same.
   *
   * @param value the number
   */
  record Constant(double value) implements Schedule {
    @Override
    public double at(double epoch) {
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

  /**
   * A straight line to a number, which then stays.
   *
   * @param from the number at the start
   * @param to the number at the end
   * @param epochs how long it takes
   */
  record Linear(double from, double to, double epochs) implements Schedule {
    /** @throws VaeException if it takes no time, or for ever */
    public Linear {
      LENGTHS.require("the length of a schedule's line, in epochs,", epochs);
    }

    @Override
    public double at(double epoch) {
      return from + (to - from) * Math.min(1, epoch / epochs);
    }

    @Override
    public List<Double> extremes() {
      return List.of(from, to);
    }

    @Override
    public double end() {
      return from == to ? 0 : epochs;
    }

    @Override
    public String toString() {
      return from + ".." + to + "@" + epochs;
    }
  }

  /**
   * Constant stages, such as a learning rate divided at certain epochs.
   *
   * @param stages the number from each epoch on; the first stage starts at epoch 0
   */
  record Stages(SortedMap<Double, Double> stages) implements Schedule {
    public Stages {
      stages = Collections.unmodifiableSortedMap(new TreeMap<>(stages));
      if (stages.isEmpty() || stages.firstKey() != 0) {
        throw new ConfigurationException("a schedule's first stage must start at epoch 0"
            + (stages.isEmpty() ? "" : ", not " + stages.firstKey()));
      }
    }

    @Override
    public double at(double epoch) {
      double value = Double.NaN;
      for (Map.Entry<Double, Double> stage : stages.entrySet()) {
        if (stage.getKey() > epoch) {
          break;
        }
        value = stage.getValue();
      }
      return value;
    }

    @Override
    public List<Double> extremes() {
      return new ArrayList<>(stages.values());
    }

    @Override
    public double end() {
      return stages.lastKey();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      stages.forEach((epoch, value) -> text.append(text.isEmpty() ? "" : ",")
          .append(epoch == 0 ? "" : epoch + "=")
          .append(value));
      return text.toString();
    }
  }

  /** Always the same number. */
  static Schedule constant(double value) {
    return new Constant(value);
  }

  /** A straight line that reaches its end after some epochs and stays there. */
  static Schedule linear(double from, double to, double epochs) {
    return new Linear(from, to, epochs);
  }

  /** Constant stages, by the epoch each starts at; the first is 0. */
  static Schedule stages(Map<Double, Double> stages) {
    return new Stages(new TreeMap<>(stages));
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
    return new Stages(stages);
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
   * Reads a schedule: {@code 0.001} is constant; {@code 0..1@10} is a straight line over 10 epochs;
   * {@code 1e-3,200=6e-4,350=4e-4} changes at epochs 200 and 350.
   *
   * @param what whose schedule it is, for messages
   * @throws VaeException if it is none of these
   */
  static Schedule parse(String what, String text) {
    String trimmed = text.trim();
    try {
      int dots = trimmed.indexOf("..");
      int at = trimmed.indexOf('@');
      if (dots > 0 && at > dots) {
        return parseLinear(trimmed, dots, at);
      }
      if (trimmed.indexOf(',') > 0) {
        return parseStages(trimmed);
      }
      return constant(number(trimmed));
    } catch (NumberFormatException | VaeException e) {
      // What Java says of a text that is no number helps nobody.
      String reason = e instanceof VaeException ? " (" + e.getMessage() + ")" : "";
      throw new ConfigurationException(
          what
              + " "
              + Quote.of(text)
              + " is no schedule"
              + reason
              + "; write 0.001, or 0..1@10 for a line over 10 epochs, or 1e-3,200=6e-4 for a change"
              + " at epoch 200",
          e);
    }
  }

  private static Schedule parseLinear(String text, int dots, int at) {
    return linear(
        number(text.substring(0, dots)),
        number(text.substring(dots + 2, at)),
        number(text.substring(at + 1)));
  }

  private static Schedule parseStages(String text) {
    SortedMap<Double, Double> stages = new TreeMap<>();
    for (String stage : text.split(",", -1)) {
      int equals = stage.indexOf('=');
      double epoch = equals < 0 ? 0 : number(stage.substring(0, equals));
      if (stages.put(epoch, number(stage.substring(equals + 1))) != null) {
        throw new ConfigurationException("two stages start at epoch " + epoch);
      }
    }
    return new Stages(stages);
  }

  private static double number(String text) {
    double value = Double.parseDouble(text.trim());
    if (!Double.isFinite(value)) {
      throw new ConfigurationException("its numbers must be finite, not " + value);
    }
    return value;
  }
}
