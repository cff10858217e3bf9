package io.github.jvae.tensorflow;

import io.github.jvae.backend.Variables;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of one backend. */
final class TensorFlowVariables implements Variables {
  private final TensorFlowBackend backend;
  private final Map<String, StoredVariable> variables = new LinkedHashMap<>();
  private final Map<String, Layout> layouts = new HashMap<>();

  TensorFlowVariables(TensorFlowBackend backend) {
    this.backend = backend;
  }

  /**
   * Notes in which layouts a network would like its variables, for those that are not created yet.
   * The first to ask gets its way; whoever else uses the variable records a conversion.
   */
  void prefer(Map<String, Layout> wishes) {
    wishes.forEach(layouts::putIfAbsent);
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
    Layout wish = layouts.get(name);
    Layout layout =
        wish != null && wish.fits(value.shape()) ? wish : Layout.portable(value.shape());
    variables.put(name, backend.store(name, value, layout));
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
    return backend.read(List.of(require(name))).get(0);
  }

  @Override
  public Map<String, HostTensor> readAll() {
    backend.requireOpen();
    List<HostTensor> values = backend.read(new ArrayList<>(variables.values()));
    Map<String, HostTensor> result = new LinkedHashMap<>();
    variables.keySet().forEach(name -> result.put(name, values.get(result.size())));
    return result;
  }

  @Override
  public void write(String name, HostTensor value) {
    requireFit(name, value);
    require(name).write(value.data());
  }

  StoredVariable require(String name) {
    StoredVariable variable = find(name);
    if (variable == null) {
      throw new VaeException("there is no variable " + name + "; there are "
          + (variables.isEmpty() ? "none" : String.join(", ", variables.keySet())));
    }
    return variable;
  }

  @Nullable
  StoredVariable find(String name) {
    return variables.get(name);
  }

  /** The variables by name, in the order of creation. */
  Map<String, StoredVariable> stored() {
    return variables;
  }
}
