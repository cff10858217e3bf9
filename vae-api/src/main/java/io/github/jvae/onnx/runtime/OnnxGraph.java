package io.github.jvae.onnx.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * An ONNX file of any operations that takes one batch of examples, run by ONNX Runtime. Needs that
 * on the class path, see {@link OnnxRuntimeModule#isPresent}. For one thread.
 */
public final class OnnxGraph implements AutoCloseable {
  private final Session session;
  private final String input;
  private final String output;
  private final int batch;

  private OnnxGraph(Session session, String input, String output, int batch) {
    this.session = session;
    this.input = input;
    this.output = output;
    this.batch = batch;
  }

  /**
   * Opens a file.
   *
   * @param output the name of the output that is wanted; empty for the only one
   * @param example the shape of an example that it is to take
   * @param threads for each operation; 0 for all processors
   * @throws VaeException if it is missing or damaged, takes other examples or more than them, or
   *     has no such output
   */
  public static OnnxGraph open(Path file, Optional<String> output, Shape example, int threads) {
    FileChecks.requireFile(file);
    Session session =
        Session.of(file, threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
    try {
      return of(session, output, example);
    } catch (VaeException e) {
      session.close();
      throw new ConfigurationException(
          "cannot run the network " + Quote.path(file) + ": " + e.getMessage(), e);
    }
  }

  private static OnnxGraph of(Session session, Optional<String> output, Shape example) {
    Map<String, NodeInfo> inputs = session.inputInfo();
    if (inputs.size() != 1) {
      throw new ConfigurationException("it takes " + inputs.size() + " inputs ("
          + Quote.list(inputs.keySet()) + "), but is given one, the examples");
    }
    NodeInfo info = inputs.values().iterator().next();
    int batch = batch(info, example);
    return new OnnxGraph(session, info.getName(), chosen(session.outputInfo(), output), batch);
  }

  /** Returns how many examples it takes at a time; 0 for any number. */
  private static int batch(NodeInfo input, Shape example) {
    if (!(input.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw new ConfigurationException(
          "its input " + Quote.of(input.getName()) + " is no tensor of 32-bit floats");
    }
    long[] extents = tensor.getShape();
    boolean fits = extents.length == example.rank() + 1;
    for (int i = 1; fits && i < extents.length; i++) {
      fits = extents[i] < 0 || extents[i] == example.dimension(i - 1);
    }
    if (!fits) {
      throw new ConfigurationException("it takes examples "
          + extents(LongStream.of(extents).skip(1).toArray()) + ", but the model makes " + example
          + "; name one that takes the model's");
    }
    return (int) Math.max(0, extents[0]);
  }

  private static String extents(long[] extents) {
    return Arrays.toString(extents).replace("-1", "any");
  }

  private static String chosen(Map<String, NodeInfo> outputs, Optional<String> asked) {
    String name =
        asked.orElseGet(() -> outputs.size() == 1 ? outputs.keySet().iterator().next() : "");
    NodeInfo info = outputs.get(name);
    if (info == null) {
      throw new ConfigurationException("it has the outputs " + Quote.list(outputs.keySet())
          + asked
              .map(wanted -> " and none called " + Quote.of(wanted))
              .orElse("; name the one that is wanted (--features-output)"));
    }
    if (!(info.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw new ConfigurationException(
          "its output " + Quote.of(name) + " is no tensor of 32-bit floats");
    }
    return name;
  }

  /**
   * Runs it.
   *
   * @param examples [B, ...]
   * @return what it makes of each, as one vector: [B, F]
   * @throws VaeException if it does not run with them
   */
  public HostTensor run(HostTensor examples) {
    int rows = examples.shape().dimension(0);
    int block = batch == 0 ? rows : batch;
    List<HostTensor> parts = new ArrayList<>();
    for (int begin = 0; begin < rows; begin += block) {
      int end = Math.min(rows, begin + block);
      HostTensor made =
          vectors(session.run(input, filled(examples.rows(begin, end), block), output), block);
      parts.add(end - begin == block ? made : made.rows(0, end - begin));
    }
    return HostTensor.joined(parts);
  }

  /** Returns rows of which there may be too few, the last one repeated. */
  private static HostTensor filled(HostTensor rows, int count) {
    int given = rows.shape().dimension(0);
    return given == count
        ? rows
        : HostTensor.joined(List.of(rows, rows.rows(given - 1, given).repeated(count - given)));
  }

  private static HostTensor vectors(HostTensor made, int rows) {
    if (made.shape().rank() == 0 || made.shape().dimension(0) != rows) {
      throw new ConfigurationException("the network makes " + made.shape() + " of " + rows
          + " examples, which is not a row for each");
    }
    return made.reshape(Shape.of(rows, made.shape().size() / rows));
  }

  @Override
  public void close() {
    session.close();
  }
}
