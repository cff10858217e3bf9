package io.github.jvae.nd4j.replay;

import io.github.jvae.nd4j.memory.MemoryBlock;
import io.github.jvae.nd4j.record.Operation;
import io.github.jvae.nd4j.record.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where in one block of memory the values of a computation are. A place is used again once its
 * value is dead: the backward pass writes where the forward pass has been, which the processor's
 * caches like. The numbers of variables are elsewhere, and not planned.
 */
final class MemoryPlan {
  private static final int FOREVER = Integer.MAX_VALUE;

  private final IdentityHashMap<Value, Long> places = new IdentityHashMap<>();
  private final IdentityHashMap<Value, Integer> lastUses = new IdentityHashMap<>();
  private final FreeList free = new FreeList();

  /**
   * @param operations in the order they run
   * @param inputs what is given before they run
   * @param kept what is wanted after they ran
   * @param adjacent those of them that lie side by side, in this order
   */
  MemoryPlan(
      List<Operation> operations,
      Collection<Value> inputs,
      Collection<Value> kept,
      Collection<Value> adjacent) {
    noteLastUses(operations, inputs, kept);
    takeAdjacent(operations, adjacent);
    inputs.forEach(this::take);
    lastUses.keySet().stream().filter(value -> value.constant() != null).forEach(this::take);
    for (int i = 0; i < operations.size(); i++) {
      place(operations.get(i), i);
    }
  }

  private void noteLastUses(
      List<Operation> operations, Collection<Value> inputs, Collection<Value> kept) {
    for (int i = 0; i < operations.size(); i++) {
      int now = i;
      Operation operation = operations.get(i);
      Stream.concat(operation.operands().stream(), operation.results().stream())
          .map(Value::storage)
          .forEach(value -> lastUses.put(value, value.constant() == null ? now : FOREVER));
    }
    inputs.forEach(input -> lastUses.putIfAbsent(input, FOREVER));
    kept.forEach(value -> lastUses.put(value.storage(), FOREVER));
  }

  /** Of what is computed; inputs and constants have places of their own. */
  private void takeAdjacent(List<Operation> operations, Collection<Value> adjacent) {
    Set<Value> computed = Collections.newSetFromMap(new IdentityHashMap<>());
    operations.forEach(operation -> computed.addAll(operation.results()));
    adjacent.stream().map(Value::storage).filter(computed::contains).forEach(this::take);
  }

  private void take(Value value) {
    if (value.variable() == null && !places.containsKey(value)) {
      places.put(value, free.take(length(value)));
    }
  }

  private void place(Operation operation, int now) {
    Value replaced = replaceable(operation, now);
    if (replaced == null) {
      operation.results().forEach(this::take);
    } else {
      places.put(operation.result(), place(replaced));
    }
    Set<Value> ended = Collections.newSetFromMap(new IdentityHashMap<>());
    Stream.concat(operation.operands().stream(), operation.results().stream())
        .map(Value::storage)
        .filter(value -> value != replaced && ends(value, now))
        .forEach(ended::add);
    ended.forEach(value -> free.giveBack(place(value), length(value)));
  }

  private boolean ends(Value value, int now) {
    return value.variable() == null && lastUses.getOrDefault(value, FOREVER) == now;
  }

  /** An operand whose place the result may take. */
  private @Nullable Value replaceable(Operation operation, int now) {
    if (operation.results().stream().anyMatch(places::containsKey)) {
      return null;
    }
    for (int i = 0; i < operation.operands().size(); i++) {
      Value value = operation.operand(i).storage();
      if (operation.canReplace(i)
          && ends(value, now)
          && value.size() == operation.result().size()
          && isReadOnce(operation, value)) {
        return value;
      }
    }
    return null;
  }

  /** Another operand might read the same numbers at another time. */
  private static boolean isReadOnce(Operation operation, Value value) {
    return operation.operands().stream().filter(o -> o.storage() == value).count() == 1;
  }

  private static long length(Value value) {
    return MemoryBlock.aligned(value.size());
  }

  /** Where a value begins. */
  long place(Value storage) {
    return Objects.requireNonNull(places.get(storage), "every value has a place");
  }

  /** The length of the block. */
  long size() {
    return free.end();
  }
}
