package io.github.jvae.djl;

import io.github.jvae.backend.support.NativeLikelihood;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.tensor.Tensor;

/** {@link Gaussian} in native operations. */
final class DjlGaussian extends NativeLikelihood {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** PyTorch's number for a loss of each element rather than their sum or mean. */
  private static final int NO_REDUCTION = 0;

  private final Gaussian portable;

  DjlGaussian(Gaussian portable) {
    super(portable);
    this.portable = portable;
  }

  @Override
  protected Tensor logProb(Tensor x, Tensor decoded) {
    Images images = Images.of(this, x, decoded);
    return images.perImage(
        switch (portable.kind()) {
          case FIXED -> fixed(images);
          case SHARED -> shared(images);
          case PER_PIXEL -> perPixel(images);
        });
  }

  private static ScriptValue squaredError(Images images) {
    return images.sum(
        images.trace().call("torch.mse_loss", images.decoded(), images.x(), NO_REDUCTION));
  }

  /** {@code -‖x - x̂‖² / (2σ²) - D (½ log 2π + log σ)}. */
  private ScriptValue fixed(Images images) {
    DjlTrace trace = images.trace();
    double sigma = portable.sigma();
    double normaliser = images.pixels() * (HALF_LOG_TWO_PI + Math.log(sigma));
    ScriptValue scaled = trace.call("torch.mul", squaredError(images), -0.5 / (sigma * sigma));
    return trace.call("torch.sub", scaled, normaliser);
  }

  private static ScriptValue shared(Images images) {
    DjlTrace trace = images.trace();
    ScriptValue logSigma = trace.parameter(Gaussian.SHARED_PARAMETER).unwrap();
    ScriptValue precision = trace.call("torch.exp", trace.call("torch.mul", logSigma, -2.0));
    ScriptValue scaled =
        trace.call("torch.mul", squaredError(images), trace.call("torch.mul", precision, -0.5));
    ScriptValue normaliser = trace.call(
        "torch.mul", trace.call("torch.add", logSigma, HALF_LOG_TWO_PI), (double) images.pixels());
    return trace.call("torch.sub", scaled, normaliser);
  }

  /** {@code -Σ (½ ((x - x̂) / σ)² + log σ) - D/2 log 2π}. */
  private static ScriptValue perPixel(Images images) {
    DjlTrace trace = images.trace();
    ScriptValue logSigma = images.group(1);
    ScriptValue difference = trace.call("torch.sub", images.group(0), images.x());
    ScriptValue inverse = trace.call("torch.exp", trace.call("torch.neg", logSigma));
    ScriptValue standardised = trace.call("torch.mul", difference, inverse);
    ScriptValue squared = trace.call("torch.mul", standardised, standardised);
    ScriptValue terms = trace.call("torch.sub", trace.call("torch.mul", squared, -0.5), logSigma);
    return trace.call("torch.sub", images.sum(terms), images.pixels() * HALF_LOG_TWO_PI);
  }
}
