package io.github.jvae.nd4j;

import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** An executable whose memory no other thread releases during a run. */
final class GuardedExecutable implements Executable {
  private final Nd4jBackend backend;
  private final Executable executable;

  GuardedExecutable(Nd4jBackend backend, Executable executable) {
    this.backend = backend;
    this.executable = executable;
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    synchronized (backend) {
      return executable.run(inputs);
    }
  }

  @Override
  public void close() {
    synchronized (backend) {
      executable.close();
    }
  }
}
