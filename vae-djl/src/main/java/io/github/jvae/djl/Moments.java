package io.github.jvae.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.jvae.backend.support.VanishingMoments;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The running means of one power of the gradients: an array beside each trained variable. */
final class Moments {
  private static final String OWNER = "adam";
  private static final String LIST = "moments";

  private final DjlVariables variables;
  private final Memory memory;
  private final float beside;
  private @Nullable Script rounding;
  private final Map<StoredVariable, StoredVariable> moments = new LinkedHashMap<>();

  /** @param beside what rounds those that vanish: see {@link VanishingMoments} */
  Moments(DjlVariables variables, Memory memory, float beside) {
    this.variables = variables;
    this.memory = memory;
    this.beside = beside;
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
    if (moments.isEmpty()) {
      return;
    }
    if (rounding == null) {
      rounding = load();
    }
    NDList list = new NDList(moments.size());
    for (StoredVariable moment : moments.values()) {
      NDArray array = moment.array();
      // DJL gathers arrays of such a name in one argument.
      array.setName(LIST + "[]");
      list.add(array);
    }
    rounding.run(false, list).close();
  }

  /** The moment of a variable; 0 when it is first asked for. */
  StoredVariable of(StoredVariable variable) {
    return moments.computeIfAbsent(
        variable, v -> new StoredVariable(memory, HostTensor.zeros(v.shape())));
  }

  /** By variable. */
  Map<String, HostTensor> read() {
    Map<String, HostTensor> result = new LinkedHashMap<>();
    variables.names().forEach(name -> {
      StoredVariable variable = variables.require(name);
      StoredVariable moment = moments.get(variable);
      result.put(name, moment == null ? HostTensor.zeros(variable.shape()) : moment.read());
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
    moments.values().forEach(StoredVariable::close);
    moments.clear();
  }
}
