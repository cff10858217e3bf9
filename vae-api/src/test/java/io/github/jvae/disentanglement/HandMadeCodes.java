package io.github.jvae.disentanglement;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Factors in all combinations of their levels, and codes that are made of them by hand. */
final class HandMadeCodes {
  private HandMadeCodes() {}

  /**
   * Returns factors, each of so many levels from 0, in all combinations, again and again.
   *
   * @return [factors][examples]
   */
  static double[][] design(int factors, int levels, int times) {
    int combinations = (int) Math.pow(levels, factors);
    double[][] values = new double[factors][combinations * times];
    for (int k = 0; k < factors; k++) {
      int period = (int) Math.pow(levels, k);
      for (int i = 0; i < values[k].length; i++) {
        values[k][i] = i / period % levels;
      }
    }
    return values;
  }

  /** Returns numeric factors named v0, v1 and so on. */
  static List<KnownFactor> numeric(double[]... factors) {
    return IntStream.range(0, factors.length)
        .mapToObj(k -> KnownFactor.numeric("v" + k, factors[k]))
        .toList();
  }

  /** Returns categorical factors named v0, v1 and so on. */
  static List<KnownFactor> categorical(double[]... factors) {
    return IntStream.range(0, factors.length)
        .mapToObj(k -> KnownFactor.categorical("v" + k, factors[k]))
        .toList();
  }

  /** Returns codes of these dimensions. */
  static LatentCodes codes(double[]... dimensions) {
    HostTensor tensor = HostTensor.zeros(Shape.of(dimensions[0].length, dimensions.length));
    for (int d = 0; d < dimensions.length; d++) {
      for (int i = 0; i < dimensions[d].length; i++) {
        tensor.data()[i * dimensions.length + d] = (float) dimensions[d][i];
      }
    }
    return LatentCodes.of(tensor);
  }

  /** Returns a dimension made of two, example by example. */
  static double[] sum(double[] a, double weight, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] + weight * b[i]).toArray();
  }

  /** Returns all scores by the name that files have; NaN where there is none. */
  static Map<String, Double> scores(LatentCodes codes, List<KnownFactor> factors) {
    Map<String, Double> result = new TreeMap<>();
    for (DisentanglementScore score : Disentanglement.of(codes, factors, 0, 1, done -> {})) {
      result.put(score.metric().name().toLowerCase(Locale.ROOT), score.value());
    }
    return result;
  }
}
