package io.github.jvae.tensorflow;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.OptimizerSlot;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.train.ResourceApplyAdam;
import org.tensorflow.types.TFloat32;

/**
 * PyTorch's Adam.
 *
 * <p>TensorFlow's adds epsilon to another root than PyTorch's does. Fed with {@code lr · √(1 - β₂ᵗ)
 * / (1 - β₁ᵗ)} as the learning rate, {@code ε · √(1 - β₂ᵗ)} as epsilon, both computed in double
 * precision, and with powers of 0, it computes PyTorch's. The β are those that its kernel knows, in
 * single precision: it computes {@code 1 - β₂}, which is 1e-5 off for 0.999, and moments so weighed
 * must be divided by the sum of just these weights.
 */
final class AdamRule implements UpdateRule {
  private final Adam adam;

  AdamRule(Adam adam) {
    this.adam = adam;
  }

  @Override
  public int size() {
    return 2;
  }

  @Override
  public float[] numbers(double learningRate, long step) {
    double root = Math.sqrt(1 - Math.pow((float) adam.beta2(), (double) step));
    double rate = learningRate * root / (1 - Math.pow((float) adam.beta1(), (double) step));
    return new float[] {(float) rate, (float) (adam.epsilon() * root)};
  }

  @Override
  public Op record(Target target, List<Operand<TFloat32>> numbers) {
    TensorFlowTrace trace = target.trace();
    return ResourceApplyAdam.create(
        target.scope(),
        target.handle(),
        target.handle(OptimizerSlot.FIRST_MOMENT),
        target.handle(OptimizerSlot.SECOND_MOMENT),
        trace.number(0),
        trace.number(0),
        numbers.get(0),
        trace.number(adam.beta1()),
        trace.number(adam.beta2()),
        numbers.get(1),
        target.gradient());
  }
}
