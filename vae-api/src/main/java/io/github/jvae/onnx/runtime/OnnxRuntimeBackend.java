package io.github.jvae.onnx.runtime;

import com.google.inject.Inject;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Precision;
import io.github.jvae.backend.support.EngineBackend;
import io.github.jvae.error.BackendException;
import io.github.jvae.onnx.internal.GraphVariables;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ONNX Runtime with the weights of one model. */
final class OnnxRuntimeBackend extends EngineBackend {
  private static final Map<Capability, String> GAPS = Map.of(
      Capability.GRADIENTS, "ONNX Runtime computes what a model gives, and no gradients",
      Capability.TRAINING, "ONNX Runtime serves models that another backend has trained",
      Capability.BFLOAT16, "its operations on processors are of single precision");

  private final BackendInfo info;
  private final GraphVariables variables;

  /** @throws io.github.jvae.error.VaeException if ONNX Runtime's native library does not load */
  @Inject
  OnnxRuntimeBackend(BackendOptions options) {
    super(OnnxRuntimeModule.NAME, options, List.of("cpu"), Set.of());
    if (options.precision() == Precision.BFLOAT16) {
      throw new BackendException(
          "backend " + OnnxRuntimeModule.NAME + " cannot multiply matrices in" + " bfloat16: "
              + GAPS.get(Capability.BFLOAT16) + "; use single precision");
    }
    int threads =
        options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
    String version = Session.version();
    this.info = new BackendInfo(
        OnnxRuntimeModule.NAME,
        "ONNX Runtime " + version,
        "ONNX Runtime Java " + version,
        device(),
        threads,
        Precision.FLOAT32);
    this.variables = new GraphVariables(lifecycle());
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public Map<Capability, String> gaps() {
    return GAPS;
  }

  @Override
  protected GraphVariables engineVariables() {
    return variables;
  }

  @Override
  protected Executable newExecutable(Computation computation) {
    return new OnnxRuntimeExecutable(this, computation);
  }

  @Override
  protected void release() {
    variables.release();
  }
}
