package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.util.BitSet;
import java.util.Locale;
import java.util.Objects;

/**
 * Which numbers of each example were observed: 1 for those, 0 for the others, in the shape of the
 * example. A model asks for it by its name, as for any condition. Immutable.
 */
public final class Mask implements Condition {
  /** The name that models ask for. */
  public static final String NAME = "mask";

  private final Shape shape;
  private final BitSet observed;
  private final Selection selection;

  private Mask(Shape shape, BitSet observed, Selection selection) {
    this.shape = shape;
    this.observed = observed;
    this.selection = selection;
  }

  /**
   * Returns a mask.
   *
   * @param shape of one example
   * @param observed whether each number was, of all examples one after the other; copied
   * @throws VaeException if they are not whole examples', or nothing of an example was observed
   */
  public static Mask of(Shape shape, boolean[] observed) {
    int each = shape.size();
    if (observed.length == 0 || observed.length % each != 0) {
      throw new DataException(String.format(
          Locale.ROOT,
          "a mask of %d numbers does not fit whole examples of shape %s",
          observed.length,
          shape));
    }
    BitSet bits = new BitSet(observed.length);
    for (int i = 0; i < observed.length; i++) {
      bits.set(i, observed[i]);
    }
    return of(shape, observed.length / each, bits);
  }

  /**
   * Returns a mask.
   *
   * @param shape of one example
   * @param examples how many there are; with at most 2^31 - 1 numbers in all
   * @param observed has a bit for each number that was, of all examples one after the other; not
   *     copied
   * @throws VaeException if nothing of an example was observed
   */
  public static Mask of(Shape shape, int examples, BitSet observed) {
    int each = shape.size();
    for (int example = 0; example < examples; example++) {
      int first = observed.nextSetBit(example * each);
      if (first < 0 || first >= (example + 1) * each) {
        throw new DataException("the mask hides everything of example " + example
            + ", which then says nothing; leave that example out");
      }
    }
    return new Mask(shape, observed, new Selection.All(examples));
  }

  /** Returns the mask that hides nothing. */
  static Mask ofAll(Examples examples) {
    BitSet all = new BitSet();
    all.set(0, examples.shape().size());
    return new Mask(examples.shape(), all, new Selection.Same(examples.size()));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public int size() {
    return selection.size();
  }

  /**
   * Returns whether a number was observed.
   *
   * @param index which example
   * @param element its place in the example, row-major
   */
  public boolean isObserved(int index, int element) {
    int stored = selection.stored(Objects.checkIndex(index, size()));
    return observed.get(stored * shape.size() + Objects.checkIndex(element, shape.size()));
  }

  @Override
  public void read(int index, float[] target, int offset) {
    for (int i = 0; i < shape.size(); i++) {
      target[offset + i] = isObserved(index, i) ? 1 : 0;
    }
  }

  @Override
  public Mask select(Selection chosen) {
    return new Mask(shape, observed, selection.then(chosen));
  }
}
