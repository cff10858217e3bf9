package io.github.jvae.nd4j.replay;

import io.github.jvae.backend.support.SplitPrograms;
import io.github.jvae.nd4j.engine.Engine;
import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.kernel.Tiles;
import io.github.jvae.nd4j.memory.Memory;
import io.github.jvae.nd4j.memory.MemoryBlock;
import io.github.jvae.nd4j.memory.StoredVariable;
import io.github.jvae.nd4j.record.Operation;
import io.github.jvae.nd4j.record.Recorded;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A recorded computation with memory for all its values and kernels that know where those are. To
 * run it allocates nothing but what it returns.
 */
public final class Replay implements Operation.Placement, SplitPrograms.Part {
  private final MemoryPlan plan;
  private final MemoryBlock block;
  private final Tiles[] tiles;
  private final IdentityHashMap<Value, Memory> memories = new IdentityHashMap<>();
  private final List<Memory> inputs = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private final Recorded recorded;

  /** @param threads how many may share a pass in Java */
  public Replay(Recorded recorded, int threads) {
    this.tiles = Stream.generate(Tiles::new).limit(threads).toArray(Tiles[]::new);
    this.recorded = recorded;
    Recording recording = recorded.recording();
    List<Value> wanted = new ArrayList<>(recorded.outputs());
    wanted.addAll(recorded.gradients().values());
    List<Operation> operations = Fusion.of(recording.needed(wanted), wanted);
    this.plan = new MemoryPlan(
        operations, recording.inputs(), wanted, recorded.gradients().values());
    this.block = new MemoryBlock(plan.size());
    try {
      recording.inputs().forEach(input -> inputs.add(memory(input)));
      operations.forEach(operation -> kernels.add(operation.prepare(this)));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public Memory memory(Value value) {
    return memories.computeIfAbsent(value.storage(), this::locate);
  }

  private Memory locate(Value storage) {
    StoredVariable variable = storage.variable();
    if (variable != null) {
      return variable.memory();
    }
    Memory memory = block.slice(plan.place(storage), storage.size());
    HostTensor constant = storage.constant();
    if (constant != null) {
      memory.write(constant.data());
    }
    return memory;
  }

  @Override
  public int threads() {
    return tiles.length;
  }

  @Override
  public Tiles tiles(int thread) {
    return tiles[thread];
  }

  @Override
  public long products() {
    return recorded.recording().products();
  }

  @Override
  public void write(int input, float[] numbers, int from) {
    inputs.get(input).write(numbers, from);
  }

  @Override
  public void run(int threads) {
    // The native code keeps the number by thread, and other runs may have changed it.
    Engine.get().useThreads(threads);
    for (int i = 0; i < kernels.size(); i++) {
      kernels.get(i).run();
    }
  }

  /** Returns the variables that have a gradient. */
  public Set<StoredVariable> differentiated() {
    return Collections.unmodifiableSet(recorded.gradients().keySet());
  }

  /** Returns where the last run put the gradient of a variable that has one. */
  public Memory gradient(StoredVariable variable) {
    return memory(Objects.requireNonNull(recorded.gradients().get(variable)));
  }

  @Override
  public List<HostTensor> outputs() {
    List<HostTensor> results = new ArrayList<>(recorded.outputs().size());
    for (Value output : recorded.outputs()) {
      results.add(HostTensor.of(output.shape(), memory(output).read()));
    }
    return results;
  }

  @Override
  public void close() {
    kernels.forEach(Kernel::close);
    kernels.clear();
    block.close();
  }
}
