package io.github.jvae.onnx;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.model.OutputPadding;
import io.github.jvae.onnx.LayerChains.Step;
import io.github.jvae.onnx.internal.OnnxAttribute;
import io.github.jvae.onnx.internal.OnnxNode;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads one node, with those that belong to it, as a layer. */
final class LayerReader {
  private static final String KNOWN = "Gemm, MatMul, Add, Conv, ConvTranspose, BatchNormalization,"
      + " Relu, LeakyRelu, Elu, Gelu, Sigmoid, Softplus, Tanh, Flatten, Reshape, AveragePool,"
      + " Resize, Dropout and Identity";

  private final LayerChains graph;
  private final OnnxNode node;

  LayerReader(LayerChains graph, OnnxNode node) {
    this.graph = graph;
    this.node = node;
  }

  /** Returns the layer, and what it is given. */
  Step read() {
    return switch (node.operator()) {
      case "Identity", "Dropout" -> new Step(Optional.empty(), input(0));
      case "Relu" -> activation(Activation.RELU);
      case "Tanh" -> activation(Activation.TANH);
      case "Sigmoid" -> activation(Activation.SIGMOID);
      case "Softplus" -> activation(Activation.SOFTPLUS);
      case "Gelu" -> gelu();
      case "Elu" -> activation(Activation.ELU, "alpha", 1, 1);
      case "LeakyRelu" -> activation(Activation.LEAKY_RELU, "alpha", 0.01, Activation.LEAKY_SLOPE);
      case "Mul" -> gated();
      case "Gemm" -> gemm();
      case "MatMul" -> matmul(Optional.empty());
      case "Add" -> biased();
      case "Conv" -> convolution();
      case "ConvTranspose" -> transposedConvolution();
      case "BatchNormalization" -> normalized();
      case "Flatten" -> flatten();
      case "Reshape" -> reshape();
      case "AveragePool" -> averagePool();
      case "Resize" -> resize();
      default ->
        throw new VaeException("its operation " + Quote.bare(node.operator()) + " (node " + name()
            + ") is no layer here; there are " + KNOWN);
    };
  }

  private String name() {
    return Quote.of(node.name().isEmpty() ? String.join(" ", node.outputs()) : node.name());
  }

  /** The operation is a layer's, but not in this form. */
  private VaeException unfit(String fault) {
    return new VaeException("its operation " + node.operator() + " (node " + name() + ") " + fault);
  }

  private String input(int place) {
    if (place >= node.inputs().size() || node.inputs().get(place).isEmpty()) {
      throw unfit("lacks its operand " + (place + 1));
    }
    return node.inputs().get(place);
  }

  private HostTensor weight(int place) {
    return graph
        .floats(input(place))
        .orElseThrow(() -> unfit("has no constant numbers as its operand " + (place + 1)));
  }

  private HostTensor bias(int place, int outputs) {
    return place < node.inputs().size() && !node.inputs().get(place).isEmpty()
        ? weight(place)
        : HostTensor.zeros(Shape.of(outputs));
  }

  private long whole(String attribute, long otherwise) {
    return node.attributes().get(attribute) instanceof OnnxAttribute.Whole whole
        ? whole.value()
        : otherwise;
  }

  private double real(String attribute, double otherwise) {
    return node.attributes().get(attribute) instanceof OnnxAttribute.Real real
        ? real.value()
        : otherwise;
  }

  private String text(String attribute, String otherwise) {
    return node.attributes().get(attribute) instanceof OnnxAttribute.Text text
        ? text.value()
        : otherwise;
  }

  private List<Long> wholes(String attribute, List<Long> otherwise) {
    return node.attributes().get(attribute) instanceof OnnxAttribute.Wholes wholes
        ? wholes.values()
        : otherwise;
  }

  private void require(boolean fits, String fault) {
    if (!fits) {
      throw unfit(fault);
    }
  }

  private Step step(Layer layer, HostTensor... weights) {
    return new Step(
        Optional.of(new ReadLayer(node.outputs().get(0), layer, List.of(weights))), input(0));
  }

  private Step activation(Activation function) {
    return step(new Layer.Activate(function));
  }

  private Step activation(Activation function, String attribute, double otherwise, double wanted) {
    double value = real(attribute, otherwise);
    require(
        Math.abs(value - wanted) <= 1e-6 * wanted,
        "has " + attribute + " " + value + ", but a layer " + function.text() + " has " + wanted);
    return activation(function);
  }

