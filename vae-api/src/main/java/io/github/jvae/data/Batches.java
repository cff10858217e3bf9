package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a data set in batches. Immutable, and the same batches at every iteration: order
 * and coins follow from the seed and the epoch alone.
 *
 * <pre>{@code
 * Batches epoch = Batches.of(train, 128).shuffled(seed, epoch)
 *     .transformed(Transforms.of(STOCHASTIC), Pass.training(seed, epoch));
 * try (Prefetcher<Batch> batches = epoch.prefetched(2)) {
 *   while (batches.hasNext()) { ... }
 * }
 * }</pre>
 */
public final class Batches implements Iterable<Batch> {
  private final Examples data;
  private final int batchSize;
  private final boolean dropLast;
  private final int firstBatch;
  private final Order order;
  private final Transform.Change change;
  private final List<Condition> conditions;

  /** Gives the examples of an epoch in their order. */
  private interface Draws {
    /** Reads the next example to a place of its own, and returns its index. */
    int next(float[] target, int offset);

    /** Is told how many examples the next batch takes. */
    default void expect(int count) {}
  }

  /** The order in which the examples come; a long one is computed at each iteration. */
  private interface Order {
    /**
     * Begins an epoch.
     *
     * @param skipped how many examples are left out at its beginning
     */
    Draws begin(int skipped);
  }

  private Batches(
      Examples data,
      int batchSize,
      boolean dropLast,
      int firstBatch,
      Order order,
      Transform.Change change,
      List<Condition> conditions) {
    this.data = data;
    this.batchSize = batchSize;
    this.dropLast = dropLast;
    this.firstBatch = firstBatch;
    this.order = order;
    this.change = change;
    this.conditions = conditions;
  }

  /**
   * Batches in the order of the data set, the last one smaller where the size does not divide.
   *
   * @throws VaeException if the batch size is below 1, or a batch would hold 2^31 numbers or more
   */
  public static Batches of(Examples data, int batchSize) {
    if (batchSize < 1) {
      throw new DataException("the batch size must be at least 1, not " + batchSize);
    }
    // Refused here, by its shape, and not in the background when the first batch is made.
    data.shape().prepend(Math.min(batchSize, data.size()));
    return new Batches(
        data,
        batchSize,
        false,
        0,
        order(data, () -> i -> i),
        Transforms.none().in(Pass.test(0)),
        List.of());
  }

  /** The order of a permutation, which is made when an epoch begins. */
  private static Order order(Examples data, Supplier<IntUnaryOperator> permutation) {
    return skipped -> {
      ExampleReader reader = data.reader();
      IntUnaryOperator places = permutation.get();
      return new Placed(reader, places, skipped);
    };
  }

  /** Examples whose places in the order are known before they are read. */
  private static final class Placed implements Draws {
    private final ExampleReader reader;
    private final IntUnaryOperator places;
    private int place;

    Placed(ExampleReader reader, IntUnaryOperator places, int first) {
      this.reader = reader;
      this.places = places;
      this.place = first;
    }

    @Override
    public int next(float[] target, int offset) {
      int index = places.applyAsInt(place++);
      reader.read(index, target, offset);
      return index;
    }

    @Override
    public void expect(int count) {
      reader.expect(IntStream.range(place, place + count).map(places).toArray());
    }
  }

  /**
   * These batches in the random order that belongs to an epoch of a seed: any order of all examples
   * is as likely as another, except where they come one by one and are shuffled in a buffer
   * ({@link Examples#shuffleBuffer}).
   *
   * @throws VaeException if the heap has no room for that order, which takes 4 bytes an example, or
   *     for that buffer
   */
  public Batches shuffled(long seed, long epoch) {
    Supplier<RandomStream> random = () -> RandomStream.of(seed).child("order").child(epoch);
    Order shuffled = data.shuffleBuffer().isPresent()
        ? buffered(data.shuffleBuffer().getAsInt(), random)
        : permuted(random);
    return new Batches(data, batchSize, dropLast, firstBatch, shuffled, change, conditions);
  }

  private Order permuted(Supplier<RandomStream> random) {
    if (FileChecks.exceedsHeap((long) data.size() * Integer.BYTES)) {
      throw new DataException(String.format(
          Locale.ROOT,
          "data set '%s' has %d examples, too many to shuffle in a Java heap of %s; raise it with"
              + " -Xmx, or use fewer of them (--limit)",
          data.name(),
          data.size(),
          FileChecks.heap()));
    }
    return order(data, () -> {
      int[] places = random.get().permutation(data.size());
      return i -> places[i];
    });
  }

