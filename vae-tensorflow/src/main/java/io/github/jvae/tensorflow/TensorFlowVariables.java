package io.github.jvae.tensorflow;

import io.github.jvae.backend.support.EngineVariables;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of one backend. */
final class TensorFlowVariables extends EngineVariables<StoredVariable> {
  private final TensorFlowBackend backend;

  TensorFlowVariables(TensorFlowBackend backend) {
    super(backend.lifecycle());
    this.backend = backend;
  }

  @Override
  protected StoredVariable store(String name, HostTensor value) {
    return backend.store(name, value);
  }

  @Override
  protected HostTensor read(StoredVariable variable) {
    return backend.read(List.of(variable)).get(0);
  }

  @Override
  public Map<String, HostTensor> readAll() {
    List<String> names = names();
    List<HostTensor> values = backend.read(List.copyOf(stored()));
    Map<String, HostTensor> result = new LinkedHashMap<>();
    names.forEach(name -> result.put(name, values.get(result.size())));
    return result;
  }

  @Override
  protected void write(StoredVariable variable, HostTensor value) {
    variable.write(value.data());
  }
}
