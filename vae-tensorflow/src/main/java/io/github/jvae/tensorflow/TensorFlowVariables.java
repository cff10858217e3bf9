package io.github.jvae.tensorflow;

import io.github.jvae.backend.support.EngineVariables;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of one backend. */
final class TensorFlowVariables extends EngineVariables<StoredVariable> {
  private final TensorFlowBackend backend;
  private final Map<String, Layout> layouts = new HashMap<>();

  TensorFlowVariables(TensorFlowBackend backend) {
    super(backend.lifecycle());
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
  protected StoredVariable store(String name, HostTensor value) {
    Layout wish = layouts.get(name);
    Layout layout =
        wish != null && wish.fits(value.shape()) ? wish : Layout.portable(value.shape());
    return backend.store(name, value, layout);
  }

  @Override
  protected Shape shape(StoredVariable variable) {
    return variable.shape();
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
