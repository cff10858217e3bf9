package io.github.jvae.onnx.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.jvae.backend.support.EngineFault;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph that ONNX Runtime has compiled. The engine's types stand here alone. */
final class Session implements AutoCloseable {
  /** What names of inputs begin with; their numbers follow. */
  static final String INPUT = "input/";

  /** What names of outputs begin with; their numbers follow. */
  static final String OUTPUT = "output/";

  private static final EngineFault FAULT = new EngineFault("ONNX Runtime");

  private final OrtSession session;
  private final List<Shape> inputs;
  private final List<Shape> outputs;

  /** What the engine does, which may fail. */
  @FunctionalInterface
  private interface Work<T> {
    T get() throws OrtException;
  }

  /**
   * Compiles a graph.
   *
   * @param graph a file's content, with inputs and outputs called by their places
   * @param inputs their shapes
   * @param outputs their shapes
   * @param threads for each operation
   */
  Session(byte[] graph, List<Shape> inputs, List<Shape> outputs, int threads) {
    this(
        compiled("compile a computation", threads, o -> environment().createSession(graph, o)),
        inputs,
        outputs);
  }

  private Session(OrtSession session, List<Shape> inputs, List<Shape> outputs) {
    this.session = session;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
  }

  /** How a session begins. */
  @FunctionalInterface
  private interface Start {
    OrtSession with(OrtSession.SessionOptions options) throws OrtException;
  }

  /** Compiles a user's file, whose inputs and outputs have names of their own. */
  static Session of(Path file, int threads) {
    return new Session(
        compiled(
            "open " + Quote.path(file),
            threads,
            o -> environment().createSession(file.toString(), o)),
        List.of(),
        List.of());
  }

  private static OrtSession compiled(String action, int threads, Start start) {
    return guard(action, () -> {
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        // Its threads else go on spinning between two runs, and take the processors of others.
        options.addConfigEntry("session.force_spinning_stop", "1");
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        return start.with(options);
      }
    });
  }

  /** Returns what a user's file takes, by name. */
  Map<String, NodeInfo> inputInfo() {
    return guard("read a network", session::getInputInfo);
  }

  /** Returns what a user's file makes, by name. */
  Map<String, NodeInfo> outputInfo() {
    return guard("read a network", session::getOutputInfo);
  }

  /** Runs a user's file with its only input, for one of its outputs of floats. */
  HostTensor run(String input, HostTensor value, String output) {
    return guard("run a network", () -> {
      try (OnnxTensor given = tensor(value, value.shape());
          OrtSession.Result result = session.run(Map.of(input, given), Set.of(output))) {
        OnnxTensor made = (OnnxTensor) result.get(0);
        HostTensor copy = HostTensor.zeros(Shape.of(
            Arrays.stream(made.getInfo().getShape()).mapToInt(Math::toIntExact).toArray()));
        made.getFloatBuffer().get(copy.data());
        return copy;
      }
    });
  }

  /** Returns the engine's version, which loads it. */
  static String version() {
    return guard("start", () -> environment().getVersion());
  }

  /** There is one for as long as Java runs. */
  private static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
  }

  private static <T> T guard(String action, Work<T> work) {
    return FAULT.guard(action, () -> {
      try {
        return work.get();
      } catch (OrtException e) {
        throw FAULT.failed(action, e);
      }
    });
  }

  List<HostTensor> run(HostTensor... values) {
    return guard("run a computation", () -> {
      Map<String, OnnxTensor> given = new LinkedHashMap<>();
      try {
        for (int i = 0; i < values.length; i++) {
          given.put(INPUT + i, tensor(values[i], inputs.get(i)));
        }
        try (OrtSession.Result result = session.run(given)) {
          return read(result);
        }
      } finally {
        given.values().forEach(OnnxTensor::close);
      }
    });
  }

  private static OnnxTensor tensor(HostTensor value, Shape shape) throws OrtException {
    return OnnxTensor.createTensor(
        environment(), FloatBuffer.wrap(value.data()), shape.toLongArray());
  }

  private List<HostTensor> read(OrtSession.Result result) {
    List<HostTensor> results = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      HostTensor value = HostTensor.zeros(outputs.get(i));
      ((OnnxTensor) result.get(i)).getFloatBuffer().get(value.data());
      results.add(value);
    }
    return results;
  }

  @Override
  public void close() {
    guard("release a computation", () -> {
      session.close();
      return this;
    });
  }
}
