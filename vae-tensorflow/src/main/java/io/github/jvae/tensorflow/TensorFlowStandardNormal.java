package io.github.jvae.tensorflow;

import io.github.jvae.backend.support.NativeStandardNormal;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import org.tensorflow.Operand;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Add;
import org.tensorflow.op.math.Expm1;
import org.tensorflow.op.math.Mul;
import org.tensorflow.op.math.Square;
import org.tensorflow.op.math.Sub;
import org.tensorflow.types.TFloat32;

/** {@link StandardNormal} in native operations. */
final class TensorFlowStandardNormal extends NativeStandardNormal {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  TensorFlowStandardNormal() {
    super(new StandardNormal());
  }

  /** {@code -½ Σ z² - L/2 log 2π}. */
  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    TensorFlowTensor batch = requireLatent(z);
    TensorFlowTrace trace = batch.recording();
    Operand<TFloat32> half = halved(trace, Square.create(trace.scope(), batch.unwrap()), -0.5);
    int latent = z.shape().dimension(1);
    return trace.tensor(
        Shape.of(z.shape().dimension(0)),
        Sub.create(trace.scope(), half, trace.number(latent * HALF_LOG_TWO_PI)));
  }

  @Override
  protected Tensor kl(DiagonalGaussian gaussian) {
    TensorFlowTensor mean = requireLatent(gaussian.mean());
    Operand<TFloat32> logVariance = requireLatent(gaussian.logVariance()).unwrap();
    TensorFlowTrace trace = mean.recording();
    Scope scope = trace.scope();
    Operand<TFloat32> excess = Sub.create(scope, Expm1.create(scope, logVariance), logVariance);
    Operand<TFloat32> terms = Add.create(scope, Square.create(scope, mean.unwrap()), excess);
    return trace.tensor(Shape.of(mean.shape().dimension(0)), halved(trace, terms, 0.5));
  }

  private static Operand<TFloat32> halved(
      TensorFlowTrace trace, Operand<TFloat32> terms, double factor) {
    Scope scope = trace.scope();
    return Mul.create(scope, Sum.create(scope, terms, trace.integers(1)), trace.number(factor));
  }

  private TensorFlowTensor requireLatent(Tensor tensor) {
    return TensorFlowTensor.require(
        "prior " + name(), tensor, Shape.of(tensor.shape().dimension(-1)));
  }
}
