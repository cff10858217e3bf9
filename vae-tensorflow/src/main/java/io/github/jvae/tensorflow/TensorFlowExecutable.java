package io.github.jvae.tensorflow;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A computation, alone or with the gradients of its first output. */
final class TensorFlowExecutable extends Compiled implements Executable {
  TensorFlowExecutable(TensorFlowBackend backend, Computation computation, boolean withGradients) {
    super(backend, computation, withGradients);
  }

  @Override
  void complete(TensorFlowTrace trace, CompiledTrace compiled, List<TensorFlowTensor> outputs) {
    if (!trace.isDifferentiated()) {
      return;
    }
    Map<StoredVariable, Operand<TFloat32>> gradients =
        Gradients.record(trace, loss(outputs).unwrap());
    for (StoredVariable variable : backend().engineVariables().stored()) {
      Operand<TFloat32> gradient = gradients.get(variable);
      if (gradient == null) {
        compiled.zeros(variable.shape());
      } else {
        compiled.output(trace.portable(variable, gradient).unwrap(), variable.shape());
      }
    }
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return execute(inputs);
  }
}
