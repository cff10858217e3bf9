package io.github.jvae.nd4j;

import io.github.jvae.backend.support.EngineTensor;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Draw;
import io.github.jvae.model.ForwardingPrior;
import io.github.jvae.model.Posterior;
import io.github.jvae.nd4j.operation.Divergence;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/** {@link StandardNormal} with the divergence and its gradients in one pass. */
final class Nd4jStandardNormal extends ForwardingPrior {
  Nd4jStandardNormal() {
    super(new StandardNormal());
  }

  @Override
  public Tensor kl(Posterior posterior, Draw draw, Conditions conditions) {
    return posterior instanceof DiagonalGaussian gaussian
        ? kl(latent(gaussian.mean()), latent(gaussian.logVariance()))
        : super.kl(posterior, draw, conditions);
  }

  private static Tensor kl(Nd4jTensor mean, Nd4jTensor logVariance) {
    Nd4jTrace trace = mean.engineTrace();
    return trace.tensor(Divergence.record(trace.recording(), mean.unwrap(), logVariance.unwrap()));
  }

  private Nd4jTensor latent(Tensor tensor) {
    return EngineTensor.require(
        Nd4jTensor.class,
        Nd4jModule.NAME,
        "prior " + name(),
        tensor,
        Shape.of(tensor.shape().dimension(-1)));
  }
}
