package io.github.jvae.tensorflow;

import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A slot of the optimizer: a variable beside each trained one. */
final class SlotVariables {
  private final TensorFlowBackend backend;
  private final String name;
  private final Map<StoredVariable, StoredVariable> slots = new LinkedHashMap<>();

  SlotVariables(TensorFlowBackend backend, OptimizerSlot slot) {
    this.backend = backend;
    // Several optimizers may train the variables of one backend.
    this.name = "optimizer." + backend.nextNumber() + "." + slot.key() + ".";
  }

  /** The slot of a variable, 0 when it is first asked for; in the engine it lies as that does. */
  StoredVariable beside(StoredVariable variable) {
    StoredVariable slot = of(variable);
    slot.decide(variable.layout());
    return slot;
  }

  private StoredVariable of(StoredVariable variable) {
    return slots.computeIfAbsent(
        variable, v -> backend.store(name + backend.nextNumber(), HostTensor.zeros(v.shape())));
  }

  /** Forgets all of them; their memory goes with the graph. */
  void discard() {
    slots.values().forEach(backend::discard);
    slots.clear();
  }

  /** Returns the arrays by variable, in the portable layout. */
  Map<String, HostTensor> read() {
    List<StoredVariable> stored = new ArrayList<>();
    backend.storedVariables().stored().forEach(variable -> stored.add(of(variable)));
    List<HostTensor> values = backend.read(stored);
    Map<String, HostTensor> result = new LinkedHashMap<>();
    int i = 0;
    for (String variable : backend.storedVariables().names()) {
      result.put(variable, values.get(i++));
    }
    return result;
  }

  void write(Map<String, HostTensor> values) {
    values.forEach(
        (variable, value) -> of(backend.storedVariables().require(variable)).write(value.data()));
  }
}
