package io.github.jvae.sampler;

import io.github.jvae.Vae;
import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Condition;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Transforms;
import io.github.jvae.evaluate.Encoding;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Map;
import java.util.TreeMap;

/**
 * Latent vectors of a data set, one for each example: a draw from its posterior, so that all of
 * them together are draws from the aggregated posterior, which is what a decoder was trained on.
 * Where posteriors have no variances, the vectors that stand for them.
 */
final class LatentCodes {
  private static final int BATCH = 256;

  private LatentCodes() {}

  /** Returns what is known of the first examples, which come round again, with a row for each. */
  static Map<String, HostTensor> conditions(Examples codes, int count) {
    Map<String, HostTensor> rows = new TreeMap<>();
    for (Condition condition : codes.conditions()) {
      HostTensor all = HostTensor.zeros(condition.shape().prepend(count));
      for (int i = 0; i < count; i++) {
        condition.read(i % codes.size(), all.data(), i * condition.shape().size());
      }
      rows.put(condition.name(), all);
    }
    return rows;
  }

  /**
   * Returns the latent vectors of examples, in their order.
   *
   * @return examples of shape [L], with the conditions that the model is told
   * @throws io.github.jvae.error.VaeException if the model cannot take the examples
   */
  static Examples of(Vae vae, Examples examples, Transforms transforms, long seed) {
    examples.requireFor(vae.config().shape(), vae.runtime().conditions());
    int latent = vae.runtime().model().latent();
    float[] codes = new float[examples.size() * latent];
    RandomStream.of(seed).child("latent codes").fillGaussian(codes);
    int at = 0;
    Batches batches = Batches.of(examples, Math.min(BATCH, examples.size()))
        .withConditions(vae.runtime().conditions().keySet())
        .transformed(transforms, Pass.test(seed));
    for (Batch batch : batches) {
      Encoding encoding = vae.inference().encode(batch.x(), batch.conditions());
      float[] mean = encoding.mean().data();
      float[] logVariance = encoding.logVariances().map(HostTensor::data).orElse(null);
      for (int i = 0; i < mean.length; i++) {
        double deviation = logVariance == null ? 0 : Math.exp(logVariance[i] / 2);
        codes[at + i] = (float) (mean[i] + deviation * codes[at + i]);
      }
      at += mean.length;
    }
    ArrayExamples latents =
        ArrayExamples.floats("latent vectors of " + examples.name(), Shape.of(latent), codes);
    for (String told : vae.runtime().conditions().keySet()) {
      latents = latents.with(examples.condition(told));
    }
    return latents;
  }
}
