package io.github.jvae.quantized;

import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.List;

/** Codes that do not depend on each other: all alike likely, or as often as is learned. */
final class IndependentCodes implements CodePrior {
  private static final String LOGITS = "prior.code_logits";

  private final Shape shape;
  private final boolean learned;

  /**
   * @param groups codes of an example, G
   * @param codes that each may be, K
   * @param learned whether a probability of each is learned for each of the G, from all alike on
   */
  IndependentCodes(int groups, int codes, boolean learned) {
    this.shape = Shape.of(groups, codes);
    this.learned = learned;
  }

  @Override
  public List<Parameter> parameters() {
    return learned ? List.of(new Parameter(LOGITS, shape, new Initializer.Constant(0))) : List.of();
  }

  private Tensor logits(Trace trace, int batch) {
    Tensor logits = learned ? trace.parameter(LOGITS) : trace.constant(HostTensor.zeros(shape));
    return logits.reshape(shape.prepend(1)).broadcastTo(shape.prepend(batch));
  }

  @Override
  public Tensor logProb(Tensor codes) {
    return logProb(logits(codes.trace(), codes.shape().dimension(0)), codes);
  }

  /** Records {@code log p(codes)}, [B], of logits and codes [B, G, K]. */
  static Tensor logProb(Tensor logits, Tensor codes) {
    return logits.multiply(codes).sum(1, 2).subtract(logits.logSumExp(2).sum(1));
  }

  @Override
  public Tensor sample(Tensor noise) {
    int batch = noise.shape().dimension(0);
    int rows = batch * shape.dimension(0);
    Tensor logits = logits(noise.trace(), batch).reshape(rows, shape.dimension(1));
    return OneHot.draw(logits, noise.reshape(rows, 1)).reshape(shape.prepend(batch));
  }
}
