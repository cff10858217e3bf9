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
import io.github.jvae.backend.support.CacheSizes;
import io.github.jvae.backend.support.EngineBackend;
import io.github.jvae.error.BackendException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PyTorch, through DJL, with the variables of one model. */
public final class DjlBackend extends EngineBackend {
  /**
   * The engine property that says from how many multiplications on the product of a dense layer is
   * oneDNN's; smaller ones are MKL's. A whole number.
   */
  public static final String LEAST_PRODUCTS = "onednn.least-products";

  private final BackendOptions options;
  private final long worthwhileProduct;
  private final BackendInfo info;
  private final Memory memory;
  private static final String NO_BFLOAT16 =
      "this machine does not tell the sizes of its processor's caches, without which what PyTorch"
          + " computes in bfloat16 comes out wrong; use precision float32, or another machine";

  private final DjlVariables variables;

  /**
   * @throws VaeException if PyTorch's native library is missing or does not load, or what is asked
   *     for is beyond it
   */
  @Inject
  public DjlBackend(BackendOptions options) {
    super(DjlModule.NAME, options, List.of("cpu"), Set.of(LEAST_PRODUCTS));
    NativeLibrary.ofThisPlatform().unavailable().ifPresent(reason -> {
      throw new BackendException("backend " + DjlModule.NAME + " cannot run here: " + reason);
    });
    if (options.precision() == Precision.BFLOAT16 && !CacheSizes.areTold()) {
      throw new BackendException("backend " + DjlModule.NAME + ": " + NO_BFLOAT16);
    }
    this.worthwhileProduct = worthwhileProduct(options.properties().get(LEAST_PRODUCTS));
    PyTorch engine = PyTorch.start();
    this.options = options;
    this.info = engine.info(options, device());
    // In bfloat16 PyTorch's convolutions gain nothing from it.
    this.memory = new Memory(
        NDManager.newBaseManager(Device.cpu(), PtEngine.ENGINE_NAME),
        options.precision() == Precision.FLOAT32);
    this.variables = new DjlVariables(lifecycle(), memory);
  }

  private static long worthwhileProduct(@Nullable String property) {
    if (property == null) {
      return DenseProduct.WORTHWHILE;
    }
    try {
      return Long.parseLong(property);
    } catch (NumberFormatException e) {
      throw new BackendException(
          "backend " + DjlModule.NAME + ": " + LEAST_PRODUCTS + " must be a whole number, not "
              + Quote.of(property),
          e);
    }
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
  protected DjlVariables engineVariables() {
    return variables;
  }

  @Override
  protected Executable newExecutable(Computation computation) {
    return new DjlExecutable(this, computation, false);
  }

  @Override
  protected Executable newGradients(Computation loss) {
    return new DjlExecutable(this, loss, true);
  }

  @Override
  protected TrainingStep newTrainingStep(Computation loss, Optimizer optimizer) {
    return new DjlTrainingStep(this, loss, optimizer);
  }

  /** @param differentiated whether gradients are taken of what is recorded */
  DjlTrace newTrace(boolean differentiated) {
    return new DjlTrace(variables, memory, options.precision(), worthwhileProduct, differentiated);
  }

  Memory memory() {
    return memory;
  }

  @Override
  protected void release() {
    memory.close();
  }
}
