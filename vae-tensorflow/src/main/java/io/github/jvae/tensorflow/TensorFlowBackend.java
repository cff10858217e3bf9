package io.github.jvae.tensorflow;

import com.google.inject.Inject;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.Precision;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.support.EngineBackend;
import io.github.jvae.error.BackendException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** TensorFlow with the variables of one model: a graph and a session of its own. */
public final class TensorFlowBackend extends EngineBackend {
  /** So many programs of closed executables may stay in the graph. */
  private static final int GREATEST_WASTE = 32;

  private final BackendOptions options;
  private final BackendInfo info;
  private final TensorFlowVariables variables = new TensorFlowVariables(this);
  private final Set<StoredVariable> stored = new LinkedHashSet<>();
  private @Nullable GraphSession session;
  private int retired;
  private int numbers;

  /** @throws VaeException if TensorFlow's native library is missing or does not load */
  @Inject
  public TensorFlowBackend(BackendOptions options) {
    super(TensorFlowModule.NAME, options, NativeLibrary.ofThisPlatform().devices(), Set.of());
    NativeLibrary library = NativeLibrary.ofThisPlatform();
    library.unavailable().ifPresent(reason -> {
      throw new BackendException(
          "backend " + TensorFlowModule.NAME + " cannot run here: " + reason);
    });
    if (options.precision() == Precision.BFLOAT16) {
      Bfloat16.gap().ifPresent(reason -> {
        throw new BackendException(reason + "; use single precision");
      });
    }
    int threads =
        options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
    this.options = options.toBuilder().threads(threads).device(device()).build();
    this.info =
        TensorFlowFault.guard("start", () -> library.info(device(), threads, options.precision()));
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public Map<Capability, String> gaps() {
    return Bfloat16.gap().map(reason -> Map.of(Capability.BFLOAT16, reason)).orElse(Map.of());
  }

  @Override
  protected TensorFlowVariables engineVariables() {
    return variables;
  }

  @Override
  protected Executable newExecutable(Computation computation) {
    return new TensorFlowExecutable(this, computation, false);
  }

  @Override
  protected Executable newGradients(Computation loss) {
    return new TensorFlowExecutable(this, loss, true);
  }

  @Override
  protected TrainingStep newTrainingStep(Computation loss, Optimizer optimizer) {
    return new TensorFlowTrainingStep(this, loss, optimizer);
  }

  /** So many programs in the graph are not needed any more. */
  void retire(int programs) {
    retired += programs;
  }

  /** The graph and session in use. */
  GraphSession session() {
    if (session == null) {
      session = new GraphSession(SessionOptions.of(options));
    }
    return session;
  }

  /** The graph to record in: a fresh one if too much of the present one is waste. */
  GraphSession sessionForRecording() {
    if (retired >= GREATEST_WASTE) {
      startAfresh();
    }
    return session();
  }

  private void startAfresh() {
    List<StoredVariable> inEngine =
        stored.stream().filter(variable -> variable.readWaiting() == null).toList();
    List<float[]> values = fetch(inEngine);
    for (int i = 0; i < inEngine.size(); i++) {
      inEngine.get(i).leaveGraph(values.get(i));
    }
    stored.forEach(variable -> variable.leaveGraph(null));
    session().close();
    session = null;
    retired = 0;
  }

  /** A number for a name that must be unique here. */
  int nextNumber() {
    return numbers++;
  }

  /** Makes a variable of the engine. */
  StoredVariable store(String name, HostTensor value) {
    StoredVariable variable = new StoredVariable(name, value);
    stored.add(variable);
    return variable;
  }

  /** A variable that {@link #store} made is not needed any more. */
  void discard(StoredVariable variable) {
    stored.remove(variable);
  }

  /** Whether values wait to be assigned before a run. */
  boolean hasWaiting() {
    for (StoredVariable variable : stored) {
      if (variable.needsAssignment()) {
        return true;
      }
    }
    return false;
  }

  /** Assigns the values that wait, before a run. */
  void flush() {
    if (!hasWaiting()) {
      return;
    }
    List<StoredVariable> waiting =
        stored.stream().filter(StoredVariable::needsAssignment).toList();
    Session.Runner runner = session().runner();
    List<TFloat32> values = new ArrayList<>();
    try {
      waiting.forEach(variable -> values.add(variable.assign(runner)));
      runner.run().close();
      waiting.forEach(StoredVariable::assigned);
    } finally {
      values.forEach(TFloat32::close);
    }
  }

  /** Present values, in the portable layout; those in the engine are fetched in one go. */
  List<HostTensor> read(List<StoredVariable> wanted) {
    List<StoredVariable> inEngine =
        wanted.stream().filter(variable -> variable.readWaiting() == null).toList();
    List<float[]> fetched = fetch(inEngine);
    List<HostTensor> result = new ArrayList<>();
    int next = 0;
    for (StoredVariable variable : wanted) {
      HostTensor waiting = variable.readWaiting();
      result.add(waiting != null ? waiting : variable.portable(fetched.get(next++)));
    }
    return result;
  }

  private List<float[]> fetch(List<StoredVariable> inEngine) {
    if (inEngine.isEmpty()) {
      return List.of();
    }
    return TensorFlowFault.guard("read variables", () -> {
      Session.Runner runner = session().runner();
      inEngine.forEach(variable -> runner.fetch(variable.fetchable()));
      List<float[]> values = new ArrayList<>();
      try (Result result = runner.run()) {
        for (int i = 0; i < inEngine.size(); i++) {
          values.add(Buffers.read(result.get(i), inEngine.get(i).shape().size()));
        }
      }
      return values;
    });
  }

  @Override
  protected void release() {
    stored.clear();
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
