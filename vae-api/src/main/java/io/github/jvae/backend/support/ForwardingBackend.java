package io.github.jvae.backend.support;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.Variables;
import java.util.Map;

/** A backend that hands everything on to another: for those that change a part of one. */
public abstract class ForwardingBackend implements Backend {
  private final Backend backend;

  /** @param backend does the work, and is closed with this */
  protected ForwardingBackend(Backend backend) {
    this.backend = backend;
  }

  @Override
  public BackendInfo info() {
    return backend.info();
  }

  @Override
  public Map<Capability, String> gaps() {
    return backend.gaps();
  }

  @Override
  public Variables variables() {
    return backend.variables();
  }

  @Override
  public Executable compile(Computation computation) {
    return backend.compile(computation);
  }

  @Override
  public Executable compileGradients(Computation loss) {
    return backend.compileGradients(loss);
  }

  @Override
  public TrainingStep compileTraining(Computation loss, Optimizer optimizer) {
    return backend.compileTraining(loss, optimizer);
  }

  @Override
  public void close() {
    backend.close();
  }
}
