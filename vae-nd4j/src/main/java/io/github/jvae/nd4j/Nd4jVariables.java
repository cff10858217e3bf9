package io.github.jvae.nd4j;

import io.github.jvae.backend.support.EngineVariables;
import io.github.jvae.backend.support.Lifecycle;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variables of one backend. */
final class Nd4jVariables extends EngineVariables<StoredVariable> implements AutoCloseable {
  private final Map<String, Layout> layouts = new HashMap<>();
  private final List<MemoryBlock> blocks = new ArrayList<>();

  Nd4jVariables(Lifecycle lifecycle) {
    super(lifecycle);
  }

  /**
   * Notes in which layouts a network would like its variables, for those that are not created yet.
   * The first to ask gets its way; whoever else uses the variable records a conversion.
   */
  void prefer(Map<String, Layout> wishes) {
    wishes.forEach(layouts::putIfAbsent);
  }

  @Override
  protected StoredVariable store(String name, HostTensor value) {
    Layout wish = layouts.get(name);
    Layout layout =
        wish != null && wish.fits(value.shape()) ? wish : Layout.portable(value.shape());
    return new StoredVariable(value.shape(), layout, value.data(), this::settle);
  }

  @Override
  protected Shape shape(StoredVariable variable) {
    return variable.shape();
  }

  @Override
  protected HostTensor read(StoredVariable variable) {
    return variable.read();
  }

  @Override
  protected void write(StoredVariable variable, HostTensor value) {
    variable.write(value.data());
  }

  /**
   * Gives all variables that have none their places, side by side in one block: the parameters of a
   * model lie in memory as one array, of which each is a part.
   */
  private void settle() {
    List<StoredVariable> open =
        stored().stream().filter(variable -> !variable.isSettled()).toList();
    long size = 0;
    for (StoredVariable variable : open) {
      size += MemoryBlock.aligned(variable.shape().size());
    }
    MemoryBlock block = new MemoryBlock(size);
    blocks.add(block);
    long begin = 0;
    for (StoredVariable variable : open) {
      int length = variable.shape().size();
      variable.settle(block.slice(begin, length));
      begin += MemoryBlock.aligned(length);
    }
  }

  /** Releases the memory. Nothing may run or be read after it. */
  @Override
  public void close() {
    blocks.forEach(MemoryBlock::close);
    blocks.clear();
    clear();
  }
}
