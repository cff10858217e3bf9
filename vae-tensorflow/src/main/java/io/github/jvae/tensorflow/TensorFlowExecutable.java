package io.github.jvae.tensorflow;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.support.SharedExecutable;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A computation, alone or with the gradients of its first output. */
final class TensorFlowExecutable extends Compiled implements SharedExecutable {
  private final boolean withGradients;
  private Set<String> reached = Set.of();

  TensorFlowExecutable(TensorFlowBackend backend, Computation computation, boolean withGradients) {
    super(backend, computation, withGradients);
    this.withGradients = withGradients;
  }

  @Override
  void complete(TensorFlowTrace trace, CompiledTrace compiled, List<TensorFlowTensor> outputs) {
    if (!trace.isDifferentiated()) {
      return;
    }
    Map<StoredVariable, Operand<TFloat32>> gradients =
        Gradients.record(trace, loss(outputs).unwrap());
    reached = new LinkedHashSet<>();
    for (String name : backend().engineVariables().names()) {
      StoredVariable variable = backend().engineVariables().require(name);
      Operand<TFloat32> gradient = gradients.get(variable);
      if (gradient == null) {
        compiled.zeros(variable.shape());
      } else {
        reached.add(name);
        compiled.output(trace.portable(variable, gradient).unwrap(), variable.shape());
      }
    }
  }

  @Override
  public Set<String> reached() {
    requireOpen();
    return withGradients ? Set.copyOf(reached) : SharedExecutable.super.reached();
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return execute(inputs);
  }

  @Override
  public @Nullable List<HostTensor> runIfReady(HostTensor... inputs) {
    return withGradients || backend().hasWaiting() ? null : runIfIdle(CompiledTrace::run, inputs);
  }
}
