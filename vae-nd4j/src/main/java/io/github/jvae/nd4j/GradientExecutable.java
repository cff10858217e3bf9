package io.github.jvae.nd4j;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A computation with the gradients of its first output. */
final class GradientExecutable extends Compiled implements Executable {
  private Set<String> reached = Set.of();

  GradientExecutable(Nd4jBackend backend, Computation computation) {
    super(backend, computation);
  }

  @Override
  Recorded complete(Nd4jTrace trace, List<Nd4jTensor> outputs) {
    Map<StoredVariable, Value> gradients = gradients(trace, outputs);
    List<Value> all = new ArrayList<>(values(outputs));
    reached = new LinkedHashSet<>();
    for (String name : backend().storedVariables().names()) {
      StoredVariable variable = backend().storedVariables().require(name);
      Value gradient = gradients.get(variable);
      if (gradient == null) {
        all.add(Value.of(HostTensor.zeros(variable.shape())));
      } else {
        reached.add(name);
        all.add(trace.portable(variable, gradient).unwrap());
      }
    }
    return new Recorded(trace.recording(), all, Map.of());
  }

  @Override
  public Set<String> reached() {
    requireOpen();
    return Set.copyOf(reached);
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return execute(inputs).outputs();
  }
}
