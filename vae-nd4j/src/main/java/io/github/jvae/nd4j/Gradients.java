package io.github.jvae.nd4j;

import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Shape;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The reverse pass: goes back over a recording and records, behind it, what computes the gradients
 * of a loss. What each operation contributes is its own rule, {@link Operation#differentiate}.
 */
final class Gradients {
  private final Recording recording;
  private final Set<Value> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Value, Value> gradients = new IdentityHashMap<>();

  private Gradients(Recording recording) {
    this.recording = recording;
  }

  /** Records the gradients of the variables that have one, in the layout they are stored in. */
  static Map<StoredVariable, Value> record(
      Recording recording, Value loss, Iterable<StoredVariable> variables) {
    Gradients pass = new Gradients(recording);
    List<Operation> operations = recording.needed(List.of(loss));
    pass.want(operations);
    pass.add(loss, () -> recording.number(1));
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      if (operation.results().stream().anyMatch(result -> pass.of(result) != null)) {
        operation.differentiate(pass);
      }
    }
    Map<StoredVariable, Value> result = new LinkedHashMap<>();
    for (StoredVariable variable : variables) {
      Value gradient = pass.of(recording.variable(variable));
      if (gradient != null) {
        result.put(variable, gradient);
      }
    }
    return result;
  }

  /** Notes the values through which a gradient reaches a variable. */
  private void want(List<Operation> operations) {
    for (Operation operation : operations) {
      boolean passes =
          !(operation instanceof Elementwise elementwise) || elementwise.passesGradient();
      if (passes && operation.operands().stream().anyMatch(this::wants)) {
        wanted.addAll(operation.results());
      }
    }
  }

  Recording recording() {
    return recording;
  }

  /** Whether the gradient of a value is of use. */
  boolean wants(Value value) {
    return value.storage().variable() != null || wanted.contains(value.storage());
  }

  /** The gradient of a value so far, if there is one. */
  @Nullable
  Value of(Value value) {
    Value gradient = gradients.get(value.storage());
    return gradient == null ? null : gradient.reshape(value.shape());
  }

  /** The gradient of a result, which is known to have one. */
  Value require(Value value) {
    return Objects.requireNonNull(of(value), "the result has a gradient");
  }

  /** Adds to the gradient of an operand, if it is of use; else nothing is recorded. */
  void add(Value operand, Supplier<Value> contribution) {
    if (!wants(operand)) {
      return;
    }
    Value storage = operand.storage();
    Value more = contribution.get().reshape(storage.shape());
    Value present = gradients.get(storage);
    gradients.put(
        storage,
        present == null ? more : Arithmetic.record(recording, BinaryOperation.ADD, present, more));
  }

  /** The same for an operand that was stretched to the contribution's shape. */
  void addStretched(Value operand, Supplier<Value> contribution) {
    add(operand, () -> sumTo(contribution.get(), operand.shape()));
  }

  /** Sums over the axes along which a shape was stretched. */
  private Value sumTo(Value value, Shape shape) {
    int missing = value.shape().rank() - shape.rank();
    int[] axes = IntStream.range(0, value.shape().rank())
        .filter(axis -> axis < missing
            || (shape.dimension(axis - missing) == 1 && value.shape().dimension(axis) != 1))
        .toArray();
    return axes.length == 0
        ? value.reshape(shape)
        : Sum.record(recording, value, axes).reshape(shape);
  }
}
