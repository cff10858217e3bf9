package io.github.jvae.djl;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A computation with the gradients of its first output. */
final class GradientExecutable extends Compiled implements Executable {
  private Set<String> reached = Set.of();

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
    reached = new LinkedHashSet<>();
    for (String name : backend().storedVariables().names()) {
      StoredVariable variable = backend().storedVariables().require(name);
      if (writer.isTrained(variable)) {
        reached.add(name);
        writer.addResult(writer.gradient(variable), variable.shape());
      } else {
        writer.addZeros(variable.shape());
      }
    }
    writer.takeResults();
    return writer.finish();
  }

  @Override
  public Set<String> reached() {
    requireOpen();
    return Set.copyOf(reached);
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return run(recording(inputs), inputs);
  }
}
