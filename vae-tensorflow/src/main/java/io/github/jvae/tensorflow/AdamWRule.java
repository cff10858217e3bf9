package io.github.jvae.tensorflow;

import io.github.jvae.backend.AdamW;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.op.math.Mul;
import org.tensorflow.types.TFloat32;

/** PyTorch's AdamW: the variable shrinks, and then Adam moves it. */
final class AdamWRule implements UpdateRule {
  private final AdamW adamW;
  private final AdamRule adam;

  AdamWRule(AdamW adamW) {
    this.adamW = adamW;
    this.adam = new AdamRule(adamW.adam());
  }

  @Override
  public int size() {
    return adam.size() + 1;
  }

  @Override
  public float[] numbers(double learningRate, long step) {
    float[] numbers = Arrays.copyOf(adam.numbers(learningRate, step), size());
    numbers[adam.size()] = (float) (1 - learningRate * adamW.weightDecay());
    return numbers;
  }

  @Override
  public Op record(Target target, List<Operand<TFloat32>> numbers) {
    Scope scope = target.scope();
    Operand<TFloat32> smaller = Mul.create(scope, target.value(), numbers.get(adam.size()));
    Op shrunk = AssignVariableOp.create(scope, target.handle(), smaller);
    return adam.record(target.after(shrunk), numbers);
  }
}
