package io.github.jvae.bench.compare;

import io.github.jvae.bench.compare.results.Agreement;
import io.github.jvae.bench.compare.results.Agreement.Pair;
import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.LossCurve;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far engines are apart: in the losses of the same steps, and in what they learnt. */
final class AgreementMeasure {
  private static final int FIRST_STEPS = 100;

  private final Path folder;
  private final Map<String, Map<String, HostTensor>> models = new HashMap<>();

  /** @param folder of the comparison, with the trained models */
  AgreementMeasure(Path folder) {
    this.folder = folder;
  }

  /** Each engine with each later one; null where fewer than two trained. */
  @Nullable
  Agreement of(List<BackendResult> results) {
    List<BackendResult> trained =
        results.stream().filter(result -> result.losses() != null).toList();
    if (trained.size() < 2) {
      return null;
    }
    List<Pair> pairs = new ArrayList<>();
    int first = FIRST_STEPS;
    for (int i = 0; i < trained.size(); i++) {
      for (int j = i + 1; j < trained.size(); j++) {
        LossCurve a = Objects.requireNonNull(trained.get(i).losses());
        LossCurve b = Objects.requireNonNull(trained.get(j).losses());
        int common = Math.min(a.losses().size(), b.losses().size());
        first = Math.min(first, common);
        pairs.add(pair(trained.get(i).name(), a, trained.get(j).name(), b, common));
      }
    }
    return new Agreement(first, pairs);
  }

  private Pair pair(String first, LossCurve a, String second, LossCurve b, int common) {
    double usual = Agreement.usualSize(a, b);
    double early = 0;
    double greatest = 0;
    int at = 1;
    for (int i = 0; i < common; i++) {
      double difference = Agreement.difference(a.losses().get(i), b.losses().get(i), usual);
      early = i < FIRST_STEPS ? Math.max(early, difference) : early;
      if (difference > greatest) {
        greatest = difference;
        at = i + 1;
      }
    }
    return new Pair(first, second, early, greatest, at, parameters(first, second));
  }

  /** Relative, as vectors; not a number where a model was not saved. */
  private double parameters(String first, String second) {
    Map<String, HostTensor> a = model(first);
    Map<String, HostTensor> b = model(second);
    if (a.isEmpty() || !a.keySet().equals(b.keySet())) {
      return Double.NaN;
    }
    double distance = 0;
    double norm = 0;
    for (Map.Entry<String, HostTensor> entry : a.entrySet()) {
      float[] one = entry.getValue().data();
      float[] other = Objects.requireNonNull(b.get(entry.getKey())).data();
      for (int i = 0; i < one.length; i++) {
        distance += ((double) one[i] - other[i]) * ((double) one[i] - other[i]);
        norm += (double) one[i] * one[i];
      }
    }
    return Math.sqrt(distance / norm);
  }

  /** Read once; empty as long as it is not saved. */
  private Map<String, HostTensor> model(String backend) {
    Map<String, HostTensor> known = models.get(backend);
    if (known != null) {
      return known;
    }
    ModelFolder model = new ModelFolder(folder.resolve(backend).resolve(EngineMeasurement.MODEL));
    if (!model.exists()) {
      return Map.of();
    }
    try {
      Map<String, HostTensor> parameters = model.loadModel().parameters();
      models.put(backend, parameters);
      return parameters;
    } catch (VaeException e) {
      // A process that was ended while it saved.
      return Map.of();
    }
  }
}
