package io.github.jvae.evaluate;

import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.random.RandomStream;
import java.util.HashMap;
import java.util.Map;

/**
 * What a model makes of the gaps of an example: examples drawn with weights, in the data's own
 * units. Averages over them are those of {@code p(x_missing | x_observed)}, by self-normalised
 * importance sampling (Mattei and Frellsen, "MIWAE: Deep generative modelling and imputation of
 * incomplete data sets", 2019).
 */
public final class Imputation {
  private final int index;
  private final float[] known;
  private final boolean[] observed;
  private final double[] weights;
  private final float[] means;
  private final float[] draws;

  /**
   * @param index of the example in its data set
   * @param known its numbers
   * @param observed which of them were
   * @param weights of the draws, which add up to 1
   * @param means the expected example at each draw's latent vector, one after the other
   * @param draws the examples drawn from those, one after the other
   */
  Imputation(
      int index,
      float[] known,
      boolean[] observed,
      double[] weights,
      float[] means,
      float[] draws) {
    this.index = index;
    this.known = known;
    this.observed = observed;
    this.weights = weights;
    this.means = means;
    this.draws = draws;
  }

  /** Returns which example of the data set it is, from 0. */
  public int index() {
    return index;
  }

  /**
   * Returns whether a number was observed, and is as it was.
   *
   * @param element its place, row-major
   */
  public boolean isObserved(int element) {
    return observed[element];
  }

  /**
   * Returns the conditional mean of a number; what was observed is its own.
   *
   * @param element its place, row-major
   */
  public double mean(int element) {
    if (observed[element]) {
      return known[element];
    }
    double mean = 0;
    for (int i = 0; i < weights.length; i++) {
      mean += weights[i] * means[i * known.length + element];
    }
    return mean;
  }

  /**
   * Returns the conditional variance of a number; 0 where it was observed.
   *
   * @param element its place, row-major
   */
  public double variance(int element) {
    if (observed[element]) {
      return 0;
    }
    double mean = mean(element);
    double variance = 0;
    for (int i = 0; i < weights.length; i++) {
      variance += weights[i] * Math.pow(draws[i * known.length + element] - mean, 2);
    }
    return variance;
  }

  /**
   * Returns the number that is most often drawn: of categories the likeliest.
   *
   * @param element its place, row-major
   */
  public double mode(int element) {
    if (observed[element]) {
      return known[element];
    }
    Map<Float, Double> shares = new HashMap<>();
    for (int i = 0; i < weights.length; i++) {
      shares.merge(draws[i * known.length + element], weights[i], Double::sum);
    }
    return shares.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  /** Returns how many draws of the same weight would be as good (Kong, 1992). */
  public double effectiveSampleSize() {
    double squares = 0;
    for (double weight : weights) {
      squares += weight * weight;
    }
    return 1 / squares;
  }

  /**
   * Returns the example with its gaps filled by what is to be expected of each: the conditional
   * mean of a number, rounded if it is a count; the likeliest of categories, and of 0 and 1.
   *
   * @param columns what the numbers are
   */
  public float[] expected(Columns columns) {
    float[] filled = new float[known.length];
    for (int element = 0; element < filled.length; element++) {
      ColumnKind kind = columns.get(element).kind();
      filled[element] = (float)
          switch (kind) {
            case NUMERIC -> mean(element);
            case COUNT -> Math.rint(mean(element));
            case BINARY, CATEGORICAL -> mode(element);
          };
    }
    return filled;
  }

  /** Returns the example with its gaps filled by one of the draws, chosen by their weights. */
  public float[] drawn(RandomStream random) {
    double left = random.nextDouble();
    int chosen = 0;
    while (chosen < weights.length - 1 && left >= weights[chosen]) {
      left -= weights[chosen++];
    }
    float[] filled = known.clone();
    for (int element = 0; element < filled.length; element++) {
      filled[element] = observed[element] ? known[element] : draws[chosen * known.length + element];
    }
    return filled;
  }
}
