package io.github.jvae.nd4j.replay;

import io.github.jvae.backend.support.BatchSplit;
import io.github.jvae.nd4j.engine.Engine;
import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.kernel.Parts;
import io.github.jvae.nd4j.kernel.Tiles;
import io.github.jvae.nd4j.kernel.Workers;
import io.github.jvae.nd4j.memory.StoredVariable;
import io.github.jvae.nd4j.record.Recorded;
import io.github.jvae.tensor.HostTensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The replays of a computation for the parts of a batch, which run at the same time, and what comes
 * of them together. Usually there is one part, the whole.
 */
public final class SplitReplay implements Workers, AutoCloseable {
  private final BatchSplit split;
  private final List<Part> parts = new ArrayList<>();
  private final Kernel all;
  private HostTensor[] inputs = {};

  /** One part, and what it was recorded as. */
  private record Part(Recorded recorded, Replay replay) {}

  /** @param recorded what each part was recorded as; parts of one size may share it */
  public SplitReplay(BatchSplit split, IntFunction<Recorded> recorded) {
    this.split = split;
    try {
      for (int part = 0; part < split.parts(); part++) {
        Recorded made = recorded.apply(part);
        parts.add(new Part(made, new Replay(made, split.threads())));
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
    List<Kernel> kernels = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      kernels.add(kernel(part));
    }
    this.all = Parts.of(kernels, BatchSplit.AWAKE);
  }

  private Kernel kernel(int part) {
    Replay replay = parts.get(part).replay;
    return () -> {
      // The native code keeps the number by thread, and other runs may have changed it.
      Engine.get().useThreads(split.threads());
      for (int i = 0; i < inputs.length; i++) {
        replay.write(i, inputs[i].data(), split.offset(inputs[i].shape(), part));
      }
      replay.run();
    };
  }

  /** Computes. */
  public void run(HostTensor... numbers) {
    inputs = numbers;
    try {
      all.run();
    } finally {
      inputs = new HostTensor[] {};
    }
  }

  /** What the last run computed, copied. */
  public List<HostTensor> outputs() {
    return split.combine(parts.stream().map(part -> part.replay.outputs()).toList());
  }

  /** The variables that have a gradient. */
  public List<StoredVariable> differentiated() {
    return List.copyOf(parts.get(0).recorded.gradients().keySet());
  }

  /** A variable's gradients, one of each part; the mean over the batch is their weighted sum. */
  public List<FloatBuffer> gradients(StoredVariable variable) {
    return parts.stream().map(part -> part.replay.gradient(variable).floats()).toList();
  }

  /** The weights of the parts. */
  public float[] shares() {
    float[] shares = new float[parts.size()];
    for (int part = 0; part < shares.length; part++) {
      shares[part] = (float) split.share(part);
    }
    return shares;
  }

  @Override
  public int threads() {
    return parts.size() * split.threads();
  }

  @Override
  public Tiles tiles(int thread) {
    return parts.get(thread / split.threads()).replay.tiles(thread % split.threads());
  }

  @Override
  public void close() {
    parts.forEach(part -> part.replay.close());
  }
}
