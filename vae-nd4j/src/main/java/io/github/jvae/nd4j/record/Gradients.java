package io.github.jvae.nd4j.record;

import io.github.jvae.nd4j.memory.StoredVariable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reverse pass: goes back over a recording and records, behind it, what computes the gradients
 * of a loss. What each operation contributes is its own rule, {@link Operation#differentiate}.
 */
public final class Gradients {
  private final Recording recording;
  private final Addition addition;
  private final Set<Value> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Value, Value> gradients = new IdentityHashMap<>();

  /** Records the sum of two values of one shape. */
  public interface Addition {
    /** Returns the sum. */
    Value record(Recording recording, Value a, Value b);
  }

  private Gradients(Recording recording, Addition addition) {
    this.recording = recording;
    this.addition = addition;
  }

  /**
   * Records the gradients of the variables that have one, in the layout they are stored in.
   *
   * @param addition adds up what several operations contribute to one gradient
   */
  public static Map<StoredVariable, Value> record(
      Recording recording, Value loss, Iterable<StoredVariable> variables, Addition addition) {
    Gradients pass = new Gradients(recording, addition);
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
      if (operation.passesGradient() && operation.operands().stream().anyMatch(this::wants)) {
        wanted.addAll(operation.results());
      }
    }
  }

  /** Returns where contributions are recorded. */
  public Recording recording() {
    return recording;
  }

  /** Returns whether the gradient of a value is of use. */
  public boolean wants(Value value) {
    return value.storage().variable() != null || wanted.contains(value.storage());
  }

  /** The gradient of a value so far, if there is one. */
  @Nullable
  Value of(Value value) {
    Value gradient = gradients.get(value.storage());
    return gradient == null ? null : gradient.reshape(value.shape());
  }

  /** Returns the gradient of a result, which is known to have one. */
  public Value require(Value value) {
    return Objects.requireNonNull(of(value), "the result has a gradient");
  }

  /** Adds to the gradient of an operand, if it is of use; else nothing is recorded. */
  public void add(Value operand, Supplier<Value> contribution) {
    if (!wants(operand)) {
      return;
    }
    Value storage = operand.storage();
    Value more = contribution.get().reshape(storage.shape());
    Value present = gradients.get(storage);
    gradients.put(storage, present == null ? more : addition.record(recording, present, more));
  }
}
