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

/** A computation, alone or with the gradients of its first output. */
final class Nd4jExecutable extends Compiled implements Executable {
  private final boolean withGradients;

  Nd4jExecutable(Nd4jBackend backend, Computation computation, boolean withGradients) {
    super(backend, computation);
    this.withGradients = withGradients;
  }

  @Override
  Recorded complete(Nd4jTrace trace, List<Nd4jTensor> outputs) {
    List<Value> results = new ArrayList<>(values(outputs));
    if (withGradients) {
      addGradients(trace, outputs, results);
    }
    return new Recorded(trace.recording(), results, Map.of());
  }

  private void addGradients(Nd4jTrace trace, List<Nd4jTensor> outputs, List<Value> results) {
    Map<StoredVariable, Value> gradients = gradients(trace, outputs);
    for (StoredVariable variable : backend().engineVariables().stored()) {
      Value gradient = gradients.get(variable);
      results.add(
          gradient == null
              ? Value.of(HostTensor.zeros(variable.shape()))
              : trace.portable(variable, gradient).unwrap());
    }
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return recording(inputs).run(inputs);
  }
}
