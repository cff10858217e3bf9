package io.github.jvae.backend.support;

import io.github.jvae.backend.Variables;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Map;

/** Variables that threads read and write one at a time; several at once belong together. */
final class GuardedVariables implements Variables {
  private final EngineBackend backend;
  private final Variables variables;

  GuardedVariables(EngineBackend backend, Variables variables) {
    this.backend = backend;
    this.variables = variables;
  }

  private void change(Runnable change) {
    backend.use(() -> {
      change.run();
      return variables;
    });
  }

  @Override
  public void create(Parameter parameter, HostTensor value) {
    change(() -> variables.create(parameter, value));
  }

  @Override
  public List<String> names() {
    return backend.use(variables::names);
  }

  @Override
  public Shape shape(String name) {
    return backend.use(() -> variables.shape(name));
  }

  @Override
  public HostTensor read(String name) {
    return backend.use(() -> variables.read(name));
  }

  @Override
  public Map<String, HostTensor> readAll() {
    return backend.use(variables::readAll);
  }

  @Override
  public void write(String name, HostTensor value) {
    change(() -> variables.write(name, value));
  }

  @Override
  public void writeAll(Map<String, HostTensor> values) {
    change(() -> variables.writeAll(values));
  }
}
