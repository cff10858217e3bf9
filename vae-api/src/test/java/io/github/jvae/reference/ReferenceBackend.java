package io.github.jvae.reference;

import com.google.inject.Inject;
import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Variables;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Decoder;
import io.github.jvae.model.Encoder;

/** The oracle: plain Java in double precision, one thread, no tricks. */
public final class ReferenceBackend implements Backend {
  private final Lifetime lifetime = Lifetime.of("backend " + ReferenceModule.NAME);
  private final ReferenceVariables variables = new ReferenceVariables(lifetime);

  /** @param options of which none matters: there is one thread and one precision */
  @Inject
  public ReferenceBackend(BackendOptions options) {
    BackendOptions unused = options;
  }

  @Override
  public BackendInfo info() {
    return new BackendInfo(
        ReferenceModule.NAME, "Java " + System.getProperty("java.version"), "none", "cpu", 1);
  }

  @Override
  public Variables variables() {
    lifetime.requireOpen();
    return variables;
  }

  @Override
  public Encoder encoder(Architecture architecture) {
    lifetime.requireOpen();
    return new ReferenceNetworks.NetworkEncoder(architecture);
  }

  @Override
  public Decoder decoder(Architecture architecture) {
    lifetime.requireOpen();
    return new ReferenceNetworks.NetworkDecoder(architecture);
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
  public ReferenceTrainingStep compileTraining(Computation loss, Adam optimizer) {
    Lifetime part = lifetime.part("training step");
    ReferenceExecutable executable = new ReferenceExecutable(part, variables, loss, true);
    return new ReferenceTrainingStep(executable, part, variables, optimizer);
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
