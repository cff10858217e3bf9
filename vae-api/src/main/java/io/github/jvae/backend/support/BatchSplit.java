package io.github.jvae.backend.support;

import io.github.jvae.backend.Computation.Examples;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a backend divides a batch into parts that threads compute without waiting for each other, if
 * the computation allows it. Threads that share each single operation do wait, a hundred times a
 * step, and what is not an operation of the engine's is one thread's alone: on two threads all
 * engines were 10 to 40 % faster with the batch in two parts.
 *
 * @param use how outputs follow from the examples
 * @param begins the first example of each part
 * @param examples how many there are
 * @param threads for the operations of each part
 */
public record BatchSplit(Examples use, List<Integer> begins, int examples, int threads) {
  /** How long threads are best kept awake for the next step. */
  public static final Duration AWAKE = Duration.ofNanos(100_000);

  /** With fewer examples in each part, its operations are too small to gain anything. */
  private static final int FEWEST = 8;

  /**
   * With fewer multiplications, threads that share each operation wait for each other longer than
   * they compute: one example through networks of ten million takes one thread half to two thirds
   * as long as two, on each engine.
   */
  private static final long LEAST_PRODUCTS = 1 << 23;

  public BatchSplit {
    begins = List.copyOf(begins);
  }

  /** One part, whose examples nobody needs to count. */
  public static BatchSplit whole(int threads) {
    return new BatchSplit(Examples.TOGETHER, List.of(0), 1, threads);
  }

  /**
   * Divides a batch into as many parts as there are threads, or a divisor of that where examples
   * are few, and into one where the computation does not allow more.
   *
   * @param use how outputs follow from the examples
   * @param inputs the shapes of a run's inputs
   * @param threads that are there
   */
  public static BatchSplit of(Examples use, List<Shape> inputs, int threads) {
    List<Integer> batches = inputs.stream()
        .filter(shape -> shape.rank() > 0)
        .map(shape -> shape.dimension(0))
        .distinct()
        .toList();
    if (use == Examples.TOGETHER || batches.size() != 1) {
      return whole(threads);
    }
    int examples = batches.get(0);
    int parts = threads;
    while (parts > 1 && (threads % parts != 0 || examples / parts < FEWEST)) {
      parts--;
    }
    List<Integer> begins = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      begins.add((int) ((long) examples * part / parts));
    }
    return new BatchSplit(use, begins, examples, threads / parts);
  }

  /**
   * Returns how many threads are best used for the operations of each part.
   *
   * @param products how many numbers are multiplied in a part
   */
  public int threads(long products) {
    return use == Examples.APART && size(0) < FEWEST && products < LEAST_PRODUCTS ? 1 : threads;
  }

  /**
   * Returns whether the thread that calls is best left to do all of it.
   *
   * @param products as in {@link #threads(long)}
   */
  public boolean isForOneThread(long products) {
    return parts() == 1 && threads(products) == 1;
  }

  /** How many parts there are, at least one. */
  public int parts() {
    return begins.size();
  }

  /** The first example of a part. */
  public int begin(int part) {
    return begins.get(part);
  }

  /** How many examples a part has. */
  public int size(int part) {
    return (part + 1 < parts() ? begin(part + 1) : examples) - begin(part);
  }

  /** What a part contributes to a mean over the examples; all of them add up to 1. */
  public double share(int part) {
    return (double) size(part) / examples;
  }

  /**
   * The shape of an input, in a part.
   *
   * @param whole its shape in the whole batch
   */
  public Shape shape(Shape whole, int part) {
    return parts() == 1 || whole.rank() == 0 ? whole : whole.with(0, size(part));
  }

  /**
   * Where in the numbers of an input those of a part begin.
   *
   * @param whole its shape in the whole batch
   */
  public int offset(Shape whole, int part) {
    return part == 0 || whole.rank() == 0 ? 0 : whole.size() / examples * begin(part);
  }

  /**
   * The outputs of a whole batch.
   *
   * @param each the outputs of each part
   */
  public List<HostTensor> combine(List<List<HostTensor>> each) {
    if (each.size() == 1) {
      return each.get(0);
    }
    List<HostTensor> results = new ArrayList<>();
    for (int output = 0; output < each.get(0).size(); output++) {
      int index = output;
      List<HostTensor> pieces = each.stream().map(outputs -> outputs.get(index)).toList();
      results.add(use == Examples.APART ? HostTensor.joined(pieces) : averaged(pieces));
    }
    return results;
  }

  private HostTensor averaged(List<HostTensor> pieces) {
    HostTensor result = HostTensor.zeros(pieces.get(0).shape());
    for (int i = 0; i < result.data().length; i++) {
      double sum = 0;
      for (int part = 0; part < pieces.size(); part++) {
        sum += share(part) * pieces.get(part).data()[i];
      }
      result.data()[i] = (float) sum;
    }
    return result;
  }
}
