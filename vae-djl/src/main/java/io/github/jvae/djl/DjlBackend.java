package io.github.jvae.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtEngine;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.Precision;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.support.EngineBackend;
import io.github.jvae.backend.support.EngineVariables;
import io.github.jvae.error.VaeException;
import java.util.Map;

/** PyTorch, through DJL, with the variables of one model. */
public final class DjlBackend extends EngineBackend {
  private final BackendOptions options;
  private final long worthwhileProduct;
  private final int threads;
  private final BackendInfo info;
  private final Memory memory;
  private static final String NO_BFLOAT16 =
      "this machine does not tell the sizes of its processor's caches, without which what PyTorch"
          + " computes in bfloat16 comes out wrong; use precision float32, or another machine";

  private final DjlVariables variables;

  /** @throws VaeException if PyTorch's native library is missing or does not load */
  public DjlBackend(BackendOptions options) {
    this(options, DenseProduct.WORTHWHILE);
  }

  /**
   * @param worthwhileProduct the least multiplications of a layer that is a {@link DenseProduct}
   */
  DjlBackend(BackendOptions options, long worthwhileProduct) {
    super(DjlModule.NAME);
    NativeLibrary.ofThisPlatform().unavailable().ifPresent(reason -> {
      throw new VaeException("backend " + DjlModule.NAME + " cannot run here: " + reason);
    });
    if (options.precision() == Precision.BFLOAT16 && !CacheSizes.areTold()) {
      throw new VaeException("backend " + DjlModule.NAME + ": " + NO_BFLOAT16);
    }
    PyTorch engine = PyTorch.start();
    this.options = options;
    this.worthwhileProduct = worthwhileProduct;
    this.threads = engine.threads(options);
    this.info = engine.info(options);
    // In bfloat16 PyTorch's convolutions gain nothing from it.
    this.memory = new Memory(
        NDManager.newBaseManager(Device.cpu(), PtEngine.ENGINE_NAME),
        options.precision() == Precision.FLOAT32);
    this.variables = new DjlVariables(lifecycle(), memory);
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public Map<Capability, String> gaps() {
    return CacheSizes.areTold() ? Map.of() : Map.of(Capability.BFLOAT16, NO_BFLOAT16);
  }

  @Override
  protected EngineVariables<?> engineVariables() {
    return variables;
  }

  @Override
  protected Executable newExecutable(Computation computation) {
    return new ForwardExecutable(this, computation);
  }

  @Override
  protected Executable newGradients(Computation loss) {
    return new GradientExecutable(this, loss);
  }

  @Override
  protected TrainingStep newTrainingStep(Computation loss, Optimizer optimizer) {
    return new DjlTrainingStep(this, loss, optimizer);
  }

  /** How many threads its operations may use. */
  int threads() {
    return threads;
  }

  /** @param differentiated whether gradients are taken of what is recorded */
  DjlTrace newTrace(boolean differentiated) {
    return new DjlTrace(variables, memory, options.precision(), worthwhileProduct, differentiated);
  }

  Memory memory() {
    return memory;
  }

  DjlVariables storedVariables() {
    return variables;
  }

  @Override
  protected void release() {
    memory.close();
  }
}