  private Step gelu() {
    require(text("approximate", "none").equals("none"), "is approximate; jvae's is exact");
    return activation(Activation.GELU);
  }

  /** A product with the sigmoid of the other operand, or the exact normal one. */
  private Step gated() {
    for (int place = 0; place < 2; place++) {
      String x = input(place);
      String other = input(1 - place);
      if (graph
          .maker(other, "Sigmoid")
          .filter(gate -> gate.inputs().contains(x))
          .isPresent()) {
        return new Step(
            Optional.of(
                ReadLayer.plain(node.outputs().get(0), new Layer.Activate(Activation.SILU))),
            x);
      }
      Optional<String> halved = scaled(x, 0.5);
      if (halved.isPresent() && isNormal(other, halved.get())) {
        return new Step(
            Optional.of(
                ReadLayer.plain(node.outputs().get(0), new Layer.Activate(Activation.GELU))),
            halved.get());
      }
    }
    throw unfit("is a product that no layer here computes");
  }

  /** What a value is a multiple of. */
  private Optional<String> scaled(String value, double factor) {
    return graph.maker(value, "Mul").flatMap(product -> constantBeside(product, factor));
  }

  private Optional<String> constantBeside(OnnxNode of, double wanted) {
    for (int place = 0; place < of.inputs().size(); place++) {
      Optional<HostTensor> constant = graph.floats(of.inputs().get(place));
      if (of.inputs().size() == 2
          && constant.isPresent()
          && constant.get().data().length == 1
          && Math.abs(constant.get().item() - wanted) < 1e-6) {
        return Optional.of(of.inputs().get(1 - place));
      }
    }
    return Optional.empty();
  }

  /** Whether a value is {@code 1 + erf(x / √2)}. */
  private boolean isNormal(String value, String x) {
    return graph
        .maker(value, "Add")
        .flatMap(sum -> constantBeside(sum, 1))
        .flatMap(made -> graph.maker(made, "Erf"))
        .flatMap(erf -> scaled(erf.inputs().get(0), Math.sqrt(0.5)))
        .filter(x::equals)
        .isPresent();
  }

  private Step gemm() {
    require(
        whole("transA", 0) == 0 && real("alpha", 1) == 1 && real("beta", 1) == 1,
        "transposes or scales its operands, which no dense layer does");
    HostTensor given = matrix(1);
    HostTensor weight = whole("transB", 0) == 0 ? ReadWeights.transposed(given) : given;
    int units = weight.shape().dimension(0);
    return step(new Layer.Dense(units), weight, bias(2, units));
  }

  private HostTensor matrix(int place) {
    HostTensor given = weight(place);
    require(given.shape().rank() == 2, "has a weight " + given.shape() + " that is no matrix");
    return given;
  }

  private Step matmul(Optional<HostTensor> bias) {
    HostTensor weight = ReadWeights.transposed(matrix(1));
    int units = weight.shape().dimension(0);
    return step(
        new Layer.Dense(units), weight, bias.orElseGet(() -> HostTensor.zeros(Shape.of(units))));
  }

  /** A product and a constant. */
  private Step biased() {
    for (int place = 0; place < 2; place++) {
      Optional<HostTensor> bias = graph.floats(input(place));
      Optional<OnnxNode> product = graph.maker(input(1 - place), "MatMul");
      if (bias.isPresent() && product.isPresent()) {
        Step dense = new LayerReader(graph, product.get()).matmul(bias);
        return new Step(
            dense
                .layer()
                .map(layer -> new ReadLayer(node.outputs().get(0), layer.layer(), layer.weights())),
            dense.from());
      }
    }
    throw unfit("is a sum of two branches, which is not read");
  }

  private Step convolution() {
    HostTensor weight = weight(1);
    Window window = window(weight);
    int channels = weight.shape().dimension(0);
    Layer layer = window.axes() == 2
        ? new Layer.Conv2d(channels, window.kernel(), window.stride(), window.padding())
        : new Layer.Conv1d(channels, window.kernel(), window.stride(), window.padding());
    return step(layer, weight, bias(2, channels));
  }

