package io.github.jvae.djl;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** A computation without gradients. */
final class ForwardExecutable extends Compiled implements Executable {

  ForwardExecutable(DjlBackend backend, Computation computation) {
    super(backend, computation);
  }

  @Override
  boolean isDifferentiated() {
    return false;
  }

  @Override
  CompiledTrace compile(DjlTrace trace, List<DjlTensor> outputs, double share) {
    ScriptWriter writer = new ScriptWriter(trace, backend().memory(), outputs, null);
    writer.takeResults();
    return writer.finish();
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return run(recording(inputs), inputs);
  }
}
