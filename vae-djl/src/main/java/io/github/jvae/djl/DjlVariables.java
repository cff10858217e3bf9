package io.github.jvae.djl;

import io.github.jvae.backend.Variables;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of one backend. */
final class DjlVariables implements Variables {
  private final DjlBackend backend;
  private final Map<String, StoredVariable> variables = new LinkedHashMap<>();

  DjlVariables(DjlBackend backend) {
    this.backend = backend;
  }

  @Override
  public void create(Parameter parameter, HostTensor value) {
    backend.requireOpen();
    String name = parameter.name();
    if (variables.containsKey(name)) {
      throw new VaeException("variable " + name + " is declared twice; names must be unique");
    }
    if (!value.shape().equals(parameter.shape())) {
      throw new VaeException("variable " + name + " is declared with shape " + parameter.shape()
          + ", but its value has " + value.shape());
    }
    variables.put(
        name,
        EngineFault.guard("create a variable", () -> new StoredVariable(backend.memory(), value)));
  }

  @Override
  public List<String> names() {
    backend.requireOpen();
    return List.copyOf(variables.keySet());
  }

  @Override
  public Shape shape(String name) {
    backend.requireOpen();
    return require(name).shape();
  }

  @Override
  public HostTensor read(String name) {
    backend.requireOpen();
    StoredVariable variable = require(name);
    return EngineFault.guard("read a variable", variable::read);
  }

  @Override
  public void write(String name, HostTensor value) {
    requireFit(name, value);
    StoredVariable variable = require(name);
    EngineFault.guard("write a variable", () -> {
      variable.write(value);
      return variable;
    });
  }

  StoredVariable require(String name) {
    StoredVariable variable = variables.get(name);
    if (variable == null) {
      throw new VaeException("there is no variable " + name + "; there are "
          + (variables.isEmpty() ? "none" : String.join(", ", variables.keySet())));
    }
    return variable;
  }

  /** The variables by name, in the order of creation. */
  Map<String, StoredVariable> stored() {
    return variables;
  }
}
