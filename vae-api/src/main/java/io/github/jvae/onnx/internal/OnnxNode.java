package io.github.jvae.onnx.internal;

import java.util.List;
import java.util.Map;

/**
 * One operation of a graph.
 *
 * @param operator such as {@code Gemm}; of another domain than ONNX's own, {@code domain::name}
 * @param name for messages
 * @param inputs names of values; an empty one stands for an operand that is left out
 * @param outputs names of values that no other node makes
 * @param attributes by name
 */
public record OnnxNode(
    String operator,
    String name,
    List<String> inputs,
    List<String> outputs,
    Map<String, OnnxAttribute> attributes) {

  /** Keeps copies. */
  public OnnxNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }

  /** A node of one output, whose name it shares. */
  static OnnxNode of(
      String operator, String output, List<String> inputs, Map<String, OnnxAttribute> attributes) {
    return new OnnxNode(operator, output, inputs, List.of(output), attributes);
  }

  /** Returns this node with other inputs. */
  OnnxNode withInputs(List<String> others) {
    return new OnnxNode(operator, name, others, outputs, attributes);
  }
}
