package io.github.jvae.onnx.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an ONNX file says.
 *
 * @param nodes each after those whose outputs it takes
 * @param data numbers by the names that nodes take them by
 * @param inputs of the graph
 * @param outputs of the graph
 * @param metadata words by name
 */
public record OnnxModel(
    List<OnnxNode> nodes,
    Map<String, OnnxData> data,
    List<OnnxPort> inputs,
    List<OnnxPort> outputs,
    Map<String, String> metadata) {

  /** Keeps copies. */
  public OnnxModel {
    nodes = List.copyOf(nodes);
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Returns this model with other metadata. */
  public OnnxModel withMetadata(Map<String, String> words) {
    return new OnnxModel(nodes, data, inputs, outputs, words);
  }
}
