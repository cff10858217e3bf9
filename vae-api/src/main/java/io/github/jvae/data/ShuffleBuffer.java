package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.random.RandomStream;
import java.util.Locale;

/**
 * Shuffles examples that come one after the other: keeps so many of them, gives a random one and
 * takes the next in its place. The order follows from the random stream alone.
 */
final class ShuffleBuffer {
  private final ExampleReader reader;
  private final int size;
  private final RandomStream random;
  private final float[][] examples;
  private final int[] indices;
  private int filled;
  private int next;

  /**
   * Fills the buffer.
   *
   * @param data that are shuffled
   * @param capacity how many examples are kept
   */
  ShuffleBuffer(Examples data, int capacity, RandomStream random) {
    this.reader = data.reader();
    this.size = data.size();
    this.random = random;
    this.indices = new int[Math.min(capacity, size)];
    this.examples = new float[indices.length][data.shape().size()];
    for (int slot = 0; slot < indices.length; slot++) {
      take(slot);
    }
    this.filled = indices.length;
  }

  /**
   * Checks that the heap has room for a buffer.
   *
   * @throws io.github.jvae.error.VaeException if it has not
   */
  static void requireHeap(Examples data, int capacity) {
    long kept = Math.min(capacity, data.size());
    if (FileChecks.exceedsHeap(kept * data.shape().size() * Float.BYTES)) {
      throw new DataException(String.format(
          Locale.ROOT,
          "data set %s: a shuffle buffer of %d examples of %s does not fit into a Java heap of %s;"
              + " choose a smaller one, or raise it with -Xmx",
          Quote.of(data.name()),
          kept,
          data.shape(),
          FileChecks.heap()));
    }
  }

  private void take(int slot) {
    reader.read(next, examples[slot], 0);
    indices[slot] = next++;
  }

  /** Copies a random one of those kept to a place of its own, and returns its index. */
  int next(float[] target, int offset) {
    int slot = random.nextInt(filled);
    int index = indices[slot];
    float[] example = examples[slot];
    System.arraycopy(example, 0, target, offset, example.length);
    if (next < size) {
      take(slot);
    } else {
      filled--;
      examples[slot] = examples[filled];
      indices[slot] = indices[filled];
    }
    return index;
  }
}
