package io.github.jvae.nd4j;

import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.Precision;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.support.EngineBackend;
import io.github.jvae.backend.support.EngineFault;
import io.github.jvae.backend.support.NativeFolder;
import io.github.jvae.error.BackendException;
import io.github.jvae.error.VaeException;
import io.github.jvae.nd4j.engine.Engine;
import io.github.jvae.nd4j.engine.NativeLibrary;
import io.github.jvae.nd4j.memory.Nd4jVariables;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Loader;

/** ND4J with the variables of one model. */
public final class Nd4jBackend extends EngineBackend {
  private static final String NO_BFLOAT16 = "ND4J's operations compute in one precision alone";

  private final BackendInfo info;
  private final Nd4jVariables variables = new Nd4jVariables(lifecycle());

  /**
   * @throws VaeException if ND4J's native library is missing or does not load, or what is asked for
   *     is beyond it
   */
  @Inject
  public Nd4jBackend(BackendOptions options) {
    super(Nd4jModule.NAME, options, List.of("cpu"), Set.of());
    NativeLibrary.ofThisPlatform().unavailable().ifPresent(reason -> {
      throw new BackendException("backend " + Nd4jModule.NAME + " cannot run here: " + reason);
    });
    if (options.precision() == Precision.BFLOAT16) {
      throw new BackendException("backend " + Nd4jModule.NAME + ": " + NO_BFLOAT16);
    }
    int threads =
        options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
    info = new EngineFault("ND4J").guard("start", () -> {
      NativeFolder.javaCpp().secure(() -> Loader.getCacheDir().toPath());
      Engine.get().allowThreads(threads);
      String version = NativeLibrary.version();
      return new BackendInfo(
          Nd4jModule.NAME,
          "libnd4j " + version,
          "ND4J " + version,
          device(),
          threads,
          Precision.FLOAT32);
    });
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public Map<Capability, String> gaps() {
    return Map.of(Capability.BFLOAT16, NO_BFLOAT16);
  }

  @Override
  protected Nd4jVariables engineVariables() {
    return variables;
  }

  @Override
  protected Executable newExecutable(Computation computation) {
    return new Nd4jExecutable(this, computation, false);
  }

  @Override
  protected Executable newGradients(Computation loss) {
    return new Nd4jExecutable(this, loss, true);
  }

  @Override
  protected TrainingStep newTrainingStep(Computation loss, Optimizer optimizer) {
    return new Nd4jTrainingStep(this, loss, optimizer);
  }

  @Override
  protected void release() {
    variables.close();
  }
}
