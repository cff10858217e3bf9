package io.github.jvae.bench.reproduce;

import io.github.jvae.error.VaeException;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The training loss of the first steps, as it was once recorded: all engines train the same model
 * on the same numbers, so whoever learns as this program did then comes along the same points.
 *
 * @param train options of {@code vae train} that make the recipe's training short
 * @param tolerance how far from a point the loss may be, as a share of the point; above 0
 * @param points step by step, the loss in nats per example; empty if nothing was recorded
 */
public record EarlyCurve(Arguments train, double tolerance, List<Point> points) {
  static final String TRAIN = "train";
  static final String TOLERANCE = "tolerance";
  static final String STEPS = "steps";
  static final String LOSSES = "losses";

  private static final String HISTORY_STEPS = "--history-steps";

  /**
   * A point.
   *
   * @param step from 1
   * @param loss in nats per example
   */
  public record Point(long step, double loss) {}

  /**
   * A point of a curve, and what was found there.
   *
   * @param point as recorded
   * @param found the loss
   * @param share how far from the point, as a share of it
   */
  public record Comparison(Point point, double found, double share) {}

  public EarlyCurve {
    points = List.copyOf(points);
  }

  /** Returns the same with other points. */
  public EarlyCurve with(List<Point> other) {
    return new EarlyCurve(train, tolerance, other);
  }

  /**
   * Returns the points in a history of training.
   *
   * @param history what {@code history.jsonl} holds
   */
  public static List<Point> in(List<Options> history) {
    List<Point> points = new ArrayList<>();
    for (Options entry : history) {
      if (!entry.has("epoch")
          && entry.get("step") instanceof OptionValue.Whole step
          && entry.get("loss") instanceof OptionValue.Real loss) {
        points.add(new Point(step.value().longValue(), loss.value()));
      }
    }
    return points;
  }

  /**
   * Compares with what a training found.
   *
   * @param found the points of that
   * @throws VaeException if it lacks one of these points
   */
  public List<Comparison> compare(List<Point> found) {
    Map<Long, Double> losses = new TreeMap<>();
    found.forEach(point -> losses.put(point.step(), point.loss()));
    List<Comparison> compared = new ArrayList<>();
    for (Point point : points) {
      if (!losses.containsKey(point.step())) {
        throw new VaeException("the training tells no loss of step " + point.step()
            + ", of which the recipe's curve has one; record the curve anew with --record");
      }
      double loss = Objects.requireNonNull(losses.get(point.step()));
      compared.add(
          new Comparison(point, loss, Math.abs(loss - point.loss()) / Math.abs(point.loss())));
    }
    return compared;
  }

  /** Returns the options of the short training. */
  Arguments shortening(Arguments whole) {
    return whole.with(train);
  }

  /** Returns whether the short training tells its steps at all. */
  boolean tellsSteps() {
    return train.has(HISTORY_STEPS);
  }

  /** Returns what a recipe's file holds of it. */
  Options toOptions() {
    return Options.none()
        .with(TRAIN, train.options())
        .with(TOLERANCE, tolerance)
        .with(STEPS, items(points.stream().map(p -> OptionValue.of(p.step())).toList()))
        .with(LOSSES, items(points.stream().map(p -> OptionValue.of(p.loss())).toList()));
  }

  private static OptionValue items(List<? extends OptionValue> values) {
    return new OptionValue.Items(List.copyOf(values));
  }
}
