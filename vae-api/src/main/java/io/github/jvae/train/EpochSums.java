package io.github.jvae.train;

import io.github.jvae.backend.GradientNorm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the steps of the epoch under way add up to: numbers by name, so that a checkpoint in its
 * middle keeps them.
 */
final class EpochSums {
  private static final String IMAGES = "images";
  private static final String LOSS = "loss";
  /** The names that files tell gradients by, after {@link #owner}. */
  static final String NORM = "gradient_norm";

  static final String GREATEST = "gradient_norm_greatest";
  static final String SKIPPED = "skipped_steps";

  private static final String MEASURED = "gradient_norms";
  private static final String ADVERSARY = "adversary_";

  private final Map<String, Double> sums;

  /** @param saved what {@link #toMap} returned, or nothing */
  EpochSums(Map<String, Double> saved) {
    sums = new LinkedHashMap<>(saved);
  }

  Map<String, Double> toMap() {
    return new LinkedHashMap<>(sums);
  }

  /** Adds what a step computed, means over its images. */
  void add(int images, double loss, Map<String, Double> terms) {
    sums.merge(IMAGES, (double) images, Double::sum);
    sums.merge(LOSS, loss * images, Double::sum);
    terms.forEach((name, value) -> sums.merge(name, value * images, Double::sum));
  }

  /** Adds what the gradients of a step were, the model's first. */
  void add(List<GradientNorm> norms) {
    for (int place = 0; place < norms.size(); place++) {
      String owner = owner(place);
      GradientNorm norm = norms.get(place);
      sums.merge(owner + SKIPPED, norm.skipped() ? 1.0 : 0, Double::sum);
      if (Double.isFinite(norm.value())) {
        sums.merge(owner + NORM, norm.value(), Double::sum);
        sums.merge(owner + GREATEST, norm.value(), Math::max);
        sums.merge(owner + MEASURED, 1.0, Double::sum);
      }
    }
  }

  /** Returns what stands before a name: nothing for the model's optimizer, which is the first. */
  static String owner(int place) {
    return place == 0 ? "" : ADVERSARY;
  }

  private double of(String name) {
    return sums.getOrDefault(name, 0.0);
  }

  /** Whether no step has had finite numbers yet. */
  boolean areEmpty() {
    return !sums.containsKey(IMAGES);
  }

  /** Returns the mean loss over the images. */
  double loss() {
    return of(LOSS) / of(IMAGES);
  }

  /** Returns the means over the images of some terms. */
  Map<String, Double> means(List<String> terms) {
    Map<String, Double> means = new LinkedHashMap<>();
    terms.forEach(name -> means.put(name, of(name) / of(IMAGES)));
    return means;
  }

  /** Returns what the gradients were, of each optimizer that has limits. */
  List<EpochGradients> gradients() {
    List<EpochGradients> gradients = new ArrayList<>();
    for (int place = 0; sums.containsKey(owner(place) + SKIPPED) && place < 2; place++) {
      String owner = owner(place);
      gradients.add(new EpochGradients(
          of(owner + NORM) / of(owner + MEASURED),
          sums.getOrDefault(owner + GREATEST, Double.NaN),
          (long) of(owner + SKIPPED)));
    }
    return gradients;
  }
}
