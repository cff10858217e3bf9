package io.github.jvae.onnx.runtime;

import io.github.jvae.onnx.internal.GraphTrace;
import io.github.jvae.onnx.internal.GraphVariables;
import io.github.jvae.onnx.internal.OnnxWriter;
import io.github.jvae.plugin.JvaeVersion;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording, and the session that runs it. The session holds the numbers of the variables, which
 * the engine has put into the order it computes in; after a write it is made anew.
 */
final class Program implements AutoCloseable {
  private static final OnnxWriter WRITER = new OnnxWriter(JvaeVersion.current());

  private final GraphTrace trace;
  private final GraphVariables variables;
  private final List<Shape> inputs;
  private final List<Shape> outputs;
  private final int threads;
  private @Nullable Session session;
  private int version;

  /**
   * @param trace complete, with inputs and outputs as {@link Session} has them
   * @param threads for each operation
   */
  Program(
      GraphTrace trace,
      GraphVariables variables,
      List<Shape> inputs,
      List<Shape> outputs,
      int threads) {
    this.trace = trace;
    this.variables = variables;
    this.inputs = inputs;
    this.outputs = outputs;
    this.threads = threads;
  }

  List<HostTensor> run(HostTensor... values) {
    if (session != null && version != variables.version()) {
      close();
    }
    if (session == null) {
      session = new Session(WRITER.bytes(trace.model()), inputs, outputs, threads);
      version = variables.version();
    }
    return session.run(values);
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
