package io.github.jvae.nd4j.optimizer;

import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.support.OptimizerMemory;
import io.github.jvae.nd4j.memory.Nd4jVariables;
import io.github.jvae.nd4j.memory.StoredVariable;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** What an optimizer remembers, in tiles. */
public final class TileMemory extends OptimizerMemory<StoredVariable, SlotTiles> {
  /** Prepares the memory of an optimizer of these variables. */
  public TileMemory(Optimizer optimizer, Nd4jVariables variables) {
    super(optimizer, variables);
  }

  @Override
  protected SlotTiles create(OptimizerSlot slot, StoredVariable variable) {
    return new SlotTiles(variable.shape());
  }

  @Override
  protected void layOut(SlotTiles kept, StoredVariable variable) {
    kept.layOut(variable.layout());
  }

  @Override
  protected List<HostTensor> read(List<SlotTiles> kept) {
    return kept.stream().map(SlotTiles::read).toList();
  }

  @Override
  protected void write(SlotTiles kept, HostTensor value) {
    kept.write(value);
  }
}
