package io.github.jvae.tensorflow;

import io.github.jvae.backend.support.EngineTrace;
import io.github.jvae.backend.support.Layout;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.core.Reshape;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.Transpose;
import org.tensorflow.op.math.Add;
import org.tensorflow.op.nn.BiasAdd;
import org.tensorflow.op.nn.Elu;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A computation while it is recorded as operations of a graph. The operations' names start with the
 * component that recorded them.
 */
public final class TensorFlowTrace
    extends EngineTrace<TensorFlowTensor, Operand<TFloat32>, StoredVariable> {
  private final GraphSession session;
  private final boolean differentiated;
  private final Scope root;
  private final Map<String, Scope> scopes = new HashMap<>();
  private final Map<Integer, Constant<TFloat32>> scalars = new HashMap<>();
  private final Map<List<Integer>, Constant<TInt32>> vectors = new HashMap<>();
  private final Map<StoredVariable, Operand<TFloat32>> reads = new LinkedHashMap<>();

  /** @param differentiated whether gradients are taken of what is recorded */
  TensorFlowTrace(GraphSession session, TensorFlowVariables variables, boolean differentiated) {
    super(TensorFlowTensor.class, variables);
    this.session = session;
    this.differentiated = differentiated;
    this.root = session.root().withSubScope("trace");
  }

  @Override
  public String backend() {
    return TensorFlowModule.NAME;
  }

  /** Where the component being recorded puts its operations: for code in native operations. */
  public Scope scope() {
    if (session.isClosed()) {
      throw new VaeException("a tensor was used after its backend was closed, or long after the"
          + " computation that it belongs to; tensors do not outlive the function that records"
          + " them");
    }
    return scopes.computeIfAbsent(component(), name -> root.withSubScope(valid(name)));
  }

  /**
   * A tensor of native operations recorded in {@link #scope()}; the caller vouches for the shape.
   */
  @Override
  public TensorFlowTensor tensor(Shape shape, Operand<TFloat32> operand) {
    return new TensorFlowTensor(this, shape, operand);
  }

  /** A name that TensorFlow takes: it refuses spaces, and a slash would open a scope. */
  static String valid(String name) {
    String result = name.replaceAll("[^A-Za-z0-9_.\\-]", "_");
    return result.matches("[A-Za-z0-9.].*") ? result : "." + result;
  }

  @Override
  protected Operand<TFloat32> read(String name, StoredVariable variable) {
    // Once per trace: the gradient is taken with respect to this very operation.
    return reads.computeIfAbsent(
        variable, v -> ReadVariableOp.create(scope(), v.handle(session), TFloat32.class));
  }

  /** The variables read so far, with the operations that read them. */
  Map<StoredVariable, Operand<TFloat32>> reads() {
    return Collections.unmodifiableMap(reads);
  }

  /** Whether gradients are taken of what is recorded, which must then be good to differentiate. */
  boolean isDifferentiated() {
    return differentiated;
  }

  @Override
  protected boolean convolvesChannelsLast() {
    return true;
  }

  @Override
  protected TensorFlowTensor image(TensorFlowTensor channelsLast) {
    return new TensorFlowTensor(this, channelsLast);
  }

  /** Returns [height, width, in, out], or for a transposed convolution [height, width, out, in]. */
  @Override
  protected Layout kernel(Shape portable) {
    return Layout.permuted(portable, 2, 3, 1, 0);
  }

  @Override
  protected TensorFlowTensor dense(
      TensorFlowTensor x, TensorFlowTensor weight, TensorFlowTensor bias) {
    Operand<TFloat32> product =
        MatMul.create(scope(), x.unwrap(), weight.unwrap(), MatMul.transposeB(true));
    return tensor(
        Shape.of(x.shape().dimension(0), bias.shape().dimension(0)),
        BiasAdd.create(scope(), product, bias.unwrap()));
  }

  @Override
  protected TensorFlowTensor convolution(
      Layer.Conv2d layer,
      TensorFlowTensor x,
      TensorFlowTensor weight,
      TensorFlowTensor bias,
      Shape result) {
    Operand<TFloat32> product =
        Convolutions.record(this, layer, x.shape(), x.unwrap(), weight.unwrap());
    return tensor(result, BiasAdd.create(scope(), product, bias.unwrap()));
  }

  /**
   * Nothing fuses a bias with a transposed convolution, and where it stands alone the gradient of a
   * plain sum is four times as fast as that of {@code BiasAdd} (0.7 against 3.3 ms for 32 channels
   * of 16 x 16 and a batch of 128).
   */
  @Override
  protected TensorFlowTensor transposedConvolution(
      Layer.TransposedConv2d layer,
      TensorFlowTensor x,
      TensorFlowTensor weight,
      TensorFlowTensor bias,
      Shape result) {
    Operand<TFloat32> product =
        Convolutions.recordTransposed(this, layer, x.shape(), x.unwrap(), weight.unwrap(), result);
    return tensor(result, Add.create(scope(), product, bias.unwrap()));
  }

  @Override
  protected TensorFlowTensor activation(Activation function, TensorFlowTensor x) {
    return own(
        switch (function) {
          case RELU -> x.relu();
          case TANH -> x.tanh();
          case SIGMOID -> x.sigmoid();
          case SOFTPLUS -> x.softplus();
          case LEAKY_RELU ->
            tensor(x.shape(), LeakyRelu.create(scope(), x.unwrap(), LeakyRelu.alpha((float)
                Activation.LEAKY_SLOPE)));
          case ELU -> tensor(x.shape(), Elu.create(scope(), x.unwrap()));
          // The engine has no exact one.
          case GELU -> x.multiply(0.5).multiply(x.multiply(Math.sqrt(0.5)).erf().add(1));
          case SILU -> x.multiply(x.sigmoid());
        });
  }

  GraphSession session() {
    return session;
  }

  @Override
  public Tensor scalar(double value) {
    return tensor(Shape.scalar(), number(value));
  }

  @Override
  public Tensor constant(HostTensor value) {
    return tensor(
        value.shape(),
        Constant.tensorOf(scope(), Buffers.shape(value.shape()), DataBuffers.of(value.data())));
  }

  Placeholder<TFloat32> placeholder(Shape shape) {
    return Placeholder.create(scope(), TFloat32.class, Placeholder.shape(Buffers.shape(shape)));
  }

  /** A constant number. */
  Operand<TFloat32> number(double value) {
    float number = (float) value;
    return scalars.computeIfAbsent(
        Float.floatToRawIntBits(number), bits -> Constant.scalarOf(scope(), number));
  }

  /** A constant vector, as of axes or extents. */
  Operand<TInt32> integers(int... numbers) {
    return vectors.computeIfAbsent(
        Arrays.stream(numbers).boxed().toList(), list -> Constant.vectorOf(scope(), numbers));
  }

  /** A constant whole number. */
  Operand<TInt32> integer(int number) {
    return Constant.scalarOf(scope(), number);
  }

  /** Another shape, unless it is the same. */
  Operand<TFloat32> reshape(Operand<TFloat32> operand, Shape from, Shape to) {
    return from.equals(to) ? operand : Reshape.create(scope(), operand, integers(to.toArray()));
  }

  /** Another order of axes, unless it is the same. */
  Operand<TFloat32> transpose(Operand<TFloat32> operand, int... order) {
    return IntStream.range(0, order.length).allMatch(i -> order[i] == i)
        ? operand
        : Transpose.create(scope(), operand, integers(order));
  }
}
