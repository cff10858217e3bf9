package io.github.jvae.onnx.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nodes that compute shapes from the open extents of a graph's inputs. */
final class ExtentNodes {
  private static final String PREFIX = "extent/";

  private final List<String> symbols;
  private final List<OnnxPort> inputs;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, OnnxData> data = new LinkedHashMap<>();
  private final Map<ExtentForm, String> known = new HashMap<>();

  /** @param inputs some axes of which have the symbols' extents */
  ExtentNodes(List<String> symbols, List<OnnxPort> inputs) {
    this.symbols = symbols;
    this.inputs = inputs;
  }

  List<OnnxNode> nodes() {
    return nodes;
  }

  Map<String, OnnxData> data() {
    return data;
  }

  /** Makes a vector of whole numbers under a name. */
  void vector(String name, List<ExtentForm> forms) {
    List<String> parts = forms.stream().map(this::number).toList();
    nodes.add(OnnxNode.of("Concat", name, parts, Map.of("axis", new OnnxAttribute.Whole(0))));
  }

  /** Makes a constant of some shape under a name, of one that stretches to that. */
  void expanded(String name, String once, List<ExtentForm> shape) {
    vector(name + "/shape", shape);
    nodes.add(OnnxNode.of("Expand", name, List.of(once, name + "/shape"), Map.of()));
  }

  /** A vector of one number. */
  private String number(ExtentForm form) {
    String present = known.get(form);
    if (present == null) {
      present = made(form);
      known.put(form, present);
    }
    return present;
  }

  private String made(ExtentForm form) {
    String sum = form.factors().get(0) != 0 || form.isConstant()
        ? constant(form.factors().get(0))
        : "";
    for (int product = 1; product < form.factors().size(); product++) {
      long factor = form.factors().get(product);
      if (factor != 0) {
        String term = product(product, form.factors().size());
        term = factor == 1 ? term : node("Mul", term, constant(factor));
        sum = sum.isEmpty() ? term : node("Add", sum, term);
      }
    }
    return sum;
  }

  /** A product of extents. */
  private String product(int extents, int products) {
    ExtentForm form = ExtentForm.product(extents, products);
    String present = known.get(form);
    if (present != null) {
      return present;
    }
    String value = "";
    for (int i = 0; i < symbols.size(); i++) {
      if ((extents & 1 << i) != 0) {
        String factor = extents == 1 << i ? extent(symbols.get(i)) : product(1 << i, products);
        value = value.isEmpty() ? factor : node("Mul", value, factor);
      }
    }
    known.put(form, value);
    return value;
  }

  /** An extent, read from the first input that has it. */
  private String extent(String symbol) {
    for (OnnxPort input : inputs) {
      for (int axis = 0; axis < input.extents().size(); axis++) {
        if (input.extents().get(axis).symbol().equals(symbol)) {
          nodes.add(OnnxNode.of(
              "Shape",
              PREFIX + symbol,
              List.of(input.name()),
              Map.of(
                  "start", new OnnxAttribute.Whole(axis),
                  "end", new OnnxAttribute.Whole(axis + 1L))));
          return PREFIX + symbol;
        }
      }
    }
    throw new IllegalStateException("no input has the extent " + symbol);
  }

  private String constant(long value) {
    String name = PREFIX + "constant/" + value;
    data.put(name, new OnnxData.Wholes(false, List.of(value)));
    return name;
  }

  private String node(String operator, String... operands) {
    String name = PREFIX + operator + "_" + nodes.size();
    nodes.add(OnnxNode.of(operator, name, List.of(operands), Map.of()));
    return name;
  }
}
