package io.github.jvae.onnx.internal;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph that grows. The same operation on the same operands is there once, and so is the same
 * constant: what two outputs have in common is computed once.
 */
final class GraphRecording {
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<Operation, String> known = new HashMap<>();
  private final Map<String, OnnxData> data = new LinkedHashMap<>();
  private final Map<String, GraphVariable> variables = new LinkedHashMap<>();
  private final Map<OnnxData, String> constants = new HashMap<>();
  private final List<OnnxPort> inputs = new ArrayList<>();
  private final List<OnnxPort> outputs = new ArrayList<>();

  /** What a node computes. */
  private record Operation(
      String operator, List<String> inputs, Map<String, OnnxAttribute> attributes) {}

  /** Adds an input and returns its name. */
  String input(String name, Shape shape) {
    if (inputs.stream().anyMatch(input -> input.name().equals(name))) {
      throw new VaeException("two inputs of a graph are called " + Quote.of(name));
    }
    inputs.add(OnnxPort.of(name, shape));
    return name;
  }

  /**
   * Adds an operation unless it is there.
   *
   * @param component that it belongs to, which its name begins with
   * @return the name of what it makes
   */
  String node(
      String component,
      String operator,
      List<String> operands,
      Map<String, OnnxAttribute> attributes) {
    return known.computeIfAbsent(new Operation(operator, operands, attributes), operation -> {
      String name = component.replace(' ', '_') + "/" + operator + "_" + nodes.size();
      nodes.add(OnnxNode.of(operator, name, operands, attributes));
      return name;
    });
  }

  /** Adds a constant unless it is there, and returns its name. */
  String constant(OnnxData value) {
    return constants.computeIfAbsent(value, each -> {
      String name = "constant/" + constants.size();
      data.put(name, each);
      return name;
    });
  }

  /** Adds a variable unless it is there, and returns its name. */
  String variable(String name, GraphVariable variable) {
    variables.putIfAbsent(name, variable);
    return name;
  }

  /** Adds an output of a value. */
  void output(String name, String value, Shape shape) {
    nodes.add(OnnxNode.of("Identity", name, List.of(value), Map.of()));
    outputs.add(OnnxPort.of(name, shape));
  }

  /**
   * Returns what was recorded, with the present numbers of the variables; without what no output
   * needs, such as statistics that only training reports.
   */
  OnnxModel model() {
    Set<String> needed = new HashSet<>();
    outputs.forEach(output -> needed.add(output.name()));
    List<OnnxNode> used = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      OnnxNode node = nodes.get(i);
      if (needed.contains(node.outputs().get(0))) {
        needed.addAll(node.inputs());
        used.add(node);
      }
    }
    Collections.reverse(used);
    Map<String, OnnxData> all = new LinkedHashMap<>(data);
    variables.forEach((name, variable) -> all.put(name, new OnnxData.Floats(variable.value())));
    all.keySet().retainAll(needed);
    return new OnnxModel(used, all, inputs, outputs, Map.of());
  }
}
