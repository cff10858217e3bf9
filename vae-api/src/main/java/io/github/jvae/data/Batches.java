package io.github.jvae.data;

import io.github.jvae.error.VaeException;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.function.IntUnaryOperator;

/**
 * One pass over a data set in batches. Immutable, and the same batches at every iteration: order
 * and coins follow from the seed and the epoch alone.
 *
 * <pre>{@code
 * Batches epoch = Batches.of(train, 128).shuffled(seed, epoch).binarized(STOCHASTIC, seed, epoch);
 * try (Prefetcher<Batch> batches = epoch.prefetched(2)) {
 *   while (batches.hasNext()) { ... }
 * }
 * }</pre>
 */
public final class Batches implements Iterable<Batch> {
  private final Dataset data;
  private final int batchSize;
  private final boolean dropLast;
  private final int firstBatch;
  private final Order order;
  private final Binarization binarization;
  private final RandomStream coins;

  /** In which order the images come; a long one is computed at each iteration. */
  private interface Order {
    IntUnaryOperator of(int count);
  }

  private Batches(
      Dataset data,
      int batchSize,
      boolean dropLast,
      int firstBatch,
      Order order,
      Binarization binarization,
      RandomStream coins) {
    this.data = data;
    this.batchSize = batchSize;
    this.dropLast = dropLast;
    this.firstBatch = firstBatch;
    this.order = order;
    this.binarization = binarization;
    this.coins = coins;
  }

  /**
   * Batches in the order of the data set, the last one smaller where the size does not divide.
   *
   * @throws VaeException if the batch size is below 1, or a batch would hold 2^31 numbers or more
   */
  public static Batches of(Dataset data, int batchSize) {
    if (batchSize < 1) {
      throw new VaeException("the batch size must be at least 1, not " + batchSize);
    }
    // Refused here, by its shape, and not in the background when the first batch is made.
    data.imageShape().prepend(Math.min(batchSize, data.size()));
    Order sequential = count -> IntUnaryOperator.identity();
    return new Batches(
        data, batchSize, false, 0, sequential, Binarization.NONE, Binarization.testStream(0));
  }

  /**
   * These batches in the random order that belongs to an epoch of a seed.
   *
   * @throws VaeException if the heap has no room for that order, which takes 4 bytes an image
   */
  public Batches shuffled(long seed, long epoch) {
    if (FileChecks.exceedsHeap((long) data.size() * Integer.BYTES)) {
      throw new VaeException(String.format(
          Locale.ROOT,
          "data set '%s' has %d images, too many to shuffle in a Java heap of %s; raise it with"
              + " -Xmx, or use fewer images (--limit)",
          data.name(),
          data.size(),
          FileChecks.heap()));
    }
    Order shuffled = count -> {
      int[] places = RandomStream.of(seed).child("order").child(epoch).permutation(count);
      return i -> places[i];
    };
    return new Batches(data, batchSize, dropLast, firstBatch, shuffled, binarization, coins);
  }

  /**
   * These batches without a smaller last one.
   *
   * @throws VaeException if that leaves none
   */
  public Batches dropLast() {
    if (data.size() < batchSize) {
      throw new VaeException(String.format(
          Locale.ROOT,
          "data set '%s' has %d images, less than one batch of %d; choose a smaller batch size",
          data.name(),
          data.size(),
          batchSize));
    }
    return new Batches(data, batchSize, true, firstBatch, order, binarization, coins);
  }

  /** These batches binarized for training, with the coins of an epoch. */
  public Batches binarized(Binarization how, long seed, long epoch) {
    RandomStream stream = Binarization.trainingStream(seed, epoch);
    return new Batches(data, batchSize, dropLast, firstBatch, order, how, stream);
  }

  /** These batches binarized for testing, always with the same coins. */
  public Batches binarizedForTest(Binarization how, long seed) {
    RandomStream stream = Binarization.testStream(seed);
    return new Batches(data, batchSize, dropLast, firstBatch, order, how, stream);
  }

  /** These batches from a given one on, as after a resume in the middle of an epoch. */
  public Batches startingAt(int batch) {
    if (batch < 0) {
      throw new VaeException("the first batch cannot be " + batch + "; they are counted from 0");
    }
    return new Batches(data, batchSize, dropLast, batch, order, binarization, coins);
  }

  /** The number of batches in the whole epoch, however many {@link #startingAt} leaves out. */
  public int count() {
    int whole = data.size() / batchSize;
    return dropLast || data.size() % batchSize == 0 ? whole : whole + 1;
  }

  /** Prepares each batch when it is asked for. Every batch is new memory. */
  @Override
  public Iterator<Batch> iterator() {
    return new Pass(order.of(data.size()));
  }

  /**
   * Prepares batches in the background, the same ones as {@link #iterator()}; to be closed.
   *
   * @param ahead how many batches are prepared ahead, at least 1
   */
  public Prefetcher<Batch> prefetched(int ahead) {
    return new Prefetcher<>(iterator(), ahead);
  }

  private Batch batch(int number, int[] indices) {
    Shape shape = data.imageShape().prepend(indices.length);
    float[] images = new float[shape.size()];
    int offset = 0;
    for (int index : indices) {
      binarization.read(data, index, coins, images, offset);
      offset += data.imageShape().size();
    }
    return new Batch(number, HostTensor.of(shape, images), indices);
  }

  private final class Pass implements Iterator<Batch> {
    private final IntUnaryOperator places;
    private int next = firstBatch;

    private Pass(IntUnaryOperator places) {
      this.places = places;
    }

    @Override
    public boolean hasNext() {
      return next < count();
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch has " + count() + " batches");
      }
      int begin = next * batchSize;
      int[] indices = new int[Math.min(batchSize, data.size() - begin)];
      Arrays.setAll(indices, i -> places.applyAsInt(begin + i));
      return batch(next++, indices);
    }
  }
}
