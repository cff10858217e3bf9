package io.github.jvae.djl;

import io.github.jvae.backend.support.NativeLikelihood;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.tensor.Tensor;

/** {@link Bernoulli} in native operations. */
final class DjlBernoulli extends NativeLikelihood {
  /** PyTorch's number for a loss of each element rather than their sum or mean. */
  private static final int NO_REDUCTION = 0;

  DjlBernoulli() {
    super(new Bernoulli());
  }

  @Override
  protected Tensor logProb(Tensor x, Tensor decoded) {
    Images images = Images.of(this, x, decoded);
    return images.perImage(
        images.trace().isDifferentiated() ? logProb(images) : logProbOfProducts(images));
  }

  private static ScriptValue logProb(Images images) {
    DjlTrace trace = images.trace();
    ScriptValue crossEntropy = trace.call(
        "torch.binary_cross_entropy_with_logits",
        images.decoded(),
        images.x(),
        "None",
        "None",
        NO_REDUCTION);
    return trace.call("torch.neg", images.sum(crossEntropy));
  }

  /**
   * Records the same with few logarithms, to be computed but not differentiated: see
   * {@link Bernoulli#factors}. Of the engine's functions, the sigmoid takes a quarter of the time
   * that one with a logarithm takes.
   */
  private static ScriptValue logProbOfProducts(Images images) {
    DjlTrace trace = images.trace();
    ScriptValue logits = images.decoded();
    ScriptValue linear = images.sum(trace.call(
        "torch.addcmul_", trace.call("torch.relu", logits), images.x(), logits, "value=-1"));
    int factors = Bernoulli.factors(images.pixels());
    ScriptValue sigmoids = trace.call(
        "torch.reshape",
        trace.call("torch.sigmoid_", trace.call("torch.abs", logits)),
        new int[] {-1, images.pixels() / factors, factors});
    ScriptValue logs = trace.call("torch.log", trace.call("torch.prod", sigmoids, 2));
    return trace.call("torch.sub", trace.call("torch.sum", logs, new int[] {1}), linear);
  }
}
