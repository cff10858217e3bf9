package io.github.jvae.service;

import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a service can be asked for.
 *
 * @param <T> what the answer for one example is
 */
abstract class Operation<T> {
  static final Operation<float[]> ENCODE = new OfRows(
      "encode",
      (model, input) ->
          model.inference().encode(input.rows(), input.conditions()).mean());

  static final Operation<float[]> DECODE = new OfRows(
      "decode", (model, input) -> model.inference().decode(input.rows(), input.conditions()));

  static final Operation<float[]> RECONSTRUCT = new OfRows(
      "reconstruct",
      (model, input) -> model.inference().reconstruct(input.rows(), input.conditions()));

  static final Operation<float[]> SAMPLE = new OfRows(
      "sample", (model, input) -> model.inference().sampleFrom(input.rows(), input.conditions()));

  static final Operation<AnomalyScores> SCORE = new OfScores();

  private final String name;

  Operation(String name) {
    this.name = name;
  }

  /**
   * What is computed of.
   *
   * @param rows [B, ...]
   * @param conditions [B, ...] each
   * @param places of the examples within their requests
   */
  record Input(HostTensor rows, Map<String, HostTensor> conditions, List<Integer> places) {}

  /** What came of it, row by row: numbers, or else scores. */
  record Output(HostTensor rows, List<AnomalyScores> scores) {}

  private static final HostTensor NOTHING = HostTensor.scalar(0);

  abstract Output compute(ServedModel model, Input input);

  /** Returns the answers for some of the rows. */
  abstract List<T> answers(Output output, int from, int to);

  @Override
  public String toString() {
    return name;
  }

  @FunctionalInterface
  private interface Rows {
    HostTensor of(ServedModel model, Input input);
  }

  private static final class OfRows extends Operation<float[]> {
    private final Rows rows;

    OfRows(String name, Rows rows) {
      super(name);
      this.rows = rows;
    }

    @Override
    Output compute(ServedModel model, Input input) {
      return new Output(rows.of(model, input), List.of());
    }

    @Override
    List<float[]> answers(Output output, int from, int to) {
      float[] all = output.rows().data();
      int count = output.rows().shape().dimension(0);
      if (count == 1) {
        return List.of(all);
      }
      int size = all.length / count;
      List<float[]> answers = new ArrayList<>(to - from);
      for (int row = from; row < to; row++) {
        answers.add(Arrays.copyOfRange(all, row * size, (row + 1) * size));
      }
      return answers;
    }
  }

  private static final class OfScores extends Operation<AnomalyScores> {
    OfScores() {
      super("score");
    }

    @Override
    Output compute(ServedModel model, Input input) {
      return new Output(NOTHING, model.score(input));
    }

    @Override
    List<AnomalyScores> answers(Output output, int from, int to) {
      return List.copyOf(output.scores().subList(from, to));
    }
  }
}
