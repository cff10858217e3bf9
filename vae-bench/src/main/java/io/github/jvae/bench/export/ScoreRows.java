package io.github.jvae.bench.export;

import io.github.jvae.data.Labels;
import io.github.jvae.evaluate.AnomalyScore;
import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.evaluate.AnomalyThreshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores as rows of a table: the example's place in the data, its label where there is one, the
 * scores in nats, and whether the first of them is above a threshold.
 */
public final class ScoreRows {
  private final List<AnomalyScore> scores;
  private final Optional<Labels> labels;
  private final boolean judged;

  /**
   * @param scores the columns, at least one
   * @param labels of the examples, if they have any
   * @param judged whether there is a threshold
   */
  public ScoreRows(List<AnomalyScore> scores, Optional<Labels> labels, boolean judged) {
    this.scores = List.copyOf(scores);
    this.labels = labels;
    this.judged = judged;
  }

  /** Returns the names of the columns; those of scores say that they are negatives. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    columns.add("row");
    labels.ifPresent(known -> columns.add(known.name()));
    scores.forEach(score -> columns.add(column(score)));
    if (judged) {
      columns.add("anomaly");
    }
    return columns;
  }

  private static String column(AnomalyScore score) {
    return "negative_" + score.toString().replace('-', '_');
  }

  /**
   * Returns a score as it is written, in single precision; what is compared with a threshold is
   * this number.
   */
  public static float rounded(AnomalyScores example, AnomalyScore score) {
    return (float) example.of(score);
  }

  /**
   * Returns the row of an example.
   *
   * @param threshold of the first score, where there is one
   */
  public String row(AnomalyScores example, Optional<AnomalyThreshold> threshold) {
    StringBuilder row = new StringBuilder().append(example.index());
    labels.ifPresent(known -> row.append(',').append(known.label(example.index())));
    scores.forEach(score -> row.append(',').append(rounded(example, score)));
    threshold.ifPresent(
        limit -> row.append(limit.isExceededBy(rounded(example, scores.get(0))) ? ",1" : ",0"));
    return row.toString();
  }

  /** Returns a score that {@link #row} wrote. */
  public float read(String row, AnomalyScore score) {
    int place = 1 + (labels.isPresent() ? 1 : 0) + scores.indexOf(score);
    return Float.parseFloat(row.split(",", -1)[place]);
  }

  /** Returns whether a row is of an example above the threshold. */
  public boolean isAnomaly(String row) {
    return judged && row.endsWith(",1");
  }
}
