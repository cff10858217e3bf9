package io.github.jvae.tensorflow;

import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.support.OptimizerMemory;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** The slots of the optimizer: variables of the engine beside each trained one. */
final class SlotVariables extends OptimizerMemory<StoredVariable, StoredVariable> {
  private final TensorFlowBackend backend;
  private final String name;

  SlotVariables(TensorFlowBackend backend, Optimizer optimizer) {
    super(optimizer, backend.engineVariables());
    this.backend = backend;
    // Several optimizers may train the variables of one backend.
    this.name = "optimizer." + backend.nextNumber() + ".";
  }

  @Override
  protected StoredVariable create(OptimizerSlot slot, StoredVariable variable) {
    return backend.store(
        name + slot.key() + "." + backend.nextNumber(), HostTensor.zeros(variable.shape()));
  }

  @Override
  protected void layOut(StoredVariable kept, StoredVariable variable) {
    kept.decide(variable.layout());
  }

  @Override
  protected List<HostTensor> read(List<StoredVariable> kept) {
    return backend.read(kept);
  }

  @Override
  protected void write(StoredVariable kept, HostTensor value) {
    kept.write(value.data());
  }

  /** Forgets all of them; their memory goes with the graph. */
  void discard() {
    forEach((slot, kept) -> kept.forEach(backend::discard));
    clear();
  }
}
