package io.github.jvae.nd4j;

import io.github.jvae.backend.Variables;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of one backend, whose monitor guards them. */
final class Nd4jVariables implements Variables, AutoCloseable {
  private final Nd4jBackend backend;
  private final Map<String, StoredVariable> variables = new LinkedHashMap<>();
  private final Map<String, Layout> layouts = new HashMap<>();
  private final List<MemoryBlock> blocks = new ArrayList<>();

  Nd4jVariables(Nd4jBackend backend) {
    this.backend = backend;
  }

  /**
   * Notes in which layouts a network would like its variables, for those that are not created yet.
   * The first to ask gets its way; whoever else uses the variable records a conversion.
   */
  void prefer(Map<String, Layout> wishes) {
    wishes.forEach(layouts::putIfAbsent);
  }

  @Override
  public void create(Parameter parameter, HostTensor value) {
    synchronized (backend) {
      backend.requireOpen();
      String name = parameter.name();
      if (variables.containsKey(name)) {
        throw new VaeException("variable " + name + " is declared twice; names must be unique");
      }
      if (!value.shape().equals(parameter.shape())) {
        throw new VaeException("variable " + name + " is declared with shape " + parameter.shape()
            + ", but its value has " + value.shape());
      }
      Layout wish = layouts.get(name);
      Layout layout =
          wish != null && wish.fits(value.shape()) ? wish : Layout.portable(value.shape());
      variables.put(name, new StoredVariable(value.shape(), layout, value.data(), this::settle));
    }
  }

  @Override
  public List<String> names() {
    synchronized (backend) {
      backend.requireOpen();
      return List.copyOf(variables.keySet());
    }
  }

  @Override
  public Shape shape(String name) {
    synchronized (backend) {
      return require(name).shape();
    }
  }

  @Override
  public HostTensor read(String name) {
    synchronized (backend) {
      return require(name).read();
    }
  }

  @Override
  public void write(String name, HostTensor value) {
    synchronized (backend) {
      requireFit(name, value);
      require(name).write(value.data());
    }
  }

  StoredVariable require(String name) {
    backend.requireOpen();
    StoredVariable variable = variables.get(name);
    if (variable == null) {
      throw new VaeException("there is no variable " + name + "; there are "
          + (variables.isEmpty() ? "none" : String.join(", ", variables.keySet())));
    }
    return variable;
  }

  /** In the order of creation. */
  Collection<StoredVariable> stored() {
    return variables.values();
  }

  /**
   * Gives all variables that have none their places, side by side in one block: the parameters of a
   * model lie in memory as one array, of which each is a part.
   */
  private void settle() {
    List<StoredVariable> open =
        variables.values().stream().filter(variable -> !variable.isSettled()).toList();
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
    variables.clear();
  }
}
