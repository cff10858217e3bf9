package io.github.jvae.nd4j;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.support.SharedExecutable;
import io.github.jvae.backend.support.SplitPrograms;
import io.github.jvae.nd4j.memory.StoredVariable;
import io.github.jvae.nd4j.record.Recorded;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A computation, alone or with the gradients of its first output. */
final class Nd4jExecutable extends Compiled implements SharedExecutable {
  private final boolean withGradients;
  private Set<String> reached = Set.of();

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
    reached = new LinkedHashSet<>();
    for (String name : backend().engineVariables().names()) {
      StoredVariable variable = backend().engineVariables().require(name);
      Value gradient = gradients.get(variable);
      if (gradient == null) {
        results.add(Value.of(HostTensor.zeros(variable.shape())));
      } else {
        reached.add(name);
        results.add(trace.portable(variable, gradient).unwrap());
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
    return program(inputs).run(inputs);
  }

  @Override
  public @Nullable List<HostTensor> runIfReady(HostTensor... inputs) {
    return withGradients ? null : runIfIdle(SplitPrograms::run, inputs);
  }
}
