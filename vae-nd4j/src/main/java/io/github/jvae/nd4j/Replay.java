package io.github.jvae.nd4j;

import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * A recorded computation with memory for all its values and kernels that know where those are. To
 * run it allocates nothing but what it returns.
 */
final class Replay implements Placement, AutoCloseable {
  private final MemoryPlan plan;
  private final MemoryBlock block;
  private final Tiles[] tiles;
  private final IdentityHashMap<Value, Memory> memories = new IdentityHashMap<>();
  private final List<Memory> inputs = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private final List<Value> outputs;

  /**
   * @param outputs what is computed and returned
   * @param kept what else is computed
   * @param threads how many may share a pass in Java
   */
  Replay(Recording recording, List<Value> outputs, List<Value> kept, int threads) {
    this.tiles = Stream.generate(Tiles::new).limit(threads).toArray(Tiles[]::new);
    this.outputs = List.copyOf(outputs);
    List<Value> wanted = new ArrayList<>(outputs);
    wanted.addAll(kept);
    List<Operation> operations = Fusion.of(recording.needed(wanted), wanted);
    this.plan = new MemoryPlan(operations, recording.inputs(), wanted);
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

  /** Computes. */
  void run(HostTensor... numbers) {
    for (int i = 0; i < numbers.length; i++) {
      inputs.get(i).write(numbers[i].data());
    }
    for (int i = 0; i < kernels.size(); i++) {
      kernels.get(i).run();
    }
  }

  /** What the last run computed, copied. */
  List<HostTensor> outputs() {
    List<HostTensor> results = new ArrayList<>(outputs.size());
    for (Value output : outputs) {
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
