package io.github.jvae.tensorflow;

import io.github.jvae.backend.OptimizerSlot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.math.Add;
import org.tensorflow.op.math.Mul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** How an optimizer moves a variable, and what it is fed to do so. */
interface UpdateRule {

  /** Returns how many numbers a step is fed. */
  int size();

  /** Returns the numbers that a step is fed, which is counted from 1. */
  float[] numbers(double learningRate, long step);

  /** Records the update of one variable, for which {@link #numbers} are fed. */
  Op record(Target target, List<Operand<TFloat32>> numbers);

  /**
   * A variable to be updated.
   *
   * @param trace where it is recorded
   * @param scope what is recorded in it runs after all that reads variables
   * @param variable the variable
   * @param slots what is remembered of it
   * @param gradient after clipping
   */
  record Target(
      TensorFlowTrace trace,
      Scope scope,
      StoredVariable variable,
      Map<OptimizerSlot, StoredVariable> slots,
      Operand<TFloat32> gradient) {

    Operand<? extends TType> handle() {
      return variable.handle(trace.session());
    }

    Operand<? extends TType> handle(OptimizerSlot slot) {
      return Objects.requireNonNull(slots.get(slot)).handle(trace.session());
    }

    /** Returns the same after something else. */
    Target after(Op operation) {
      Scope later = scope.withControlDependencies(List.of(operation));
      return new Target(trace, later, variable, slots, gradient);
    }

    Operand<TFloat32> value() {
      return ReadVariableOp.create(scope, handle(), TFloat32.class);
    }

    Operand<TFloat32> value(OptimizerSlot slot) {
      return ReadVariableOp.create(scope, handle(slot), TFloat32.class);
    }

    /** The gradient, and what pulls the variable towards 0. */
    Operand<TFloat32> gradient(double weightDecay) {
      return weightDecay == 0
          ? gradient
          : Add.create(scope, gradient, Mul.create(scope, value(), trace.number(weightDecay)));
    }
  }
}
