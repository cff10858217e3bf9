package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.Iterator;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a source that gives one example after the other, from the first one each time it is
 * opened. Each pass opens it on its own.
 */
final class StreamedNumbers implements Numbers {
  private final String name;
  private final int each;
  private final ElementKind elements;
  private final int count;
  private final int shuffleBuffer;
  private final Iterable<float[]> source;
  private final Pass shared = new Pass();

  /**
   * @param name of the data set, for messages
   * @param each how many numbers an example has
   */
  StreamedNumbers(
      String name,
      int each,
      ElementKind elements,
      int count,
      int shuffleBuffer,
      Iterable<float[]> source) {
    if (count < 1 || shuffleBuffer < 1) {
      throw new DataException("data set " + Quote.of(name)
          + " needs at least one example and a shuffle buffer of one, not " + count + " and "
          + shuffleBuffer);
    }
    this.name = name;
    this.each = each;
    this.elements = elements;
    this.count = count;
    this.shuffleBuffer = shuffleBuffer;
    this.source = source;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public OptionalInt shuffleBuffer() {
    return OptionalInt.of(shuffleBuffer);
  }

  @Override
  public void read(int example, float[] target, int offset) {
    synchronized (shared) {
      shared.read(example, target, offset);
    }
  }

  @Override
  public ExampleReader reader() {
    return new Pass();
  }

  /** The source opened once, and how far it has been read. */
  private final class Pass implements ExampleReader {
    private @Nullable Iterator<float[]> rows;
    private float[] current = {};
    private int next;

    @Override
    public void read(int index, float[] target, int offset) {
      Iterator<float[]> opened = rows;
      if (opened == null || index < next - 1) {
        opened = source.iterator();
        rows = opened;
        next = 0;
      }
      while (next <= index) {
        current = take(opened);
        next++;
      }
      if (next == count && opened.hasNext()) {
        throw fault("gives more than the " + count + " examples that it was said to have");
      }
      System.arraycopy(checked(index), 0, target, offset, each);
    }

    private float[] take(Iterator<float[]> opened) {
      if (!opened.hasNext()) {
        throw fault("gives " + next + " examples, not the " + count + " that it was said to have");
      }
      return opened.next();
    }

    private float[] checked(int index) {
      if (current.length != each) {
        throw fault("gives " + current.length + " numbers for example " + index + ", not " + each);
      }
      for (int i = 0; i < each; i++) {
        if (!elements.holds(current[i])) {
          throw fault("gives " + current[i] + " for number " + i + " of example " + index
              + ", which is none of " + elements);
        }
      }
      return current;
    }
  }

  private VaeException fault(String what) {
    return new DataException("data set " + Quote.of(name) + ": its source " + what);
  }
}
