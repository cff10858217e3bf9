package io.github.jvae.tensorflow;

import io.github.jvae.backend.support.ImageBatch;
import io.github.jvae.backend.support.NativeLikelihood;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Prod;
import org.tensorflow.types.TFloat32;

/** {@link Bernoulli} in native operations. */
final class TensorFlowBernoulli extends NativeLikelihood<TensorFlowTensor, Operand<TFloat32>> {
  TensorFlowBernoulli() {
    super(TensorFlowTensor.class, TensorFlowModule.NAME, new Bernoulli());
  }

  @Override
  protected Tensor logProb(ImageBatch<TensorFlowTensor, Operand<TFloat32>> images) {
    Tensor x = images.x();
    TensorFlowTensor logits = images.decoded();
    return logits.engineTrace().isDifferentiated()
        ? logProb(x, logits)
        : negativeSoftplus(logits, x.multiply(logits));
  }

  /**
   * x · l − softplus(l), summed, as l · (x − s) + (s · l − softplus(l)) with s, the sigmoid of l,
   * and the second term taken for constants: the gradient, x − s, is then a factor that is there
   * already.
   */
  private static Tensor logProb(Tensor x, TensorFlowTensor logits) {
    Tensor sigmoids = logits.sigmoid().stopGradient();
    Tensor differentiated = ImageBatch.sum(logits.multiply(x.subtract(sigmoids)));
    Tensor rest = negativeSoftplus(logits, logits.multiply(sigmoids));
    return differentiated.add(rest.stopGradient());
  }

  /**
   * The sum of terms from which the softplus of the logits is taken, with few logarithms: see
   * {@link Bernoulli#factors}. The engine's sigmoid is vectorised, and its softplus is not.
   */
  private static Tensor negativeSoftplus(TensorFlowTensor logits, Tensor terms) {
    TensorFlowTrace trace = logits.engineTrace();
    Tensor linear = ImageBatch.sum(terms.subtract(logits.relu()));
    int batch = logits.shape().dimension(0);
    int pixels = logits.shape().size() / batch;
    int factors = Bernoulli.factors(pixels);
    Tensor sigmoids = logits.abs().sigmoid().reshape(batch, pixels / factors, factors);
    Tensor products = trace.tensor(
        Shape.of(batch, pixels / factors),
        Prod.create(trace.scope(), ((TensorFlowTensor) sigmoids).unwrap(), trace.integers(2)));
    return linear.add(products.log().sum(1));
  }
}
