package io.github.jvae.onnx.internal;

import io.github.jvae.backend.support.EngineTrace;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A computation while it is recorded as an ONNX graph, of the standard operations of version
 * {@value #OPERATIONS}. Values go by their names. Variables become part of the graph under their
 * own names, in PyTorch's layouts, which are ONNX's.
 */
public final class GraphTrace extends EngineTrace<GraphTensor, String, GraphVariable> {
  /** The version of the set of operations. */
  public static final int OPERATIONS = 17;

  private final String backend;
  private final GraphRecording recording = new GraphRecording();

  /** @param backend whose variables are read, for messages */
  public GraphTrace(String backend, GraphVariables variables) {
    super(GraphTensor.class, variables);
    this.backend = backend;
  }

  @Override
  public String backend() {
    return backend;
  }

  /** Adds an input of the graph. */
  public GraphTensor input(String name, Shape shape) {
    return tensor(shape, recording.input(name, shape));
  }

  /** Adds an output of the graph. */
  public void output(String name, Tensor value) {
    recording.output(name, own(value).unwrap(), value.shape());
  }

  /** Returns what was recorded so far, with the present numbers of the variables. */
  public OnnxModel model() {
    return recording.model();
  }

  @Override
  public GraphTensor tensor(Shape shape, String value) {
    return new GraphTensor(this, shape, value);
  }

  /** Records an operation without attributes and returns its value. */
  String node(String operator, String... operands) {
    return node(operator, Map.of(), operands);
  }

  /** Records an operation and returns its value. */
  String node(String operator, Map<String, OnnxAttribute> attributes, String... operands) {
    return recording.node(component(), operator, List.of(operands), attributes);
  }

  /** Returns whole numbers as a value. */
  String wholes(int... numbers) {
    return recording.constant(OnnxData.Wholes.of(numbers));
  }

  /** Returns a number as a value. */
  String number(double value) {
    return recording.constant(new OnnxData.Floats(HostTensor.scalar(value)));
  }

  @Override
  protected String read(String name, GraphVariable variable) {
    return recording.variable(name, variable);
  }

  @Override
  protected GraphTensor dense(GraphTensor x, GraphTensor weight, GraphTensor bias) {
    return tensor(
        Shape.of(x.shape().dimension(0), bias.shape().dimension(0)),
        node(
            "Gemm",
            Map.of("transB", new OnnxAttribute.Whole(1)),
            x.unwrap(),
            weight.unwrap(),
            bias.unwrap()));
  }

  @Override
  protected GraphTensor convolution(
      Layer.Conv2d layer, GraphTensor x, GraphTensor weight, GraphTensor bias, Shape result) {
    return tensor(
        result,
        node(
            "Conv",
            windows(layer.kernel(), layer.stride(), layer.padding()),
            x.unwrap(),
            weight.unwrap(),
            bias.unwrap()));
  }

  @Override
  protected GraphTensor transposedConvolution(
      Layer.TransposedConv2d layer,
      GraphTensor x,
      GraphTensor weight,
      GraphTensor bias,
      Shape result) {
    Map<String, OnnxAttribute> attributes =
        new HashMap<>(windows(layer.kernel(), layer.stride(), layer.padding()));
    attributes.put(
        "output_padding",
        OnnxAttribute.Wholes.of(
            layer.outputPadding().rows(), layer.outputPadding().columns()));
    return tensor(
        result, node("ConvTranspose", attributes, x.unwrap(), weight.unwrap(), bias.unwrap()));
  }

  private static Map<String, OnnxAttribute> windows(int kernel, int stride, int padding) {
    return Map.of(
        "kernel_shape", OnnxAttribute.Wholes.of(kernel, kernel),
        "strides", OnnxAttribute.Wholes.of(stride, stride),
        "pads", OnnxAttribute.Wholes.of(padding, padding, padding, padding));
  }

  @Override
  protected GraphTensor activation(Activation function, GraphTensor x) {
    return switch (function) {
      case RELU -> x.made("Relu");
      case TANH -> x.made("Tanh");
      case SIGMOID -> x.made("Sigmoid");
      case SOFTPLUS -> x.made("Softplus");
      case ELU -> x.made("Elu");
      case LEAKY_RELU ->
        tensor(
            x.shape(),
            node(
                "LeakyRelu",
                Map.of("alpha", new OnnxAttribute.Real((float) Activation.LEAKY_SLOPE)),
                x.unwrap()));
      // The set of operations has neither yet.
      case GELU -> own(x.multiply(0.5).multiply(x.multiply(Math.sqrt(0.5)).erf().add(1)));
      case SILU -> own(x.multiply(x.made("Sigmoid")));
    };
  }

  @Override
  public Tensor scalar(double value) {
    return tensor(Shape.scalar(), number(value));
  }

  @Override
  public Tensor constant(HostTensor value) {
    return tensor(value.shape(), recording.constant(new OnnxData.Floats(value)));
  }

  GraphTensor ofMine(Tensor tensor) {
    return own(tensor);
  }
}
