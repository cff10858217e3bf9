package io.github.jvae.compatibility;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.support.ForwardingBackend;
import io.github.jvae.error.VaeException;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.reference.ReferenceModule;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A backend that serves models and cannot train: the reference without its gradients. */
final class ForwardOnlyModule extends BackendModule {
  @Override
  public String name() {
    return ReferenceModule.NAME;
  }

  @Override
  public String description() {
    return "the reference without gradients";
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  protected void configure() {
    bind(Backend.class).to(ForwardOnlyBackend.class);
  }

  /** Refuses what needs a gradient. */
  static final class ForwardOnlyBackend extends ForwardingBackend {
    @Inject
    ForwardOnlyBackend(BackendOptions options) {
      super(new ReferenceBackend(options));
    }

    @Override
    public Map<Capability, String> gaps() {
      Map<Capability, String> gaps = new EnumMap<>(super.gaps());
      gaps.put(Capability.GRADIENTS, "it serves models");
      gaps.put(Capability.TRAINING, "it serves models that others have trained");
      return gaps;
    }

    @Override
    public Executable compileGradients(Computation loss) {
      require(Capability.GRADIENTS);
      throw new VaeException("a declared gap");
    }

    @Override
    public TrainingStep compileTraining(Computation loss, Optimizer optimizer) {
      require(Capability.TRAINING);
      throw new VaeException("a declared gap");
    }
  }
}