  private Step transposedConvolution() {
    HostTensor weight = weight(1);
    Window window = window(weight);
    require(window.axes() == 2, "goes along a series, which is not read");
    require(
        !node.attributes().containsKey("output_shape"),
        "says its output_shape; export it with pads and output_padding");
    int channels = weight.shape().dimension(1);
    List<Long> more = wholes("output_padding", List.of(0L, 0L));
    require(more.size() == 2, "has output_padding " + more);
    Layer layer = new Layer.TransposedConv2d(
        channels,
        window.kernel(),
        window.stride(),
        window.padding(),
        new OutputPadding(extent(more.get(0)), extent(more.get(1))));
    return step(layer, weight, bias(2, channels));
  }

  /** How a kernel moves, the same along each axis. */
  private record Window(int axes, int kernel, int stride, int padding) {}

  private Window window(HostTensor weight) {
    int axes = weight.shape().rank() - 2;
    require(axes == 1 || axes == 2, "has a kernel " + weight.shape() + ", not of one or two axes");
    require(whole("group", 1) == 1, "has groups of channels");
    List<Long> ones = Collections.nCopies(axes, 1L);
    require(wholes("dilations", ones).equals(ones), "has dilations");
    require(text("auto_pad", "NOTSET").equals("NOTSET"), "leaves its padding open (auto_pad)");
    long kernel = same(
        "kernel",
        Arrays.stream(weight.shape().subShape(2, 2 + axes).toLongArray())
            .boxed()
            .toList());
    return new Window(
        axes,
        extent(kernel),
        extent(same("strides", wholes("strides", ones))),
        extent(same("pads", wholes("pads", Collections.nCopies(2 * axes, 0L)))));
  }

  private long same(String what, List<Long> values) {
    require(
        values.stream().distinct().count() == 1,
        "has " + what + " " + values + ", but a layer's are the same along all axes");
    return values.get(0);
  }

  private int extent(long value) {
    require(value >= 0 && value <= Integer.MAX_VALUE, "has an extent " + value);
    return (int) value;
  }

  /** A scale and a shift of channels, which the layer before takes into its weights. */
  private Step normalized() {
    Step before = new LayerReader(graph, graph.maker(input(0))).read();
    ReadLayer layer = before.layer().orElseThrow(() -> unfit("follows no layer with weights"));
    require(layer.layer() instanceof Layer.Weighted, "follows no layer with weights");
    int axis = layer.layer() instanceof Layer.TransposedConv2d ? 1 : 0;
    List<HostTensor> folded = ReadWeights.normalized(
        layer.weights(),
        axis,
        List.of(weight(1), weight(2), weight(3), weight(4)),
        real("epsilon", 1e-5));
    require(!folded.isEmpty(), "has not one number for each channel");
    return new Step(
        Optional.of(new ReadLayer(node.outputs().get(0), layer.layer(), folded)), before.from());
  }

  private Step flatten() {
    require(whole("axis", 1) == 1, "flattens from another axis than the first after the batch");
    return step(new Layer.Flatten());
  }

  private Step reshape() {
    List<Long> shape =
        graph.wholes(input(1)).orElseThrow(() -> unfit("makes a shape that is not constant"));
    if (shape.size() == 2) {
      return step(new Layer.Flatten());
    }
    boolean isKnown = shape.stream().skip(1).allMatch(each -> each > 0);
    require(isKnown, "makes " + shape + ", of which only the batch may be open");
    return switch (shape.size()) {
      case 3 -> step(new Layer.Unflatten1d(extent(shape.get(1)), extent(shape.get(2))));
      case 4 ->
        step(new Layer.Unflatten(extent(shape.get(1)), extent(shape.get(2)), extent(shape.get(3))));
      default -> throw unfit("makes " + shape + ", which no layer does");
    };
  }

  private Step averagePool() {
    List<Long> kernel = wholes("kernel_shape", List.of());
    require(
        kernel.size() == 2
            && wholes("strides", List.of(1L, 1L)).equals(kernel)
            && wholes("pads", List.of()).stream().allMatch(pad -> pad == 0)
            && whole("ceil_mode", 0) == 0,
        "has windows that overlap or reach beyond the image");
    return step(new Layer.AveragePool(extent(same("kernel_shape", kernel))));
  }

  private Step resize() {
    HostTensor scales = weight(2);
    float factor = scales.data()[scales.data().length - 1];
    boolean isEnlargement = scales.data().length == 4
        && scales.data()[0] == 1
        && scales.data()[1] == 1
        && scales.data()[2] == factor
        && factor == (int) factor;
    require(
        text("mode", "nearest").equals("nearest") && isEnlargement && factor >= 1,
        "is no enlargement of height and width by the same whole number");
    return step(new Layer.Upsample((int) factor));
  }
}
