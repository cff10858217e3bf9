package io.github.jvae.evaluate;

import io.github.jvae.tensor.HostTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the draws of an example have given so far. Adding one at a time, it needs no memory of those
 * before.
 */
final class DrawSums {
  private final WeightSum weights = new WeightSum();
  private final RunningMean logWeights = new RunningMean();
  private final RunningMean logLikelihoods = new RunningMean();
  private double[] elements = {};

  /**
   * Adds a draw.
   *
   * @param outputs what {@link ImportanceDraws} computes of several draws
   * @param place of the draw among them
   */
  void add(List<HostTensor> outputs, int place) {
    double logWeight = outputs.get(0).data()[place];
    weights.add(logWeight);
    logWeights.add(logWeight);
    logLikelihoods.add(outputs.get(1).data()[place]);
    if (outputs.size() > 2) {
      addElements(outputs.get(2), place);
    }
  }

  private void addElements(HostTensor all, int place) {
    int size = all.shape().dimension(2);
    if (elements.length == 0) {
      elements = new double[size];
    }
    for (int i = 0; i < size; i++) {
      elements[i] += all.data()[place * size + i];
    }
  }

  /** The weights, whose mean estimates p(x). */
  WeightSum weights() {
    return weights;
  }

  /** The mean of the weights' logarithms, which estimates the bound. */
  double meanLogWeight() {
    return logWeights.value();
  }

  /** The mean of {@code log p(x|z)}. */
  double meanLogLikelihood() {
    return logLikelihoods.value();
  }

  /** The mean of what each element adds to {@code log p(x|z)}; empty where that is not computed. */
  Optional<double[]> meanElements() {
    return elements.length == 0
        ? Optional.empty()
        : Optional.of(
            Arrays.stream(elements).map(sum -> sum / logLikelihoods.count()).toArray());
  }
}
