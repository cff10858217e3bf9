package io.github.jvae.nd4j.record;

import io.github.jvae.nd4j.memory.StoredVariable;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operations of a computation, in the order they were written: operands come before results.
 */
public final class Recording {
  private final List<Operation> operations = new ArrayList<>();
  private final List<Value> inputs = new ArrayList<>();
  private final IdentityHashMap<StoredVariable, Value> variables = new IdentityHashMap<>();
  private final Map<Float, Value> numbers = new HashMap<>();
  private long products;

  /** Adds an operation with one result, and returns that. */
  public Value add(Operation operation) {
    operations.add(operation);
    return operation.result();
  }

  /** Adds a value that is given from outside. */
  public Value input(Value value) {
    inputs.add(value);
    return value;
  }

  /** Returns the numbers of a variable, in the layout they are stored in. */
  public Value variable(StoredVariable variable) {
    return variables.computeIfAbsent(variable, Value::of);
  }

  /** Returns a number that never changes. */
  public Value number(double value) {
    return numbers.computeIfAbsent((float) value, v -> Value.of(HostTensor.scalar(v)));
  }

  /** Says how many numbers its networks multiply. */
  public void multiplies(long count) {
    products = count;
  }

  /** Returns how many numbers its networks multiply. */
  public long products() {
    return products;
  }

  List<Operation> operations() {
    return operations;
  }

  /** Returns the values that are given from outside, in order. */
  public List<Value> inputs() {
    return inputs;
  }

  /** Returns the operations on which some values depend, in order. */
  public List<Operation> needed(List<Value> values) {
    Set<Value> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    values.forEach(value -> needed.add(value.storage()));
    List<Operation> result = new ArrayList<>();
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      if (operation.results().stream().anyMatch(needed::contains)) {
        result.add(operation);
        operation.operands().forEach(operand -> needed.add(operand.storage()));
      }
    }
    Collections.reverse(result);
    return result;
  }
}
