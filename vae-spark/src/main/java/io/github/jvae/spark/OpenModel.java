package io.github.jvae.spark;

import io.github.jvae.Vae;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Transforms;
import io.github.jvae.evaluate.AnomalyScorer;
import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.tensor.HostTensor;
import java.util.List;
import java.util.Map;

/** A model in its engine, with what is done to examples before. Used by several threads. */
final class OpenModel implements AutoCloseable {
  private final Vae vae;
  private final Transforms transforms;
  private final AnomalyScorer scorer;

  private OpenModel(Vae vae, Transforms transforms) {
    this.vae = vae;
    this.transforms = transforms;
    this.scorer = AnomalyScorer.of(vae.runtime());
  }

  /**
   * Opens a model.
   *
   * @throws io.github.jvae.error.VaeException if the backend is missing or cannot run here
   */
  static OpenModel of(ModelContent content, EngineChoice engine) {
    Transforms transforms = ModelDescription.of(content.configText()).transforms();
    Vae vae = content.asFolder(folder -> Vae.load(folder, engine.builder()));
    return new OpenModel(vae, transforms);
  }

  /** Does to examples what was done to those of the training. */
  void prepare(HostTensor examples, int[] places, long seed) {
    int size = examples.data().length / places.length;
    var change = transforms.in(Pass.test(seed));
    for (int row = 0; row < places.length; row++) {
      change.apply(places[row], examples.data(), row * size, (row + 1) * size);
    }
  }

  /** Returns the means of the posteriors, [B, L]. */
  HostTensor encode(HostTensor examples, Map<String, HostTensor> conditions) {
    return vae.inference().encode(examples, conditions).mean();
  }

  /** Returns examples through the mean and back, in the units of the column. */
  HostTensor reconstruct(HostTensor examples, Map<String, HostTensor> conditions) {
    return transforms.undone(vae.inference().reconstruct(examples, conditions));
  }

  /** Returns the bounds. */
  double[] bounds(
      HostTensor examples,
      Map<String, HostTensor> conditions,
      int[] places,
      int samples,
      long seed) {
    List<AnomalyScores> scores = scorer.score(examples, conditions, places, samples, seed);
    return scores.stream().mapToDouble(score -> -score.elbo()).toArray();
  }

  @Override
  public void close() {
    scorer.close();
    vae.close();
  }
}
