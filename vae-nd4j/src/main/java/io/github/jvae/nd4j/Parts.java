package io.github.jvae.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RecursiveAction;

/**
 * Kernels that each do a part of one pass, at the same time: the first in the thread that calls,
 * the others in Java's common pool. A part that no other thread has begun when the first is done is
 * done by the caller as well, so that a busy machine costs nothing.
 */
final class Parts implements Kernel {
  /** Numbers below which a pass ends before another thread has woken up. */
  private static final int WORTHWHILE = 1 << 16;

  private final Kernel first;
  private final List<Part> others;

  /** Makes the kernel of one part. */
  interface Maker {
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
    this.first = kernels.get(0);
    this.others = kernels.stream().skip(1).map(Part::new).toList();
  }

  /**
   * A pass over some numbers.
   *
   * @param grain parts begin at its multiples
   */
  static Kernel of(Placement placement, int size, int grain, Maker maker) {
    int count = size < WORTHWHILE ? 1 : placement.threads();
    long grains = ((long) size + grain - 1) / grain;
    List<Kernel> kernels = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      int from = (int) Math.min(size, grains * part / count * grain);
      int to = (int) Math.min(size, grains * (part + 1) / count * grain);
      if (from < to) {
        kernels.add(maker.make(from, to, placement.tiles(part)));
      }
    }
    return kernels.size() == 1 ? kernels.get(0) : new Parts(kernels);
  }

  @Override
  public void run() {
    for (int i = 0; i < others.size(); i++) {
      others.get(i).reinitialize();
      others.get(i).fork();
    }
    try {
      first.run();
    } finally {
      // Backwards, as the last one begun is the first that can be taken back.
      for (int i = others.size() - 1; i >= 0; i--) {
        others.get(i).join();
      }
    }
  }

  @Override
  public void close() {
    first.close();
    others.forEach(part -> part.kernel.close());
  }

  private static final class Part extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final transient Kernel kernel;

    Part(Kernel kernel) {
      this.kernel = kernel;
    }

    @Override
    protected void compute() {
      kernel.run();
    }
  }
}
