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
   * @param extent N, how many dimensions are wanted, counted from the first
   * @return examples of shape [N], with the conditions that the model is told
   * @throws io.github.jvae.error.VaeException if the model cannot take the examples
   */
  static Examples of(Vae vae, Examples examples, int extent, Transforms transforms, long seed) {
    examples.requireFor(vae.config().shape(), vae.runtime().conditions());
    float[] codes = new float[examples.size() * extent];
    RandomStream.of(seed).child("latent codes").fillGaussian(codes);
    int at = 0;
    Batches batches = Batches.of(examples, Math.min(BATCH, examples.size()))
        .withConditions(vae.runtime().conditions().keySet())
        .transformed(transforms, Pass.test(seed));
    for (Batch batch : batches) {
      Encoding encoding = vae.inference().encode(batch.x(), batch.conditions());
      for (int row = 0; row < batch.size(); row++) {
        draw(encoding, row, codes, at, extent);
        at += extent;
      }
    }
    ArrayExamples latents =
        ArrayExamples.floats("latent vectors of " + examples.name(), Shape.of(extent), codes);
    for (String told : vae.runtime().conditions().keySet()) {
      latents = latents.with(examples.condition(told));
    }
    return latents;
  }

  /** Makes noise a draw from the posterior of one example. */
  private static void draw(Encoding encoding, int row, float[] noise, int at, int extent) {
    HostTensor means = encoding.mean();
    int from = row * means.shape().dimension(1);
    float[] logVariance = encoding.logVariances().map(HostTensor::data).orElse(null);
    for (int i = 0; i < extent; i++) {
      double deviation = logVariance == null ? 0 : Math.exp(logVariance[from + i] / 2);
      noise[at + i] = (float) (means.data()[from + i] + deviation * noise[at + i]);
    }
  }
}
