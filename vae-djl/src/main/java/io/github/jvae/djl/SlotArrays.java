package io.github.jvae.djl;

import ai.djl.ndarray.NDList;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.support.OptimizerMemory;
import io.github.jvae.backend.support.VanishingMoments;
import io.github.jvae.tensor.HostTensor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The slots of the optimizer: arrays beside each trained variable. */
final class SlotArrays extends OptimizerMemory<StoredVariable, StoredVariable> {
  private static final String OWNER = "optimizer";
  private static final String LIST = "slot";

  private final Memory memory;
  private final Map<OptimizerSlot, Script> rounding = new EnumMap<>(OptimizerSlot.class);

  SlotArrays(DjlVariables variables, Memory memory, Optimizer optimizer) {
    super(optimizer, variables);
    this.memory = memory;
  }

  @Override
  protected StoredVariable create(OptimizerSlot slot, StoredVariable variable) {
    return new StoredVariable(memory, HostTensor.zeros(variable.shape()));
  }

  @Override
  protected List<HostTensor> read(List<StoredVariable> kept) {
    return kept.stream().map(StoredVariable::read).toList();
  }

  @Override
  protected void write(StoredVariable kept, HostTensor value) {
    kept.write(value);
  }

  /** Rounds those that vanish to zero. */
  void round() {
    forEach((slot, kept) -> {
      if (!kept.isEmpty()) {
        NDList list = new NDList();
        String name = CompiledTrace.inList(LIST);
        kept.forEach(stored -> list.add(CompiledTrace.named(stored.array(), name)));
        rounding.computeIfAbsent(slot, this::load).run(false, list).close();
      }
    });
  }

  private Script load(OptimizerSlot slot) {
    ScriptText text = new ScriptText().addListArgument(LIST);
    String number = DjlTrace.literal(VanishingMoments.beside(slot));
    text.add(OWNER, "torch._foreach_add_(" + LIST + ", " + number + ")");
    text.add(OWNER, "torch._foreach_sub_(" + LIST + ", " + number + ")");
    text.addReturn("torch.zeros([1])");
    return memory.load(text);
  }

  void close() {
    rounding.values().forEach(Script::close);
    forEach((slot, kept) -> kept.forEach(StoredVariable::close));
    clear();
  }
}
