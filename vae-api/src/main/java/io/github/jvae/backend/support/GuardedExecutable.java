package io.github.jvae.backend.support;

import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import java.util.List;
import java.util.Set;

/** An executable that threads enter one at a time. */
final class GuardedExecutable implements Executable {
  private final EngineBackend backend;
  private final Executable executable;

  GuardedExecutable(EngineBackend backend, Executable executable) {
    this.backend = backend;
    this.executable = executable;
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return backend.use(() -> executable.run(inputs));
  }

  @Override
  public Set<String> reached() {
    return backend.use(executable::reached);
  }

  @Override
  public void close() {
    backend.close(executable);
  }
}
