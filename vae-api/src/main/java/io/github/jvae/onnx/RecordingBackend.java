package io.github.jvae.onnx;

import com.google.inject.Inject;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Precision;
import io.github.jvae.backend.support.EngineBackend;
import io.github.jvae.error.BackendException;
import io.github.jvae.onnx.internal.GraphTrace;
import io.github.jvae.onnx.internal.GraphVariables;
import io.github.jvae.tensor.HostTensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the weights of a model whose computations are recorded; it runs nothing. */
final class RecordingBackend extends EngineBackend {
  private static final String REASON = "it only records what is written to ONNX";

  private final GraphVariables variables = new GraphVariables(lifecycle());

  @Inject
  RecordingBackend(BackendOptions options) {
    super(RecordingModule.NAME, options, List.of("cpu"), Set.of());
  }

  /** Begins a recording. */
  GraphTrace trace() {
    return new GraphTrace(RecordingModule.NAME, variables);
  }

  @Override
  public BackendInfo info() {
    return new BackendInfo(RecordingModule.NAME, "none", "none", device(), 1, Precision.FLOAT32);
  }

  @Override
  public Map<Capability, String> gaps() {
    return Map.of(
        Capability.GRADIENTS, REASON, Capability.TRAINING, REASON, Capability.BFLOAT16, REASON);
  }

  @Override
  protected GraphVariables engineVariables() {
    return variables;
  }

  @Override
  protected Executable newExecutable(Computation computation) {
    return new Executable() {
      @Override
      public List<HostTensor> run(HostTensor... inputs) {
        throw new BackendException(
            "backend " + RecordingModule.NAME + " cannot compute: " + REASON);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  protected void release() {
    variables.release();
  }
}
