package io.github.jvae.nd4j;

import io.github.jvae.backend.support.NativeStandardNormal;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.nd4j.operation.Divergence;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/** {@link StandardNormal} with the divergence and its gradients in one pass. */
final class Nd4jStandardNormal extends NativeStandardNormal {
  Nd4jStandardNormal() {
    super(new StandardNormal());
  }

  @Override
  protected Tensor kl(DiagonalGaussian gaussian) {
    Nd4jTensor mean = requireLatent(gaussian.mean());
    Nd4jTensor logVariance = requireLatent(gaussian.logVariance());
    Nd4jTrace trace = mean.recording();
    return trace.tensor(Divergence.record(trace.recording(), mean.unwrap(), logVariance.unwrap()));
  }

  private Nd4jTensor requireLatent(Tensor tensor) {
    return Nd4jTensor.require("prior " + name(), tensor, Shape.of(tensor.shape().dimension(-1)));
  }
}
