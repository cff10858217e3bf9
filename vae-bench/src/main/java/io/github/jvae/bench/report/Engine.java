package io.github.jvae.bench.report;

import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.BackendResult.Interval;
import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.bench.compare.results.BackendResult.Training;
import io.github.jvae.bench.compare.results.LossCurve;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An engine of the report.
 *
 * @param result what it did
 * @param name as people write it
 * @param colour its number among the colours of series, the same in all charts
 */
record Engine(BackendResult result, String name, int colour) {
  private static final Map<String, String> NAMES =
      Map.of("tensorflow", "TensorFlow", "djl", "DJL", "nd4j", "ND4J");

  /** How people write a backend's name. */
  static String nameOf(String backend) {
    return NAMES.getOrDefault(backend, backend);
  }

  /** Training images per second, the median of the repetitions; null where none was measured. */
  @Nullable
  Double throughput() {
    Training training = result.training();
    if (training == null) {
      return null;
    }
    List<Double> finite =
        training.imagesPerSecond().stream().filter(Double::isFinite).toList();
    return finite.isEmpty() ? null : (Double) Spread.of(finite).median();
  }

  /** How fast it trained, with the fastest as 1; null where that is not known. */
  @Nullable
  Interval ratioToFastest() {
    Training training = result.training();
    return training == null ? null : training.ratioToFastest();
  }

  /** The losses of training; null where there are none. */
  @Nullable
  LossCurve losses() {
    LossCurve losses = result.losses();
    return losses == null || losses.steps().isEmpty() ? null : losses;
  }

  /** Why there is less of it than of others, in a few words; empty where there is not. */
  String shortcoming() {
    return switch (result.status()) {
      case COMPLETE -> "";
      case PARTIAL -> "broken off";
      case FAILED -> "failed";
    };
  }
}
