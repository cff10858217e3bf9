package io.github.jvae.djl;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** A computation with the gradients of its first output. */
final class GradientExecutable extends Compiled implements Executable {

  GradientExecutable(DjlBackend backend, Computation computation) {
    super(backend, computation);
  }

  @Override
  boolean isDifferentiated() {
    return true;
  }

  @Override
  CompiledTrace compile(DjlTrace trace, List<DjlTensor> outputs, double share) {
    ScriptWriter writer =
        new ScriptWriter(trace, backend().memory(), outputs, loss(outputs).unwrap());
    for (StoredVariable variable : backend().storedVariables().stored()) {
      if (writer.isTrained(variable)) {
        writer.addResult(writer.gradient(variable), variable.shape());
      } else {
        writer.addZeros(variable.shape());
      }
    }
    writer.takeResults();
    return writer.finish();
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return run(recording(inputs), inputs);
  }
}
