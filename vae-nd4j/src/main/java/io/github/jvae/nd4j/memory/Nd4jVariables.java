package io.github.jvae.nd4j.memory;

import io.github.jvae.backend.support.EngineVariables;
import io.github.jvae.backend.support.Lifecycle;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;

/** The variables of one backend. */
public final class Nd4jVariables extends EngineVariables<StoredVariable> implements AutoCloseable {
  private final List<MemoryBlock> blocks = new ArrayList<>();

  /** @param lifecycle until when they may be used */
  public Nd4jVariables(Lifecycle lifecycle) {
    super(lifecycle);
  }

  @Override
  protected StoredVariable store(String name, HostTensor value) {
    return new StoredVariable(value, this::settle);
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
