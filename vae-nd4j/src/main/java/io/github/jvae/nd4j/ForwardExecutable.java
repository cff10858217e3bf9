package io.github.jvae.nd4j;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.nd4j.record.Recorded;
import io.github.jvae.tensor.HostTensor;
import java.util.List;
import java.util.Map;

/** A computation as it is. */
final class ForwardExecutable extends Compiled implements Executable {

  ForwardExecutable(Nd4jBackend backend, Computation computation) {
    super(backend, computation);
  }

  @Override
  Recorded complete(Nd4jTrace trace, List<Nd4jTensor> outputs) {
    return new Recorded(trace.recording(), values(outputs), Map.of());
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return execute(inputs).outputs();
  }
}
