package io.github.jvae.evaluate;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Scores how anomalous examples are, with all of {@link AnomalyScore} from the same draws of the
 * posterior. Memory does not depend on the number of examples or of draws, and the scores do not
 * depend on how the work is divided. Any number of threads may use it.
 */
public final class AnomalyScorer implements AutoCloseable {
  private final Shape example;
  private final ImportanceDraws draws;

  private AnomalyScorer(ModelRuntime runtime, ImportanceDraws draws) {
    this.example = runtime.example();
    this.draws = draws;
  }

  /** Prepares the scores of whole examples; nothing is recorded yet. */
  public static AnomalyScorer of(ModelRuntime runtime) {
    return new AnomalyScorer(runtime, ImportanceDraws.of(runtime, Proposal.POSTERIOR));
  }

  /**
   * Prepares the scores and what each element of an example adds to them, which takes up to twice
   * the time; nothing is recorded yet.
   *
   * @throws VaeException if the model does not say what elements add
   */
  public static AnomalyScorer withContributions(ModelRuntime runtime) {
    return new AnomalyScorer(runtime, ImportanceDraws.withElements(runtime));
  }

  /**
   * Scores the examples of a data set.
   *
   * @param data examples that the model can take
   * @param from the first example to score, counted from 0; its scores are the same whatever it is
   * @param samples draws for each example, at least 1
   * @param transforms what is done to the examples
   * @param seed of the draws and of what is random in the transforms
   * @param target given the scores of each example, in the order of the data
   * @throws VaeException if the model cannot take the examples, a number is outside of what its
   *     likelihood gives a probability to, or there are no draws
   */
  public void score(
      Examples data,
      int from,
      int samples,
      Transforms transforms,
      long seed,
      Consumer<AnomalyScores> target) {
    draws.take(
        data, from, samples, transforms, seed, image -> target.accept(scores(image)), done -> {});
  }

  /**
   * Scores a few examples.
   *
   * @param examples [B, ...]
   * @param conditions of the examples, by name, [B, ...]
   * @param samples draws for each example, at least 1
   * @param seed of the draws
   * @return B scores
   * @throws VaeException as for a data set, or if a condition is missing
   */
  public List<AnomalyScores> score(
      HostTensor examples, Map<String, HostTensor> conditions, int samples, long seed) {
    int[] indices = IntStream.range(0, examples.shape().dimension(0)).toArray();
    return score(examples, conditions, indices, samples, seed);
  }

  /**
   * Scores a few examples of which each has a place of its own, such as within what it came with:
   * its scores are the same whatever it is scored together with.
   *
   * @param examples [B, ...]
   * @param conditions of the examples, by name, [B, ...]
   * @param indices B places, from 0, from which the draws follow
   * @param samples draws for each example, at least 1
   * @param seed of the draws
   * @return B scores
   * @throws VaeException as for a data set, or if a condition is missing
   */
  public List<AnomalyScores> score(
      HostTensor examples,
      Map<String, HostTensor> conditions,
      int[] indices,
      int samples,
      long seed) {
    List<AnomalyScores> all = new ArrayList<>(indices.length);
    draws.take(examples, conditions, indices, samples, seed, image -> all.add(scores(image)));
    return all;
  }

  private AnomalyScores scores(DrawnImage image) {
    DrawSums sums = image.sums();
    return new AnomalyScores(
        image.index(),
        -sums.weights().logMean(),
        -sums.meanLogWeight(),
        -sums.meanLogLikelihood(),
        sums.meanElements().map(this::contributions));
  }

  private HostTensor contributions(double[] elements) {
    float[] negative = new float[elements.length];
    for (int i = 0; i < negative.length; i++) {
      // From 0, as what was not observed must not become a negative zero.
      negative[i] = (float) (0 - elements[i]);
    }
    return HostTensor.of(example, negative);
  }

  @Override
  public void close() {
    draws.close();
  }
}
