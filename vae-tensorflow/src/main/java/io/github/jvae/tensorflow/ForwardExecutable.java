package io.github.jvae.tensorflow;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** A computation without gradients. */
final class ForwardExecutable extends Compiled implements Executable {

  ForwardExecutable(TensorFlowBackend backend, Computation computation) {
    super(backend, computation);
  }

  @Override
  boolean isDifferentiated() {
    return false;
  }

  @Override
  void complete(TensorFlowTrace trace, CompiledTrace compiled, List<TensorFlowTensor> outputs) {}

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return execute(inputs);
  }
}
