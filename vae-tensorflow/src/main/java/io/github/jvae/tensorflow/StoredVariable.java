package io.github.jvae.tensorflow;

import io.github.jvae.backend.support.EngineVariable;
import io.github.jvae.tensor.HostTensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * A resource variable of the engine, or a moment of the optimizer. Its numbers are here on the host
 * until a computation uses it, and while they wait to be assigned; else they are in the engine.
 */
final class StoredVariable extends EngineVariable {
  private final String name;

  /** In the portable layout; null while the engine has the value. */
  private float @Nullable [] waiting;

  private @Nullable Nodes nodes;

  /** What stands for the variable in one graph. */
  private record Nodes(
      GraphSession session,
      VarHandleOp handle,
      Operand<TFloat32> read,
      Placeholder<TFloat32> value,
      Op assign) {}

  /** @param name unique within the backend */
  StoredVariable(String name, HostTensor value) {
    super(value.shape());
    this.name = name;
    write(value.data());
  }

  /** Sets the value, from the portable layout; the array is copied. */
  void write(float[] portableValue) {
    waiting = portableValue.clone();
  }

  /** The value if it waits on the host, in the portable layout. */
  @Nullable
  HostTensor readWaiting() {
    return waiting == null ? null : HostTensor.of(shape(), waiting.clone());
  }

  /** A value as the engine stores it, in the portable layout. */
  HostTensor portable(float[] stored) {
    return HostTensor.of(shape(), layout().toPortable(stored));
  }

  /** The variable's handle in a graph. */
  Operand<? extends TType> handle(GraphSession session) {
    return nodes(session).handle();
  }

  /** The value, for a fetch: not for a computation, which reads its variables itself, once. */
  Operand<TFloat32> fetchable() {
    return Objects.requireNonNull(nodes, "a value in the engine has nodes").read();
  }

  private Nodes nodes(GraphSession session) {
    if (nodes == null || nodes.session() != session) {
      nodes = createNodes(session);
    }
    return nodes;
  }

  private Nodes createNodes(GraphSession session) {
    Scope scope = session.variables().withName(TensorFlowTrace.valid(name));
    org.tensorflow.ndarray.Shape extents = Buffers.shape(layout().stored());
    // The engine tells variables apart by shared name, within one session.
    VarHandleOp handle =
        VarHandleOp.create(scope, TFloat32.class, extents, VarHandleOp.sharedName(name));
    Operand<TFloat32> read = ReadVariableOp.create(scope, handle, TFloat32.class);
    Placeholder<TFloat32> value =
        Placeholder.create(scope, TFloat32.class, Placeholder.shape(extents));
    return new Nodes(session, handle, read, value, AssignVariableOp.create(scope, handle, value));
  }

  /** Whether a value waits that the engine needs. */
  boolean needsAssignment() {
    return waiting != null && nodes != null;
  }

  /** Adds the assignment of the waiting value to a run; the caller closes what is fed. */
  TFloat32 assign(Session.Runner runner) {
    Nodes target = Objects.requireNonNull(nodes);
    TFloat32 value =
        Buffers.copyOf(layout().stored(), layout().toStored(Objects.requireNonNull(waiting)));
    runner.feed(target.value(), value).addTarget(target.assign());
    return value;
  }

  /** The engine has the value now. */
  void assigned() {
    waiting = null;
  }

  /** Takes the value back to the host, as its graph is about to go. */
  void leaveGraph(float @Nullable [] stored) {
    if (stored != null) {
      waiting = layout().toPortable(stored);
    }
    nodes = null;
  }
}
