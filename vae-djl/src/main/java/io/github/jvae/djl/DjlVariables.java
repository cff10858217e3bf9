package io.github.jvae.djl;

import io.github.jvae.backend.support.EngineVariables;
import io.github.jvae.backend.support.Lifecycle;
import io.github.jvae.tensor.HostTensor;

/** The variables of one backend. */
final class DjlVariables extends EngineVariables<StoredVariable> {
  private final Memory memory;

  DjlVariables(Lifecycle lifecycle, Memory memory) {
    super(lifecycle);
    this.memory = memory;
  }

  @Override
  protected StoredVariable store(String name, HostTensor value) {
    return DjlFault.guard("create a variable", () -> new StoredVariable(memory, value));
  }

  @Override
  protected HostTensor read(StoredVariable variable) {
    return DjlFault.guard("read a variable", variable::read);
  }

  @Override
  protected void write(StoredVariable variable, HostTensor value) {
    DjlFault.guard("write a variable", () -> {
      variable.write(value);
      return variable;
    });
  }
}
