package io.github.jvae.djl;

import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Tensor;

/** {@link Bernoulli} in native operations. */
final class DjlBernoulli implements Likelihood {
  /** PyTorch's number for a loss of each element rather than their sum or mean. */
  private static final int NO_REDUCTION = 0;

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
    DjlTrace trace = images.trace();
    ScriptValue crossEntropy = trace.call(
        "torch.binary_cross_entropy_with_logits",
        images.decoded(),
        images.x(),
        "None",
        "None",
        NO_REDUCTION);
    return images.perImage(trace.call("torch.neg", images.sum(crossEntropy)));
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
}
