package io.github.jvae.train;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.SortedMap;
import java.util.TreeMap;

/** Schedules as people write them, see {@link Schedule#parse}. */
final class ScheduleText {
  static final String COSINE = "cosine:";
  static final String CYCLICAL = "cyclical:";
  static final String PLATEAU = "plateau:";
  static final String FACTOR = "x";

  private static final String LINE = "..";
  private static final String LENGTH = "@";

  private ScheduleText() {}

  /** Writes what all courses have. */
  static String course(double from, double to, double epochs) {
    return from + LINE + to + LENGTH + epochs;
  }

  /** Reads a schedule; see {@link Schedule#parse}. */
  static Schedule parse(String what, String text) {
    try {
      return text.contains(",") ? stages(text) : single(text.trim());
    } catch (NumberFormatException | VaeException e) {
      // What Java says of a text that is no number helps nobody.
      String reason = e instanceof VaeException ? " (" + e.getMessage() + ")" : "";
      throw new ConfigurationException(
          what
              + " "
              + Quote.of(text)
              + " is no schedule"
              + reason
              + "; write 0.001, 0..1@10 for a line over 10 epochs, cosine:1e-3..1e-5@10,"
              + " cyclical:0..1@10, plateau:1e-3..1e-6@5, or 1e-3,200=6e-4 for a change at epoch 200",
          e);
    }
  }

  private static Schedule stages(String text) {
    SortedMap<Double, Schedule> stages = new TreeMap<>();
    for (String stage : text.split(",", -1)) {
      int equals = stage.indexOf('=');
      double epoch = equals < 0 ? 0 : number(stage.substring(0, equals));
      if (stages.put(epoch, single(stage.substring(equals + 1).trim())) != null) {
        throw new ConfigurationException("two stages start at epoch " + epoch);
      }
    }
    return new StagedSchedule(stages);
  }

  private static Schedule single(String text) {
    if (text.startsWith(COSINE)) {
      Course course = Course.of(text.substring(COSINE.length()));
      return Schedule.cosine(course.from(), course.to(), number(course.end()));
    }
    if (text.startsWith(CYCLICAL)) {
      Course course = Course.of(text.substring(CYCLICAL.length()));
      return Schedule.cyclical(
          course.from(),
          course.to(),
          course.epochs(),
          course.factor(CyclicalSchedule.USUAL_RISING));
    }
    if (text.startsWith(PLATEAU)) {
      Course course = Course.of(text.substring(PLATEAU.length()));
      return Schedule.plateau(
          course.from(),
          course.to(),
          whole(course.epochs()),
          course.factor(PlateauSchedule.USUAL_FACTOR));
    }
    if (text.contains(LINE)) {
      Course course = Course.of(text);
      return Schedule.linear(course.from(), course.to(), number(course.end()));
    }
    return Schedule.constant(number(text));
  }

  /**
   * {@code FROM..TO@EPOCHS}, and perhaps {@code xFACTOR}.
   *
   * @param end what stands after the sign of the length
   */
  private record Course(double from, double to, String end) {
    static Course of(String text) {
      int line = text.indexOf(LINE);
      int length = text.indexOf(LENGTH);
      if (line < 0 || length < line) {
        throw new ConfigurationException("it does not say from where to where in how many epochs");
      }
      return new Course(
          number(text.substring(0, line)),
          number(text.substring(line + LINE.length(), length)),
          text.substring(length + LENGTH.length()));
    }

    double epochs() {
      int factor = end.indexOf(FACTOR);
      return number(factor < 0 ? end : end.substring(0, factor));
    }

    double factor(double usual) {
      int factor = end.indexOf(FACTOR);
      return factor < 0 ? usual : number(end.substring(factor + FACTOR.length()));
    }
  }

  private static int whole(double epochs) {
    if (epochs != Math.rint(epochs) || Math.abs(epochs) > Integer.MAX_VALUE) {
      throw new ConfigurationException("a plateau is a whole number of epochs, not " + epochs);
    }
    return (int) epochs;
  }

  private static double number(String text) {
    double value = Double.parseDouble(text.trim());
    if (!Double.isFinite(value)) {
      throw new ConfigurationException("its numbers must be finite, not " + value);
    }
    return value;
  }
}
