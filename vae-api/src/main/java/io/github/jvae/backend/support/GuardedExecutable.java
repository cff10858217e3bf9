package io.github.jvae.backend.support;

import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An executable that threads enter one at a time, or a few at once where it allows that. */
final class GuardedExecutable implements Executable {
  private final EngineBackend backend;
  private final Executable executable;

  GuardedExecutable(EngineBackend backend, Executable executable) {
    this.backend = backend;
    this.executable = executable;
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    List<HostTensor> results =
        executable instanceof SharedExecutable shared ? runInLane(shared, inputs) : null;
    return results == null ? backend.use(() -> executable.run(inputs)) : results;
  }

  private @Nullable List<HostTensor> runInLane(SharedExecutable shared, HostTensor... inputs) {
    backend.lifecycle().enterLane();
    try {
      return shared.runIfReady(inputs);
    } finally {
      backend.lifecycle().leaveLane();
      // Else what the engine frees with unreachable objects could go while it is used.
      Reference.reachabilityFence(this);
    }
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
