package io.github.jvae.nd4j.replay;

import io.github.jvae.nd4j.kernel.Tiles;
import io.github.jvae.nd4j.operation.Elementwise;
import io.github.jvae.nd4j.record.Operation;
import io.github.jvae.nd4j.record.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/**
 * Joins an element-wise operation with the one that makes its operand, where nothing else needs
 * that: a bias and an activation, say, are then one pass over memory and not two.
 */
final class Fusion {
  private final IdentityHashMap<Value, Integer> uses = new IdentityHashMap<>();
  private final IdentityHashMap<Value, Elementwise> makers = new IdentityHashMap<>();
  private final List<Operation> result = new ArrayList<>();

  private Fusion() {}

  /**
   * Operations that compute the same.
   *
   * @param kept values that are wanted afterwards
   */
  static List<Operation> of(List<Operation> operations, Collection<Value> kept) {
    Fusion fusion = new Fusion();
    kept.forEach(fusion::use);
    operations.forEach(operation -> operation.operands().forEach(fusion::use));
    operations.forEach(fusion::add);
    return fusion.result;
  }

  private void use(Value value) {
    uses.merge(value.storage(), 1, Integer::sum);
  }

  private void add(Operation operation) {
    if (operation instanceof Elementwise elementwise) {
      Elementwise joined = join(elementwise);
      makers.put(joined.result(), joined);
      result.add(joined);
    } else {
      result.add(operation);
    }
  }

  private Elementwise join(Elementwise operation) {
    for (int i = 0; i < operation.operands().size(); i++) {
      Value value = operation.operand(i).storage();
      Elementwise maker = makers.get(value);
      if (maker != null
          && Objects.equals(uses.get(value), 1)
          && operation.readsInPlace(i)
          && maker.operands().size() + operation.operands().size() - 1 <= Tiles.OPERANDS) {
        result.remove(maker);
        return operation.after(maker, i);
      }
    }
    return operation;
  }
}
