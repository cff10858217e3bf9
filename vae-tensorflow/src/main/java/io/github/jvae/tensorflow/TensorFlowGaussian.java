package io.github.jvae.tensorflow;

import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Scope;
import org.tensorflow.op.math.Add;
import org.tensorflow.op.math.Exp;
import org.tensorflow.op.math.Mul;
import org.tensorflow.op.math.Neg;
import org.tensorflow.op.math.Square;
import org.tensorflow.op.math.SquaredDifference;
import org.tensorflow.op.math.Sub;
import org.tensorflow.types.TFloat32;

/** {@link Gaussian} in native operations. */
final class TensorFlowGaussian implements Likelihood {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
  private static final Layout SHARED = Layout.portable(Shape.scalar());

  private final Gaussian portable;

  TensorFlowGaussian(Gaussian portable) {
    this.portable = portable;
  }

  @Override
  public String name() {
    return portable.name();
  }

  @Override
  public List<Parameter> parameters() {
    return portable.parameters();
  }

  @Override
  public int channelsPerPixel() {
    return portable.channelsPerPixel();
  }

  @Override
  public Support support() {
    return portable.support();
  }

  @Override
  public Tensor logProb(Tensor x, Tensor decoded) {
    Images images = new Images("likelihood " + name(), x, decoded, channelsPerPixel());
    return images.perImage(
        switch (portable.kind()) {
          case FIXED -> fixed(images);
          case SHARED -> shared(images);
          case PER_PIXEL -> perPixel(images);
        });
  }

  private static Operand<TFloat32> squaredError(Images images) {
    return images.sum(
        SquaredDifference.create(images.trace().scope(), images.decoded(), images.x()));
  }

  /** {@code -‖x - x̂‖² / (2σ²) - D (½ log 2π + log σ)}. */
  private Operand<TFloat32> fixed(Images images) {
    TensorFlowTrace trace = images.trace();
    double sigma = portable.sigma();
    double normaliser = images.pixels() * (HALF_LOG_TWO_PI + Math.log(sigma));
    Operand<TFloat32> scaled =
        Mul.create(trace.scope(), squaredError(images), trace.number(-0.5 / (sigma * sigma)));
    return Sub.create(trace.scope(), scaled, trace.number(normaliser));
  }

  private static Operand<TFloat32> shared(Images images) {
    TensorFlowTrace trace = images.trace();
    Scope scope = trace.scope();
    Operand<TFloat32> logSigma = trace.parameter(Gaussian.SHARED_PARAMETER, SHARED);
    Operand<TFloat32> precision = Exp.create(scope, Mul.create(scope, logSigma, trace.number(-2)));
    Operand<TFloat32> scaled =
        Mul.create(scope, squaredError(images), Mul.create(scope, precision, trace.number(-0.5)));
    Operand<TFloat32> normaliser = Mul.create(
        scope,
        Add.create(scope, logSigma, trace.number(HALF_LOG_TWO_PI)),
        trace.number(images.pixels()));
    return Sub.create(scope, scaled, normaliser);
  }

  /** {@code -Σ (½ ((x - x̂) / σ)² + log σ) - D/2 log 2π}. */
  private static Operand<TFloat32> perPixel(Images images) {
    TensorFlowTrace trace = images.trace();
    Scope scope = trace.scope();
    Operand<TFloat32> logSigma = images.group(1);
    Operand<TFloat32> difference = Sub.create(scope, images.group(0), images.x());
    Operand<TFloat32> inverse = Exp.create(scope, Neg.create(scope, logSigma));
    Operand<TFloat32> squared = Square.create(scope, Mul.create(scope, difference, inverse));
    Operand<TFloat32> terms =
        Sub.create(scope, Mul.create(scope, squared, trace.number(-0.5)), logSigma);
    return Sub.create(scope, images.sum(terms), trace.number(images.pixels() * HALF_LOG_TWO_PI));
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
