package io.github.jvae.djl;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** A computation, alone or with the gradients of its first output. */
final class DjlExecutable extends Compiled implements Executable {
  DjlExecutable(DjlBackend backend, Computation computation, boolean withGradients) {
    super(backend, computation, withGradients);
  }

  @Override
  CompiledTrace compile(DjlTrace trace, List<DjlTensor> outputs, double share) {
    ScriptValue loss = isDifferentiated() ? loss(outputs).unwrap() : null;
    ScriptWriter writer = new ScriptWriter(trace, backend().memory(), outputs, loss);
    if (isDifferentiated()) {
      backend().engineVariables().stored().forEach(writer::addGradient);
    }
    writer.takeResults();
    return writer.finish();
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return run(recording(inputs), inputs);
  }
}
