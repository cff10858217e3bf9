package io.github.jvae.djl;

import io.github.jvae.backend.support.ImageBatch;
import io.github.jvae.backend.support.NativeLikelihood;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/** {@link Bernoulli} in native operations. */
final class DjlBernoulli extends NativeLikelihood<DjlTensor, ScriptValue> {
  /** PyTorch's number for a loss of each element rather than their sum or mean. */
  private static final int NO_REDUCTION = 0;

  DjlBernoulli() {
    super(DjlTensor.class, DjlModule.NAME, new Bernoulli());
  }

  @Override
  protected Tensor logProb(ImageBatch<DjlTensor, ScriptValue> images) {
    DjlTrace trace = images.x().engineTrace();
    ScriptValue x = images.x().unwrap();
    ScriptValue logits = images.decoded().unwrap();
    if (!trace.isDifferentiated()) {
      return logProbOfProducts(images, trace, x, logits);
    }
    ScriptValue crossEntropy = trace.call(
        "torch.binary_cross_entropy_with_logits", logits, x, "None", "None", NO_REDUCTION);
    return ImageBatch.sum(images.perPixel(crossEntropy)).negate();
  }

  /**
   * Records the same with few logarithms, to be computed but not differentiated: see
   * {@link Bernoulli#factors}. Of the engine's functions, the sigmoid takes a quarter of the time
   * that one with a logarithm takes.
   */
  private static Tensor logProbOfProducts(
      ImageBatch<DjlTensor, ScriptValue> images,
      DjlTrace trace,
      ScriptValue x,
      ScriptValue logits) {
    Tensor linear = ImageBatch.sum(images.perPixel(
        trace.call("torch.addcmul_", trace.call("torch.relu", logits), x, logits, "value=-1")));
    int batch = linear.shape().dimension(0);
    int factors = Bernoulli.factors(images.pixels());
    int products = images.pixels() / factors;
    ScriptValue sigmoids = trace.call(
        "torch.reshape",
        trace.call("torch.sigmoid_", trace.call("torch.abs", logits)),
        new int[] {batch, products, factors});
    return trace
        .tensor(Shape.of(batch, products), trace.call("torch.prod", sigmoids, 2))
        .log()
        .sum(1)
        .subtract(linear);
  }
}