  private Order buffered(int capacity, Supplier<RandomStream> random) {
    ShuffleBuffer.requireHeap(data, capacity);
    return skipped -> {
      ShuffleBuffer buffer = new ShuffleBuffer(data, capacity, random.get());
      float[] example = new float[data.shape().size()];
      for (int i = 0; i < skipped; i++) {
        buffer.next(example, 0);
      }
      return buffer::next;
    };
  }

  /**
   * These batches without a smaller last one.
   *
   * @throws VaeException if that leaves none
   */
  public Batches dropLast() {
    if (data.size() < batchSize) {
      throw new DataException(String.format(
          Locale.ROOT,
          "data set '%s' has %d examples, less than one batch of %d; choose a smaller batch size",
          data.name(),
          data.size(),
          batchSize));
    }
    return new Batches(data, batchSize, true, firstBatch, order, change, conditions);
  }

  /**
   * Returns these batches with examples transformed as they are read.
   *
   * @param transforms in place of those before
   * @param pass whose seed and epoch all that is random follows from
   * @throws VaeException if a transform cannot be done to examples of their kind
   */
  public Batches transformed(Transforms transforms, Pass pass) {
    transforms.elements(data.elements());
    return new Batches(
        data, batchSize, dropLast, firstBatch, order, masked(transforms.in(pass)), conditions);
  }

  /** Leaves what was not observed at 0, whatever a transform would make of that. */
  private Transform.Change masked(Transform.Change transform) {
    if (data.mask().isEmpty()) {
      return transform;
    }
    Mask mask = data.mask().get();
    return (index, values, begin, end) -> {
      transform.apply(index, values, begin, end);
      for (int i = begin; i < end; i++) {
        values[i] = mask.isObserved(index, i - begin) ? values[i] : 0;
      }
    };
  }

  /**
   * Returns these batches with conditions, which are read only if asked for here.
   *
   * @param names of conditions; {@link Mask#NAME} is the mask
   * @throws VaeException if the data have none of that name; the message lists those they have
   */
  public Batches withConditions(Collection<String> names) {
    List<Condition> asked =
        names.stream().map(name -> KnownConditions.require(data, name)).toList();
    return new Batches(data, batchSize, dropLast, firstBatch, order, change, asked);
  }

  /** These batches from a given one on, as after a resume in the middle of an epoch. */
  public Batches startingAt(int batch) {
    if (batch < 0) {
      throw new DataException("the first batch cannot be " + batch + "; they are counted from 0");
    }
    return new Batches(data, batchSize, dropLast, batch, order, change, conditions);
  }

  /** The number of batches in the whole epoch, however many {@link #startingAt} leaves out. */
  public int count() {
    int whole = data.size() / batchSize;
    return dropLast || data.size() % batchSize == 0 ? whole : whole + 1;
  }

  /** Prepares each batch when it is asked for. Every batch is new memory. */
  @Override
  public Iterator<Batch> iterator() {
    return new Rest();
  }

  /**
   * Prepares batches in the background, the same ones as {@link #iterator()}; to be closed.
   *
   * @param ahead how many batches are prepared ahead, at least 1
   */
  public Prefetcher<Batch> prefetched(int ahead) {
    return new Prefetcher<>(iterator(), ahead);
  }

  private Batch batch(int number, int size, Draws draws) {
    HostTensor examples = HostTensor.zeros(data.shape().prepend(size));
    int each = data.shape().size();
    int[] indices = new int[size];
    draws.expect(size);
    for (int i = 0; i < size; i++) {
      indices[i] = draws.next(examples.data(), i * each);
      change.apply(indices[i], examples.data(), i * each, (i + 1) * each);
    }
    Map<String, HostTensor> beside = new LinkedHashMap<>();
    conditions.forEach(condition -> beside.put(condition.name(), rows(condition, indices)));
    return new Batch(number, examples, beside, indices);
  }

  private static HostTensor rows(Condition condition, int[] indices) {
    HostTensor rows = HostTensor.zeros(condition.shape().prepend(indices.length));
    for (int i = 0; i < indices.length; i++) {
      condition.read(indices[i], rows.data(), i * condition.shape().size());
    }
    return rows;
  }

  private final class Rest implements Iterator<Batch> {
    private int next = firstBatch;

    /** Null before the first batch, so that nothing is read where there is none. */
    private @Nullable Draws draws;

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
      Draws begun = draws == null ? order.begin(begin) : draws;
      draws = begun;
      return batch(next++, Math.min(batchSize, data.size() - begin), begun);
    }
  }
}
