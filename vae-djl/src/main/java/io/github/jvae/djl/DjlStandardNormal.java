package io.github.jvae.djl;

import io.github.jvae.backend.support.NativeStandardNormal;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/** {@link StandardNormal} in native operations. */
final class DjlStandardNormal extends NativeStandardNormal {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
  private static final int[] LATENT_AXIS = {1};

  DjlStandardNormal() {
    super(new StandardNormal());
  }

  /** {@code -½ Σ z² - L/2 log 2π}. */
  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    DjlTensor batch = requireLatent(z);
    DjlTrace trace = batch.recording();
    ScriptValue half = halved(trace, squared(trace, batch), -0.5);
    double normaliser = z.shape().dimension(1) * HALF_LOG_TWO_PI;
    return trace.tensor(
        Shape.of(z.shape().dimension(0)), trace.call("torch.sub", half, normaliser));
  }

  /** {@code ½ Σ (μ² + e^l - 1 - l)} for a log-variance l. */
  @Override
  protected Tensor kl(DiagonalGaussian gaussian) {
    DjlTensor mean = requireLatent(gaussian.mean());
    ScriptValue logVariance = requireLatent(gaussian.logVariance()).unwrap();
    DjlTrace trace = mean.recording();
    ScriptValue excess =
        trace.call("torch.sub", trace.call("torch.expm1", logVariance), logVariance);
    ScriptValue terms = trace.call("torch.add", squared(trace, mean), excess);
    return trace.tensor(Shape.of(mean.shape().dimension(0)), halved(trace, terms, 0.5));
  }

  private static ScriptValue squared(DjlTrace trace, DjlTensor tensor) {
    return trace.call("torch.mul", tensor.unwrap(), tensor.unwrap());
  }

  private static ScriptValue halved(DjlTrace trace, ScriptValue terms, double factor) {
    return trace.call("torch.mul", trace.call("torch.sum", terms, LATENT_AXIS, false), factor);
  }

  private DjlTensor requireLatent(Tensor tensor) {
    return DjlTensor.require("prior " + name(), tensor, Shape.of(tensor.shape().dimension(-1)));
  }
}
