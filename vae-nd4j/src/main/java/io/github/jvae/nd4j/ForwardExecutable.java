package io.github.jvae.nd4j;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** A computation as it is. */
final class ForwardExecutable extends Compiled implements Executable {

  ForwardExecutable(Nd4jBackend backend, Computation computation) {
    super(backend, computation);
  }

  @Override
  Replay complete(Recording recording, List<Value> outputs) {
    return new Replay(recording, outputs, List.of(), backend().threads());
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return execute(inputs).outputs();
  }
}
