package io.github.jvae.tensorflow;

import io.github.jvae.backend.GradientLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.Identity;
import org.tensorflow.op.core.SwitchCond;
import org.tensorflow.op.math.Add;
import org.tensorflow.op.math.AddN;
import org.tensorflow.op.math.Div;
import org.tensorflow.op.math.LessEqual;
import org.tensorflow.op.math.Minimum;
import org.tensorflow.op.math.Mul;
import org.tensorflow.op.math.Sqrt;
import org.tensorflow.op.nn.L2Loss;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The norm of all gradients together, and what follows from it. */
final class LimitedGradients {
  private final TensorFlowTrace trace;
  private final Scope scope;
  private final Map<StoredVariable, Operand<TFloat32>> gradients;
  private final Operand<TFloat32> norm;

  LimitedGradients(TensorFlowTrace trace, Map<StoredVariable, Operand<TFloat32>> gradients) {
    this.trace = trace;
    this.scope = trace.scope();
    this.gradients = gradients;
    this.norm = gradients.isEmpty() ? trace.number(0) : recordNorm();
  }

  private Operand<TFloat32> recordNorm() {
    List<Operand<TFloat32>> halves = new ArrayList<>();
    gradients.values().forEach(gradient -> halves.add(L2Loss.create(scope, gradient)));
    Operand<TFloat32> squared = Mul.create(scope, AddN.create(scope, halves), trace.number(2));
    return Sqrt.create(scope, squared);
  }

  Operand<TFloat32> norm() {
    return norm;
  }

  /** All of them scaled down together if the norm is above a limit. */
  Map<StoredVariable, Operand<TFloat32>> clipped(double limit) {
    Operand<TFloat32> divisor = Add.create(scope, norm, trace.number(GradientLimits.MARGIN));
    Operand<TFloat32> factor =
        Minimum.create(scope, Div.create(scope, trace.number(limit), divisor), trace.number(1));
    Map<StoredVariable, Operand<TFloat32>> result = new LinkedHashMap<>();
    gradients.forEach(
        (variable, gradient) -> result.put(variable, Mul.create(scope, gradient, factor)));
    return result;
  }

  /**
   * What comes to be only if the norm is no greater: the engine runs nothing that waits for it
   * otherwise.
   */
  Op leaveUpTo(float greatest) {
    Operand<TBool> taken = LessEqual.create(scope, norm, trace.number(greatest));
    return Identity.create(scope, SwitchCond.create(scope, taken, taken).outputTrue());
  }
}
