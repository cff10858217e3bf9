package io.github.jvae.bench.tracking;

import io.github.jvae.backend.GradientNorm;
import io.github.jvae.evaluate.GroupDivergence;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Objective;
import io.github.jvae.train.EpochGradients;
import io.github.jvae.train.EpochReport;
import io.github.jvae.train.StepReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a training under the names that people see: the part of the data, a slash, and
 * what it is, as {@code validation/elbo}. Bounds and their terms are in nats per example. A number
 * that is not finite is left out, as neither tool draws one.
 */
final class NamedNumbers {
  private static final String TRAIN = "train/";
  private static final String STEP = "step/";
  private static final String AVERAGE = "average";
  private static final String LOSS = "loss";
  private static final String LEARNING_RATE = "learning_rate";
  private static final String GRADIENT_NORM = "gradient_norm";

  private final Map<String, Double> values = new LinkedHashMap<>();

  private NamedNumbers() {}

  /** Returns those of a step. */
  static TrackedNumbers of(StepReport report) {
    NamedNumbers numbers = new NamedNumbers();
    numbers.put(STEP + LOSS, report.loss());
    report.terms().forEach((name, value) -> numbers.put(STEP + name, value));
    numbers.putSettings(STEP, report);
    for (int place = 0; place < report.gradients().size(); place++) {
      GradientNorm norm = report.gradients().get(place);
      numbers.put(STEP + owner(place) + GRADIENT_NORM, norm.value());
    }
    return numbers.after(report.step());
  }

  /**
   * Returns those of an epoch.
   *
   * @param judgedBy the part of the data by which the best epoch is chosen
   * @param last the epoch's last step; null if it was taken before a resume
   */
  static TrackedNumbers of(EpochReport report, String judgedBy, @Nullable StepReport last) {
    NamedNumbers numbers = new NamedNumbers();
    numbers.put(TRAIN + LOSS, report.loss());
    report.terms().forEach((name, value) -> numbers.put(TRAIN + name, value));
    if (last != null) {
      numbers.putSettings(TRAIN, last);
    }
    List<EpochGradients> gradients = report.gradients();
    for (int place = 0; place < gradients.size(); place++) {
      String name = TRAIN + owner(place);
      numbers.put(name + GRADIENT_NORM, gradients.get(place).meanNorm());
      numbers.put(name + GRADIENT_NORM + "_greatest", gradients.get(place).greatestNorm());
      numbers.put(name + "skipped_steps", (double) gradients.get(place).skipped());
    }
    numbers.put(TRAIN + "epoch", report.epoch());
    numbers.put(TRAIN + "seconds", report.seconds());
    numbers.put(TRAIN + "examples_per_second", report.imagesPerSecond());
    numbers.put(judgedBy, report.validation());
    numbers.put(AVERAGE, report.average());
    return numbers.after(report.step());
  }

  /** Returns those of a part of the data that was looked at after some step. */
  static TrackedNumbers of(long step, String part, Metrics metrics) {
    NamedNumbers numbers = new NamedNumbers();
    numbers.put(part, metrics);
    return numbers.after(step);
  }

  /** Returns what the averaged weights are called, on a part by which no epoch is chosen. */
  static String averageOn(String part) {
    return part + "_" + AVERAGE;
  }

  private void putSettings(String prefix, StepReport report) {
    put(prefix + LEARNING_RATE, report.learningRate());
    report.schedules().forEach((name, value) -> {
      if (!name.equals(Objective.TRAINING_EXAMPLES)) {
        put(prefix + name, value);
      }
    });
  }

  private void put(String part, @Nullable Metrics metrics) {
    if (metrics == null) {
      return;
    }
    String prefix = part + "/";
    put(prefix + Loss.ELBO, metrics.elbo());
    put(prefix + "elbo_standard_error", metrics.elboStandardError());
    put(prefix + Loss.LOG_LIKELIHOOD, metrics.logLikelihood());
    put(prefix + Loss.KL, metrics.kl());
    Double bits = metrics.bitsPerDim();
    if (bits != null) {
      put(prefix + "bits_per_dim", bits);
    }
    for (GroupDivergence divergence : metrics.divergences()) {
      put(prefix + Loss.klOf(divergence.group().name()), divergence.kl());
    }
    metrics.terms().forEach((name, value) -> put(prefix + name, value));
  }

  private void put(String name, double value) {
    if (Double.isFinite(value)) {
      values.put(name, value);
    }
  }

  /** Returns what stands before the numbers of an optimizer, of which the first is the model's. */
  private static String owner(int place) {
    return place == 0 ? "" : "adversary_";
  }

  private TrackedNumbers after(long step) {
    return new TrackedNumbers(step, values);
  }
}
