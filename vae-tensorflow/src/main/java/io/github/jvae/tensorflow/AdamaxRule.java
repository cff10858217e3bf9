package io.github.jvae.tensorflow;

import io.github.jvae.backend.Adamax;
import io.github.jvae.backend.OptimizerSlot;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.AssignSubVariableOp;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.math.Abs;
import org.tensorflow.op.math.Add;
import org.tensorflow.op.math.Div;
import org.tensorflow.op.math.Maximum;
import org.tensorflow.op.math.Mul;
import org.tensorflow.types.TFloat32;

/** PyTorch's Adamax; TensorFlow's own adds epsilon elsewhere. */
final class AdamaxRule implements UpdateRule {
  private final Adamax adamax;

  AdamaxRule(Adamax adamax) {
    this.adamax = adamax;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public float[] numbers(double learningRate, long step) {
    return new float[] {(float) (learningRate / (1 - Math.pow(adamax.beta1(), (double) step)))};
  }

  @Override
  public Op record(Target target, List<Operand<TFloat32>> numbers) {
    Scope scope = target.scope();
    TensorFlowTrace trace = target.trace();
    Operand<TFloat32> g = target.gradient(adamax.weightDecay());
    Operand<TFloat32> m = Add.create(
        scope,
        Mul.create(scope, target.value(OptimizerSlot.FIRST_MOMENT), trace.number(adamax.beta1())),
        Mul.create(scope, g, trace.number(1 - adamax.beta1())));
    Operand<TFloat32> u = Maximum.create(
        scope,
        Mul.create(
            scope, target.value(OptimizerSlot.LARGEST_GRADIENT), trace.number(adamax.beta2())),
        Add.create(scope, Abs.create(scope, g), trace.number(adamax.epsilon())));
    Operand<TFloat32> move = Div.create(scope, Mul.create(scope, m, numbers.get(0)), u);
    return NoOp.create(scope.withControlDependencies(List.<Op>of(
        AssignVariableOp.create(scope, target.handle(OptimizerSlot.FIRST_MOMENT), m),
        AssignVariableOp.create(scope, target.handle(OptimizerSlot.LARGEST_GRADIENT), u),
        AssignSubVariableOp.create(scope, target.handle(), move))));
  }
}
