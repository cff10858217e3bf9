package io.github.jvae.tensorflow;

import io.github.jvae.backend.support.NativeLikelihood;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.tensor.Tensor;
import org.tensorflow.Operand;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.Prod;
import org.tensorflow.op.core.Reshape;
import org.tensorflow.op.core.StopGradient;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Abs;
import org.tensorflow.op.math.Add;
import org.tensorflow.op.math.Log;
import org.tensorflow.op.math.Mul;
import org.tensorflow.op.math.Sigmoid;
import org.tensorflow.op.math.Sub;
import org.tensorflow.op.nn.Relu;
import org.tensorflow.types.TFloat32;

/** {@link Bernoulli} in native operations. */
final class TensorFlowBernoulli extends NativeLikelihood {
  TensorFlowBernoulli() {
    super(new Bernoulli());
  }

  @Override
  protected Tensor logProb(Tensor x, Tensor decoded) {
    Images images = Images.of(this, x, decoded);
    return images.perImage(
        images.trace().isDifferentiated() ? logProb(images) : logProbOfProducts(images));
  }

  /**
   * x · l − softplus(l), summed, as l · (x − s) + (s · l − softplus(l)) with s, the sigmoid of l,
   * and the second term taken for constants: the gradient, x − s, is then a factor that is there
   * already.
   */
  private static Operand<TFloat32> logProb(Images images) {
    Scope scope = images.trace().scope();
    Operand<TFloat32> logits = images.decoded();
    Operand<TFloat32> sigmoids = StopGradient.create(scope, Sigmoid.create(scope, logits));
    Operand<TFloat32> differentiated =
        images.sum(Mul.create(scope, logits, Sub.create(scope, images.x(), sigmoids)));
    Operand<TFloat32> rest = negativeSoftplus(images, Mul.create(scope, logits, sigmoids));
    return Add.create(scope, differentiated, StopGradient.create(scope, rest));
  }

  /** Records the same to be computed but not differentiated. */
  private static Operand<TFloat32> logProbOfProducts(Images images) {
    return negativeSoftplus(
        images, Mul.create(images.trace().scope(), images.x(), images.decoded()));
  }

  /**
   * The sum of terms from which the softplus of the logits is taken, with few logarithms: see
   * {@link Bernoulli#factors}. The engine's sigmoid is vectorised, and its softplus is not.
   */
  private static Operand<TFloat32> negativeSoftplus(Images images, Operand<TFloat32> terms) {
    TensorFlowTrace trace = images.trace();
    Scope scope = trace.scope();
    Operand<TFloat32> logits = images.decoded();
    Operand<TFloat32> linear = images.sum(Sub.create(scope, terms, Relu.create(scope, logits)));
    int pixels = images.pixels();
    int factors = Bernoulli.factors(pixels);
    Operand<TFloat32> sigmoids = Reshape.create(
        scope,
        Sigmoid.create(scope, Abs.create(scope, logits)),
        trace.integers(-1, pixels / factors, factors));
    Operand<TFloat32> logs = Log.create(scope, Prod.create(scope, sigmoids, trace.integers(2)));
    return Add.create(scope, linear, Sum.create(scope, logs, trace.integers(1)));
  }
}
