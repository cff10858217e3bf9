package io.github.jvae.djl;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.support.SharedExecutable;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A computation, alone or with the gradients of its first output. */
final class DjlExecutable extends Compiled implements SharedExecutable {
  private Set<String> reached = Set.of();

  /** Whether blocks of DJL take part, which one thread at a time may use. */
  private boolean hasBlocks;

  DjlExecutable(DjlBackend backend, Computation computation, boolean withGradients) {
    super(backend, computation, withGradients);
  }

  @Override
  CompiledTrace compile(DjlTrace trace, List<DjlTensor> outputs, double share) {
    ScriptValue loss = isDifferentiated() ? loss(outputs).unwrap() : null;
    ScriptWriter writer = new ScriptWriter(trace, backend().memory(), outputs, loss);
    if (isDifferentiated()) {
      addGradients(writer);
    }
    writer.takeResults();
    hasBlocks |= !trace.blockCalls().isEmpty();
    return writer.finish();
  }

  private void addGradients(ScriptWriter writer) {
    reached = new LinkedHashSet<>();
    for (String name : backend().engineVariables().names()) {
      StoredVariable variable = backend().engineVariables().require(name);
      writer.addGradient(variable);
      if (writer.isTrained(variable)) {
        reached.add(name);
      }
    }
  }

  @Override
  public Set<String> reached() {
    requireOpen();
    return isDifferentiated() ? Set.copyOf(reached) : SharedExecutable.super.reached();
  }

  @Override
  public List<HostTensor> run(HostTensor... inputs) {
    return run(program(inputs), inputs);
  }

  @Override
  public @Nullable List<HostTensor> runIfReady(HostTensor... inputs) {
    return isDifferentiated() || hasBlocks ? null : runIfIdle(DjlExecutable::run, inputs);
  }
}
