package io.github.jvae.nd4j.kernel;

import io.github.jvae.backend.support.ParallelRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Kernels that each do a part of one thing, at the same time. */
public final class Parts implements Kernel {
  /** Numbers below which a pass ends before another thread has woken up. */
  private static final int WORTHWHILE = 1 << 16;

  private final List<Kernel> kernels;
  private final ParallelRun all;

  /** Makes the kernel of one part. */
  public interface Maker {
    /**
     * Makes it.
     *
     * @param from the first number of the part
     * @param to the one behind its last
     * @param tiles the part's own
     */
    Kernel make(int from, int to, Tiles tiles);
  }

  private Parts(List<Kernel> kernels) {
    this.kernels = List.copyOf(kernels);
    // Not a moment, as OpenMP's threads, which other operations need, wait for their turn.
    this.all = new ParallelRun(kernels, Duration.ZERO);
  }

  /**
   * Returns a pass over some numbers.
   *
   * @param grain parts begin at its multiples
   */
  public static Kernel of(Workers workers, int size, int grain, Maker maker) {
    int count = size < WORTHWHILE ? 1 : workers.threads();
    long grains = ((long) size + grain - 1) / grain;
    List<Kernel> kernels = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      int from = (int) Math.min(size, grains * part / count * grain);
      int to = (int) Math.min(size, grains * (part + 1) / count * grain);
      if (from < to) {
        kernels.add(maker.make(from, to, workers.tiles(part)));
      }
    }
    return kernels.size() == 1 ? kernels.get(0) : new Parts(kernels);
  }

  @Override
  public void run() {
    all.run();
  }

  @Override
  public void close() {
    kernels.forEach(Kernel::close);
  }
}
