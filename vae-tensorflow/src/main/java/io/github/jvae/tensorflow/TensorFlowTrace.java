package io.github.jvae.tensorflow;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
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
import org.tensorflow.op.linalg.Transpose;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A computation while it is recorded as operations of a graph. The operations' names start with the
 * component that recorded them.
 */
public final class TensorFlowTrace extends Trace {
  private final GraphSession session;
  private final TensorFlowVariables variables;
  private final boolean differentiated;
  private final Scope root;
  private final Map<String, Scope> scopes = new HashMap<>();
  private final Map<Integer, Constant<TFloat32>> scalars = new HashMap<>();
  private final Map<List<Integer>, Constant<TInt32>> vectors = new HashMap<>();
  private final Map<StoredVariable, Operand<TFloat32>> reads = new LinkedHashMap<>();

  /** @param differentiated whether gradients are taken of what is recorded */
  TensorFlowTrace(GraphSession session, TensorFlowVariables variables, boolean differentiated) {
    this.session = session;
    this.variables = variables;
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
  public TensorFlowTensor tensor(Shape shape, Operand<TFloat32> operand) {
    return new TensorFlowTensor(this, shape, operand);
  }

  /** A name that TensorFlow takes: it refuses spaces, and a slash would open a scope. */
  static String valid(String name) {
    String result = name.replaceAll("[^A-Za-z0-9_.\\-]", "_");
    return result.matches("[A-Za-z0-9.].*") ? result : "." + result;
  }

  @Override
  public Tensor parameter(String name) {
    StoredVariable variable = variables.require(name);
    return tensor(variable.shape(), variable.layout().toPortable(this, read(variable)));
  }

  /** A variable in some layout: as it is, if it is stored so. */
  Operand<TFloat32> parameter(String name, Layout wanted) {
    StoredVariable variable = variables.require(name);
    return variable.layout().equals(wanted)
        ? read(variable)
        : wanted.toStored(this, ((TensorFlowTensor) parameter(name)).unwrap());
  }

  private Operand<TFloat32> read(StoredVariable variable) {
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
