package io.github.jvae.onnx;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.onnx.internal.OnnxAttribute;
import io.github.jvae.onnx.internal.OnnxData;
import io.github.jvae.onnx.internal.OnnxModel;
import io.github.jvae.onnx.internal.OnnxNode;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the layers between a graph's input and an output, from the output backwards. */
final class LayerChains {
  private final Map<String, OnnxData> data;
  private final Map<String, OnnxNode> makers = new HashMap<>();
  private final String input;

  /** @param input the only one that is no constant */
  LayerChains(OnnxModel model, String input) {
    this.data = new HashMap<>(model.data());
    this.input = input;
    for (OnnxNode node : model.nodes()) {
      if (node.operator().equals("Constant")
          && node.attributes().get("value") instanceof OnnxAttribute.Data constant) {
        data.put(node.outputs().get(0), constant.value());
      }
      node.outputs().forEach(output -> makers.put(output, node));
    }
  }

  /**
   * A part of a graph that is a layer.
   *
   * @param layer nothing where it leaves what it is given as it is
   * @param from what it is given
   */
  record Step(Optional<ReadLayer> layer, String from) {}

  /**
   * Returns the layers that make a value of the input.
   *
   * @throws VaeException if one is no layer, or they do not lie in a row
   */
  List<ReadLayer> to(String output) {
    List<ReadLayer> layers = new ArrayList<>();
    String value = output;
    int steps = 0;
    while (!value.equals(input)) {
      Step step = new LayerReader(this, maker(value)).read();
      step.layer().ifPresent(layers::add);
      value = step.from();
      if (++steps > makers.size()) {
        throw new VaeException("its nodes go in a circle");
      }
    }
    Collections.reverse(layers);
    return layers;
  }

  /** Returns the node that makes a value. */
  OnnxNode maker(String value) {
    OnnxNode node = makers.get(value);
    if (node == null) {
      throw new VaeException("nothing in it makes the value " + Quote.of(value));
    }
    return node;
  }

  /** Returns the node that makes a value, if it is of an operation. */
  Optional<OnnxNode> maker(String value, String operator) {
    return Optional.ofNullable(makers.get(value)).filter(node -> node.operator().equals(operator));
  }

  /** Returns whether a value is constant. */
  boolean isConstant(String value) {
    return data.containsKey(value);
  }

  /** Returns constant numbers, if a value is that. */
  Optional<HostTensor> floats(String value) {
    return data.get(value) instanceof OnnxData.Floats floats
        ? Optional.of(floats.value())
        : Optional.empty();
  }

  /** Returns constant whole numbers, if a value is that. */
  Optional<List<Long>> wholes(String value) {
    return data.get(value) instanceof OnnxData.Wholes wholes
        ? Optional.of(wholes.values())
        : Optional.empty();
  }
}
