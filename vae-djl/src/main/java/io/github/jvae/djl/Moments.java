package io.github.jvae.djl;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** The running means of one power of the gradients: an array beside each trained variable. */
final class Moments {
  private final DjlVariables variables;
  private final Memory memory;
  private final Map<StoredVariable, StoredVariable> moments = new LinkedHashMap<>();

  Moments(DjlVariables variables, Memory memory) {
    this.variables = variables;
    this.memory = memory;
  }

  /** The moment of a variable; 0 when it is first asked for. */
  StoredVariable of(StoredVariable variable) {
    return moments.computeIfAbsent(
        variable, v -> new StoredVariable(memory, HostTensor.zeros(v.shape())));
  }

  /** By variable. */
  Map<String, HostTensor> read() {
    Map<String, HostTensor> result = new LinkedHashMap<>();
    variables.stored().forEach((name, variable) -> {
      StoredVariable moment = moments.get(variable);
      result.put(name, moment == null ? HostTensor.zeros(variable.shape()) : moment.read());
    });
    return result;
  }

  void requireFit(Map<String, HostTensor> values) {
    if (!values.keySet().equals(variables.stored().keySet())) {
      throw new VaeException("an optimizer's state is of the variables "
          + new TreeSet<>(values.keySet()) + ", but the model has "
          + new TreeSet<>(variables.stored().keySet()));
    }
    values.forEach((name, value) -> {
      if (!value.shape().equals(variables.shape(name))) {
        throw new VaeException("an optimizer's state of variable " + name + " has shape "
            + value.shape() + ", but the variable has " + variables.shape(name));
      }
    });
  }

  void write(Map<String, HostTensor> values) {
    values.forEach((name, value) -> of(variables.require(name)).write(value));
  }

  void close() {
    moments.values().forEach(StoredVariable::close);
    moments.clear();
  }
}
