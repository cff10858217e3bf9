package io.github.jvae.tensorflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Scope;
import org.tensorflow.op.math.Add;
import org.tensorflow.op.math.AddN;
import org.tensorflow.op.math.Div;
import org.tensorflow.op.math.Minimum;
import org.tensorflow.op.math.Mul;
import org.tensorflow.op.math.Sqrt;
import org.tensorflow.op.nn.L2Loss;
import org.tensorflow.types.TFloat32;

/** Scales all gradients down together if their norm is above a limit. */
final class GradientClipping {
  /** What PyTorch adds to the norm. */
  private static final double MARGIN = 1e-6;

  private GradientClipping() {}

  static Map<StoredVariable, Operand<TFloat32>> record(
      TensorFlowTrace trace, Map<StoredVariable, Operand<TFloat32>> gradients, double limit) {
    if (gradients.isEmpty()) {
      return gradients;
    }
    Scope scope = trace.scope();
    List<Operand<TFloat32>> halves = new ArrayList<>();
    gradients.values().forEach(gradient -> halves.add(L2Loss.create(scope, gradient)));
    Operand<TFloat32> squared = Mul.create(scope, AddN.create(scope, halves), trace.number(2));
    Operand<TFloat32> norm = Add.create(scope, Sqrt.create(scope, squared), trace.number(MARGIN));
    Operand<TFloat32> factor =
        Minimum.create(scope, Div.create(scope, trace.number(limit), norm), trace.number(1));
    Map<StoredVariable, Operand<TFloat32>> result = new LinkedHashMap<>();
    gradients.forEach(
        (variable, gradient) -> result.put(variable, Mul.create(scope, gradient, factor)));
    return result;
  }
}
