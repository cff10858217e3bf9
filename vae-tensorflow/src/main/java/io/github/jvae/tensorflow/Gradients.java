package io.github.jvae.tensorflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;

/** Records the gradients of a loss with respect to the variables it depends on. */
final class Gradients {
  private static final Set<String> NO_GRADIENT = Set.of("StopGradient", "Greater");

  private Gradients() {}

  /** The gradients of the variables that have one, in the layout they are stored in. */
  static Map<StoredVariable, Operand<TFloat32>> record(
      TensorFlowTrace trace, Operand<TFloat32> loss) {
    Set<GraphOperation> reached = differentiable(loss);
    List<StoredVariable> variables = new ArrayList<>();
    List<Output<?>> reads = new ArrayList<>();
    trace.reads().forEach((variable, read) -> {
      // The engine refuses to differentiate by what the loss does not depend on.
      if (reached.contains((GraphOperation) read.op())) {
        variables.add(variable);
        reads.add(read.asOutput());
      }
    });
    Map<StoredVariable, Operand<TFloat32>> result = new LinkedHashMap<>();
    if (!variables.isEmpty()) {
      Output<?>[] gradients =
          trace.session().graph().addGradients(loss.asOutput(), reads.toArray(new Output<?>[0]));
      for (int i = 0; i < gradients.length; i++) {
        result.put(variables.get(i), gradients[i].expect(TFloat32.class));
      }
    }
    return result;
  }

  /** The operations that the loss depends on in a way that a gradient passes. */
  private static Set<GraphOperation> differentiable(Operand<TFloat32> loss) {
    Set<GraphOperation> reached = new HashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>();
    open.add((GraphOperation) loss.op());
    while (!open.isEmpty()) {
      GraphOperation operation = open.remove();
      if (!NO_GRADIENT.contains(operation.type()) && reached.add(operation)) {
        operation.inputs().forEach(input -> open.add((GraphOperation) input.op()));
      }
    }
    return reached;
  }
}
