package io.github.jvae.reference;

import com.google.inject.Inject;
import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.Precision;
import io.github.jvae.backend.Variables;
import io.github.jvae.error.VaeException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The oracle: plain Java in double precision, one thread, no tricks. */
public final class ReferenceBackend implements Backend {
  private static final String NO_BFLOAT16 = "the reference backend computes in double precision";

  private final String device;
  private final Lifetime lifetime = Lifetime.of("backend " + ReferenceModule.NAME);
  private final ReferenceVariables variables = new ReferenceVariables(lifetime);

  /**
   * @param options of which the number of threads does not matter: there is one
   * @throws VaeException if matrix products are to be in bfloat16, or a device or an engine
   *     property is asked for
   */
  @Inject
  public ReferenceBackend(BackendOptions options) {
    device = options.deviceAmong(ReferenceModule.NAME, List.of("cpu"));
    options.requireKnownProperties(ReferenceModule.NAME, Set.of());
    if (options.precision() == Precision.BFLOAT16) {
      throw new VaeException(NO_BFLOAT16 + "; use single precision");
    }
  }

  @Override
  public Map<Capability, String> gaps() {
    return Map.of(Capability.BFLOAT16, NO_BFLOAT16);
  }

  @Override
  public BackendInfo info() {
    return new BackendInfo(
        ReferenceModule.NAME,
        "Java " + System.getProperty("java.version"),
        "none",
        device,
        1,
        Precision.FLOAT32);
  }

  @Override
  public Variables variables() {
    lifetime.requireOpen();
    return variables;
  }

  @Override
  public ReferenceExecutable compile(Computation computation) {
    return new ReferenceExecutable(lifetime.part("executable"), variables, computation, false);
  }

  @Override
  public ReferenceExecutable compileGradients(Computation loss) {
    return new ReferenceExecutable(lifetime.part("executable"), variables, loss, true);
  }

  @Override
  public ReferenceTrainingStep compileTraining(Computation loss, Optimizer optimizer) {
    Lifetime part = lifetime.part("training step");
    ReferenceExecutable executable = new ReferenceExecutable(part, variables, loss, true);
    return new ReferenceTrainingStep(executable, part, variables, optimizer);
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
