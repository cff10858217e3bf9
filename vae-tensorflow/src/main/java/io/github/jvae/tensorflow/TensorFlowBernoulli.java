package io.github.jvae.tensorflow;

import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.Tensor;
import org.tensorflow.op.Scope;
import org.tensorflow.op.math.Mul;
import org.tensorflow.op.math.Softplus;
import org.tensorflow.op.math.Sub;

/** {@link Bernoulli} in native operations. */
final class TensorFlowBernoulli implements Likelihood {
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
    Scope scope = images.trace().scope();
    return images.perImage(images.sum(Sub.create(
        scope,
        Mul.create(scope, images.x(), images.decoded()),
        Softplus.create(scope, images.decoded()))));
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
