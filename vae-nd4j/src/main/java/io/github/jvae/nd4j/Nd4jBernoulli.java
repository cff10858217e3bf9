package io.github.jvae.nd4j;

import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Tensor;

/** {@link Bernoulli} with value and gradient in one pass. */
final class Nd4jBernoulli implements Likelihood {
  private final Likelihood portable = new Bernoulli();

  @Override
  public String name() {
    return portable.name();
  }

  @Override
  public Support support() {
    return portable.support();
  }

  @Override
  public Tensor logProb(Tensor x, Tensor decoded) {
    Images images = new Images("likelihood " + name(), x, decoded, channelsPerPixel());
    return images.perImage(
        PixelSum.record(images.recording(), new LogProbability(), images.x(), images.decoded()));
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return portable.mean(decoded);
  }

  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    return portable.sample(decoded, uniform, normal);
  }

  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    return portable.outputsFor(mean, standardDeviation);
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
