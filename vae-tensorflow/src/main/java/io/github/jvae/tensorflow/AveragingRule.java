package io.github.jvae.tensorflow;

import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.OptimizerSlot;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.AssignAddVariableOp;
import org.tensorflow.op.math.Mul;
import org.tensorflow.op.math.Sub;
import org.tensorflow.types.TFloat32;

/** Moves variables by another rule, and then their averages after them. */
final class AveragingRule implements UpdateRule {
  private final UpdateRule base;
  private final float take;

  AveragingRule(Averaging averaging, UpdateRule base) {
    this.base = base;
    this.take = averaging.take();
  }

  @Override
  public int size() {
    return base.size();
  }

  @Override
  public float[] numbers(double learningRate, long step) {
    return base.numbers(learningRate, step);
  }

  @Override
  public Op record(Target target, List<Operand<TFloat32>> numbers) {
    Target moved = target.after(base.record(target, numbers));
    Scope scope = moved.scope();
    Operand<TFloat32> way = Sub.create(scope, moved.value(), moved.value(OptimizerSlot.AVERAGE));
    return AssignAddVariableOp.create(
        scope,
        moved.handle(OptimizerSlot.AVERAGE),
        Mul.create(scope, way, moved.trace().number(take)));
  }
}
