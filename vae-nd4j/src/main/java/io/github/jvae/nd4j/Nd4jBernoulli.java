package io.github.jvae.nd4j;

import io.github.jvae.backend.support.ImageBatch;
import io.github.jvae.backend.support.NativeLikelihood;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.nd4j.kernel.Exponential;
import io.github.jvae.nd4j.kernel.TileFunctions;
import io.github.jvae.nd4j.operation.PixelSum;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Tensor;

/** {@link Bernoulli} with value and gradient in one pass. */
final class Nd4jBernoulli extends NativeLikelihood<Nd4jTensor, Value> {
  Nd4jBernoulli() {
    super(Nd4jTensor.class, Nd4jModule.NAME, new Bernoulli());
  }

  @Override
  protected Tensor logProb(ImageBatch<Nd4jTensor, Value> images) {
    return images.perImage(PixelSum.record(
        images.x().engineTrace().recording(),
        new LogProbability(),
        images.x().unwrap(),
        images.decoded().unwrap()));
  }

  /** {@code x·l - softplus(l)}, whose derivative by l is {@code x - sigmoid(l)}. */
  private static final class LogProbability implements PixelSum.Term {
    @Override
    public void apply(
        float[] x, float[] logits, float[] terms, float[] room, int count, Exponential e) {
      e.ofNegative(logits, room, count);
      Exponential.softplus(logits, room, terms, count);
      terms(x, logits, terms, count);
    }

    @Override
    public void applyWithDerivatives(
        float[] x, float[] logits, float[] terms, float[] derivatives, int count, Exponential e) {
      // It leaves e^-|l| in its room, which is what the sigmoid, too, is made of.
      apply(x, logits, terms, derivatives, count, e);
      Exponential.sigmoid(logits, derivatives, derivatives, count);
      TileFunctions.subtract(x, derivatives, derivatives, count);
    }

    private static void terms(float[] x, float[] logits, float[] softplus, int count) {
      for (int i = 0; i < count; i++) {
        softplus[i] = x[i] * logits[i] - softplus[i];
      }
    }

    @Override
    public Value byImage(Recording recording, Value x, Value decoded, Value byDecoding) {
      return decoded;
    }
  }
}
