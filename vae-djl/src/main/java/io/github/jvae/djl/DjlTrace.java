package io.github.jvae.djl;

import ai.djl.nn.Block;
import io.github.jvae.backend.Precision;
import io.github.jvae.backend.support.EngineTrace;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A computation while it is recorded as lines of a TorchScript.
 *
 * <p>{@link #call} records any operation of PyTorch's, for components that are written for this
 * backend alone.
 */
public final class DjlTrace extends EngineTrace<DjlTensor, ScriptValue, StoredVariable> {
  /** PyTorch's numbers of the types. */
  static final int FLOAT32 = 6;

  private static final int BFLOAT16 = 15;

  /** PyTorch's numbers of the orders in which an image batch can lie in memory. */
  static final int CONTIGUOUS = 0;

  static final int CHANNELS_LAST = 2;

  private final Memory memory;
  private final Precision precision;
  private final long worthwhileProduct;
  private final boolean differentiated;
  private final List<ScriptValue> recorded = new ArrayList<>();
  private final Map<ScriptValue, Shape> inputs = new LinkedHashMap<>();
  private final Map<StoredVariable, ScriptValue> reads = new LinkedHashMap<>();
  private final Map<ScriptValue, HostTensor> constants = new LinkedHashMap<>();
  private final Map<ScriptValue, BlockCall> blockCalls = new LinkedHashMap<>();
  private final Map<ScriptValue, DenseProduct> products = new LinkedHashMap<>();
  private final Map<Double, ScriptValue> scalars = new HashMap<>();

  /** @param differentiated whether gradients are taken of what is recorded */
  DjlTrace(
      DjlVariables variables,
      Memory memory,
      Precision precision,
      long worthwhileProduct,
      boolean differentiated) {
    super(DjlTensor.class, variables);
    this.memory = memory;
    this.precision = precision;
    this.worthwhileProduct = worthwhileProduct;
    this.differentiated = differentiated;
  }

  @Override
  public String backend() {
    return DjlModule.NAME;
  }

  /** Whether gradients are taken of what is recorded, which must then be good to differentiate. */
  boolean isDifferentiated() {
    return differentiated;
  }

  /**
   * Records a call, such as {@code call("torch.clamp", x, -1.0, 1.0)}.
   *
   * @param function as TorchScript's archives spell it: {@code torch.} and an operation's name
   * @param arguments values of this script, numbers, booleans, {@code int[]} for lists, lists of
   *     values, or text to be put in as it is, such as {@code "None"} or {@code "memory_format=2"}
   */
  public ScriptValue call(String function, Object... arguments) {
    return call(true, function, arguments);
  }

  /** Records a call of something that no gradient passes. */
  ScriptValue callWithoutGradient(String function, Object... arguments) {
    return call(false, function, arguments);
  }

  private ScriptValue call(boolean differentiable, String function, Object... arguments) {
    List<ScriptValue> operands = new ArrayList<>();
    String code = Arrays.stream(arguments)
        .map(argument -> text(argument, operands))
        .collect(Collectors.joining(", ", function + "(", ")"));
    ScriptValue value =
        new ScriptValue("v" + recorded.size(), code, operands, differentiable, component());
    recorded.add(value);
    return value;
  }

  private static String text(Object argument, List<ScriptValue> operands) {
    if (argument instanceof ScriptValue value) {
      operands.add(value);
      return value.name();
    }
    if (argument instanceof int[] numbers) {
      return Arrays.toString(numbers);
    }
    if (argument instanceof List<?> list) {
      return list.stream()
          .map(element -> text(element, operands))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (argument instanceof Boolean choice) {
      return choice ? "True" : "False";
    }
    if (argument instanceof Double number) {
      return literal(number);
    }
    return argument.toString();
  }

  /** A finite number as a script spells it. */
  static String literal(double number) {
    return Double.toString(number).toLowerCase(Locale.ROOT);
  }

  /** A tensor of a recorded value; the caller vouches for the shape. */
  @Override
  public DjlTensor tensor(Shape shape, ScriptValue value) {
    return new DjlTensor(this, shape, value);
  }

  private ScriptValue argument(String name) {
    return new ScriptValue(name, "", List.of(), true, component());
  }

  DjlTensor input(Shape shape) {
    ScriptValue value = argument("input" + inputs.size());
    inputs.put(value, shape);
    return tensor(shape, value);
  }

  @Override
  protected ScriptValue read(String name, StoredVariable variable) {
    return reads.computeIfAbsent(
        variable, v -> argument("w" + reads.size() + "_" + name.replaceAll("\\W", "_")));
  }

  @Override
  public Tensor scalar(double value) {
    return tensor(
        Shape.scalar(),
        scalars.computeIfAbsent(value, number -> constantValue(HostTensor.scalar(number))));
  }

  @Override
  public Tensor constant(HostTensor value) {
    return tensor(value.shape(), constantValue(value));
  }

  private ScriptValue constantValue(HostTensor value) {
    ScriptValue argument = argument("constant" + constants.size());
    constants.put(argument, value);
    return argument;
  }

  /**
   * What a DJL block makes of an input. It is run before the script, which gets its output as an
   * argument, so no gradient reaches the block.
   */
  ScriptValue blockOutput(Block block, ScriptValue input, Shape output) {
    if (!inputs.containsKey(input)) {
      throw new VaeException(component() + ": a DJL block takes images as they are given to the"
          + " computation, not what is computed of them; transform them before");
    }
    ScriptValue value = argument("block" + blockCalls.size());
    blockCalls.put(value, new BlockCall(block, input, output));
    return value;
  }

  /**
   * A product of matrices or a convolution, in the precision the user has chosen.
   *
   * @param arguments the first {@code factors} are values
   */
  ScriptValue product(int factors, String function, Object... arguments) {
    if (precision == Precision.FLOAT32) {
      return call(function, arguments);
    }
    Object[] rounded = arguments.clone();
    for (int i = 0; i < factors; i++) {
      rounded[i] = call("torch.to", arguments[i], BFLOAT16);
    }
    return call("torch.to", call(function, rounded), FLOAT32);
  }

  @Override
  protected DjlTensor dense(DjlTensor x, DjlTensor weight, DjlTensor bias) {
    int batch = x.shape().dimension(0);
    int inputs = weight.shape().dimension(1);
    int outputs = weight.shape().dimension(0);
    Shape shape = Shape.of(batch, outputs);
    // A weight that is computed, as a masked one, has a history that such a product would cut off.
    if (precision != Precision.FLOAT32
        || !PyTorch.hasOneDnnProducts()
        || !reads.containsValue(weight.unwrap())
        || (long) batch * inputs * outputs < worthwhileProduct) {
      return tensor(shape, product(3, "torch.linear", x.unwrap(), weight.unwrap(), bias.unwrap()));
    }
    ScriptValue result = call(
        DenseProduct.FUNCTION,
        x.unwrap(),
        weight.unwrap(),
        bias.unwrap(),
        DenseProduct.NO_ACTIVATION);
    products.put(result, new DenseProduct(result, x.unwrap(), weight.unwrap(), bias.unwrap()));
    return tensor(shape, result);
  }

  @Override
  protected DjlTensor convolution(
      Layer.Conv2d layer, DjlTensor x, DjlTensor weight, DjlTensor bias, Shape result) {
    return Convolutions.record(layer, x, weight, bias, result);
  }

  @Override
  protected DjlTensor transposedConvolution(
      Layer.TransposedConv2d layer, DjlTensor x, DjlTensor weight, DjlTensor bias, Shape result) {
    return Convolutions.recordTransposed(layer, x, weight, bias, result);
  }

  @Override
  protected DjlTensor activation(Activation function, DjlTensor x) {
    ScriptValue value = x.unwrap();
    return x.like(
        switch (function) {
          case RELU -> call("torch.relu", value);
          case TANH -> call("torch.tanh", value);
          case SIGMOID -> call("torch.sigmoid", value);
          case SOFTPLUS -> call("torch.softplus", value);
          case LEAKY_RELU -> call("torch.leaky_relu", value, Activation.LEAKY_SLOPE);
          case ELU -> call("torch.elu", value);
          case GELU -> call("torch.gelu", value);
          case SILU -> call("torch.silu", value);
        });
  }

  /** Whether kernels of convolutions are kept with the channels innermost, and images best are. */
  boolean keepsChannelsInnermost() {
    return memory.hasChannelsLast();
  }

  /** Another shape, unless it is the same. */
  ScriptValue reshape(ScriptValue value, Shape from, Shape to) {
    return from.equals(to) ? value : call("torch.reshape", value, to.toArray());
  }

  /** Whether a value is made of variables, so that its gradient may be asked for. */
  boolean dependsOnVariables(ScriptValue value) {
    Set<ScriptValue> seen = new HashSet<>();
    Deque<ScriptValue> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      ScriptValue next = open.pop();
      if (reads.containsValue(next)) {
        return true;
      }
      if (seen.add(next)) {
        open.addAll(next.operands());
      }
    }
    return false;
  }

  /** The recorded calls, in order. */
  List<ScriptValue> recorded() {
    return Collections.unmodifiableList(recorded);
  }

  Map<ScriptValue, Shape> inputs() {
    return Collections.unmodifiableMap(inputs);
  }

  Map<StoredVariable, ScriptValue> reads() {
    return Collections.unmodifiableMap(reads);
  }

  Map<ScriptValue, BlockCall> blockCalls() {
    return Collections.unmodifiableMap(blockCalls);
  }

  /** The dense layers that take gradients in a way of their own, by their output. */
  Map<ScriptValue, DenseProduct> products() {
    return Collections.unmodifiableMap(products);
  }

  Map<ScriptValue, HostTensor> constants() {
    return Collections.unmodifiableMap(constants);
  }
}
