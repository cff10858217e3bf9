package io.github.jvae.nd4j;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.nd4j.memory.StoredVariable;
import io.github.jvae.nd4j.record.Recorded;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A computation with the gradients of its first output. */
final class GradientExecutable extends Compiled implements Executable {

  GradientExecutable(Nd4jBackend backend, Computation computation) {
    super(backend, computation);
  }

  @Override
  Recorded complete(Nd4jTrace trace, List<Nd4jTensor> outputs) {
    Map<StoredVariable, Value> gradients = gradients(trace, outputs);
    List<Value> all = new ArrayList<>(values(outputs));
    for (StoredVariable variable : backend().storedVariables().stored()) {
      Value gradient = gradients.get(variable);
      all.add(
          gradient == null
              ? Value.of(HostTensor.zeros(variable.shape()))
              : trace.portable(variable, gradient).unwrap());
    }
    return new Recorded(trace.recording(), all, Map.of());
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return execute(inputs).outputs();
  }
}
