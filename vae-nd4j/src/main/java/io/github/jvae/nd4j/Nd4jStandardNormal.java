package io.github.jvae.nd4j;

import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.Prior;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/** {@link StandardNormal} with the divergence and its gradients in one pass. */
final class Nd4jStandardNormal implements Prior {
  private final Prior portable = new StandardNormal();

  @Override
  public String name() {
    return portable.name();
  }

  @Override
  public Tensor logProb(Tensor z) {
    return portable.logProb(z);
  }

  @Override
  public Tensor kl(Posterior posterior, Tensor z) {
    if (!(posterior instanceof DiagonalGaussian gaussian)) {
      return portable.kl(posterior, z);
    }
    Nd4jTensor mean = requireLatent(gaussian.mean());
    Nd4jTensor logVariance = requireLatent(gaussian.logVariance());
    return mean.recordingTrace()
        .tensor(Divergence.record(mean.recording(), mean.value(), logVariance.value()));
  }

  private Nd4jTensor requireLatent(Tensor tensor) {
    return Nd4jTensor.require("prior " + name(), tensor, Shape.of(tensor.shape().dimension(-1)));
  }

  @Override
  public Tensor sample(Tensor noise) {
    return portable.sample(noise);
  }
}
