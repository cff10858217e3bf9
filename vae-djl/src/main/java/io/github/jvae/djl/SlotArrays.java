package io.github.jvae.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.support.VanishingMoments;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A slot of the optimizer: an array beside each trained variable. */
final class SlotArrays {
  private static final String OWNER = "optimizer";
  private static final String LIST = "slot";

  private final DjlVariables variables;
  private final Memory memory;
  private final float beside;
  private @Nullable Script rounding;
  private final Map<StoredVariable, StoredVariable> arrays = new LinkedHashMap<>();

  SlotArrays(DjlVariables variables, Memory memory, OptimizerSlot slot) {
    this.variables = variables;
    this.memory = memory;
    this.beside = VanishingMoments.beside(slot);
  }

  private Script load() {
    ScriptText text = new ScriptText().addListArgument(LIST);
    String number = DjlTrace.literal(beside);
    text.add(OWNER, "torch._foreach_add_(" + LIST + ", " + number + ")");
    text.add(OWNER, "torch._foreach_sub_(" + LIST + ", " + number + ")");
    text.addReturn("torch.zeros([1])");
    return memory.load(text);
  }

  /** Rounds those that vanish to zero. */
  void round() {
    if (arrays.isEmpty()) {
      return;
    }
    if (rounding == null) {
      rounding = load();
    }
    NDList list = new NDList(arrays.size());
    for (StoredVariable stored : arrays.values()) {
      NDArray array = stored.array();
      // DJL gathers arrays of such a name in one argument.
      array.setName(LIST + "[]");
      list.add(array);
    }
    rounding.run(false, list).close();
  }

  /** The array of a variable; 0 when it is first asked for. */
  StoredVariable of(StoredVariable variable) {
    return arrays.computeIfAbsent(
        variable, v -> new StoredVariable(memory, HostTensor.zeros(v.shape())));
  }

  /** Returns the arrays by variable. */
  Map<String, HostTensor> read() {
    Map<String, HostTensor> result = new LinkedHashMap<>();
    variables.names().forEach(name -> {
      StoredVariable variable = variables.require(name);
      StoredVariable array = arrays.get(variable);
      result.put(name, array == null ? HostTensor.zeros(variable.shape()) : array.read());
    });
    return result;
  }

  void write(Map<String, HostTensor> values) {
    values.forEach((name, value) -> of(variables.require(name)).write(value));
  }

  void close() {
    if (rounding != null) {
      rounding.close();
    }
    arrays.values().forEach(StoredVariable::close);
    arrays.clear();
  }
}
