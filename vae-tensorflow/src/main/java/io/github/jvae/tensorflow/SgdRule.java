package io.github.jvae.tensorflow;

import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.Sgd;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.train.ResourceApplyGradientDescent;
import org.tensorflow.op.train.ResourceApplyMomentum;
import org.tensorflow.types.TFloat32;

/** PyTorch's gradient descent, with and without momentum. */
final class SgdRule implements UpdateRule {
  private final Sgd sgd;

  SgdRule(Sgd sgd) {
    this.sgd = sgd;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public float[] numbers(double learningRate, long step) {
    return new float[] {(float) learningRate};
  }

  @Override
  public Op record(Target target, List<Operand<TFloat32>> numbers) {
    Operand<TFloat32> gradient = target.gradient(sgd.weightDecay());
    if (sgd.momentum() == 0) {
      return ResourceApplyGradientDescent.create(
          target.scope(), target.handle(), numbers.get(0), gradient);
    }
    return ResourceApplyMomentum.create(
        target.scope(),
        target.handle(),
        target.handle(OptimizerSlot.VELOCITY),
        numbers.get(0),
        gradient,
        target.trace().number(sgd.momentum()),
        ResourceApplyMomentum.useNesterov(sgd.nesterov()));
  }
}
