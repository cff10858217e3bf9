package io.github.jvae.djl;

import io.github.jvae.backend.support.EngineVariables;
import io.github.jvae.backend.support.Lifecycle;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;

/** The variables of one backend. */
final class DjlVariables extends EngineVariables<StoredVariable> {
  private final Memory memory;

  DjlVariables(Lifecycle lifecycle, Memory memory) {
    super(lifecycle);
    this.memory = memory;
  }

  @Override
  protected StoredVariable store(String name, HostTensor value) {
    return EngineFault.guard("create a variable", () -> new StoredVariable(memory, value));
  }

  @Override
  protected Shape shape(StoredVariable variable) {
    return variable.shape();
  }

  @Override
  protected HostTensor read(StoredVariable variable) {
    return EngineFault.guard("read a variable", variable::read);
  }

  @Override
  protected void write(StoredVariable variable, HostTensor value) {
    EngineFault.guard("write a variable", () -> {
      variable.write(value);
      return variable;
    });
  }
}
