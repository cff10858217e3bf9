package io.github.jvae.nd4j;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Precision;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.Variables;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Decoder;
import io.github.jvae.model.Encoder;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * ND4J with the variables of one model. Its monitor guards the native memory: whoever reads or
 * writes that holds it, and whoever closes waits for it. For as long as it is held this object
 * cannot be collected either, and so neither can the memory of a backend that nobody closed.
 */
public final class Nd4jBackend implements Backend {
  private static final String NO_BFLOAT16 = "ND4J's operations compute in one precision alone";

  private final int threads;
  private final BackendInfo info;
  private final Nd4jVariables variables = new Nd4jVariables(this);
  private final Set<Compiled> executables = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;

  /**
   * @throws VaeException if ND4J's native library is missing or does not load, or what is asked for
   *     is beyond it
   */
  @Inject
  public Nd4jBackend(BackendOptions options) {
    NativeLibrary.ofThisPlatform().unavailable().ifPresent(reason -> {
      throw new VaeException("backend " + Nd4jModule.NAME + " cannot run here: " + reason);
    });
    if (options.precision() == Precision.BFLOAT16) {
      throw new VaeException("backend " + Nd4jModule.NAME + ": " + NO_BFLOAT16);
    }
    threads =
        options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
    info = EngineFault.guard("start", () -> {
      Engine engine = Engine.get();
      Engine.allowThreads(threads);
      return engine.info(threads);
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
  public Variables variables() {
    requireOpen();
    return variables;
  }

  @Override
  public Encoder encoder(Architecture architecture) {
    requireOpen();
    Nd4jEncoder encoder = new Nd4jEncoder(architecture);
    variables.prefer(encoder.layouts());
    return encoder;
  }

  @Override
  public Decoder decoder(Architecture architecture) {
    requireOpen();
    Nd4jDecoder decoder = new Nd4jDecoder(architecture);
    variables.prefer(decoder.layouts());
    return decoder;
  }

  @Override
  public Executable compile(Computation computation) {
    return new GuardedExecutable(this, add(new ForwardExecutable(this, computation)));
  }

  @Override
  public Executable compileGradients(Computation loss) {
    return new GuardedExecutable(this, add(new GradientExecutable(this, loss)));
  }

  @Override
  public TrainingStep compileTraining(Computation loss, Adam optimizer) {
    return new GuardedTrainingStep(this, add(new Nd4jTrainingStep(this, loss, optimizer)));
  }

  private synchronized <C extends Compiled> C add(C executable) {
    requireOpen();
    executables.add(executable);
    return executable;
  }

  /** An executable was closed. */
  synchronized void forget(Compiled executable) {
    executables.remove(executable);
  }

  void requireOpen() {
    if (closed) {
      throw new VaeException("this " + Nd4jModule.NAME + " backend is closed; make another");
    }
  }

  Nd4jVariables storedVariables() {
    return variables;
  }

  /** How many threads its operations may use. */
  int threads() {
    return threads;
  }

  /** Waits for the end of a run that another thread is in. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    executables.forEach(Compiled::release);
    executables.clear();
    variables.close();
  }
}
