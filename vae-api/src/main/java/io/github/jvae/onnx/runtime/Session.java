package io.github.jvae.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.jvae.backend.support.EngineFault;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.session = guard("compile a computation", () -> {
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        // Its threads else go on spinning between two runs, and take the processors of others.
        options.addConfigEntry("session.force_spinning_stop", "1");
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        return environment().createSession(graph, options);
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
