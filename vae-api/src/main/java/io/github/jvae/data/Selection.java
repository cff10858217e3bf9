package io.github.jvae.data;

import java.util.stream.IntStream;

/**
 * Which of the stored examples a view shows, and in which order. Computed where it can be, as a
 * list takes memory for every example, and small examples may be many.
 */
public sealed interface Selection {
  /** Returns the number of examples that are shown. */
  int size();

  /** Returns the place where one of them is stored. */
  int stored(int index);

  /** Returns whether each example that is shown is stored after the one before it. */
  default boolean rises() {
    return true;
  }

  /**
   * Returns what is shown when some of these are selected.
   *
   * @param chosen of these
   */
  default Selection then(Selection chosen) {
    if (chosen instanceof All) {
      return this;
    }
    if (this instanceof All) {
      return chosen;
    }
    return this instanceof Slice slice && chosen instanceof Slice part
        ? new Slice(slice.first() + part.first(), part.size())
        : new Chain(this, chosen);
  }

  /** Returns a selection of places one by one, in the order given. */
  static Selection of(int... places) {
    return new Picked(places.clone());
  }

  /** All that are stored. */
  record All(int size) implements Selection {
    @Override
    public int stored(int index) {
      return index;
    }
  }

  /** Some that follow each other. */
  record Slice(int first, int size) implements Selection {
    @Override
    public int stored(int index) {
      return first + index;
    }
  }

  /**
   * The last one of every so many.
   *
   * @param all how many are stored
   */
  record EveryNth(int all, int every) implements Selection {
    @Override
    public int size() {
      return all / every;
    }

    @Override
    public int stored(int index) {
      return index * every + every - 1;
    }
  }

  /**
   * What {@link EveryNth} leaves.
   *
   * @param all how many are stored
   */
  record AllButEveryNth(int all, int every) implements Selection {
    @Override
    public int size() {
      return all - all / every;
    }

    @Override
    public int stored(int index) {
      return index + index / (every - 1);
    }
  }

  /** The first that is stored, again and again. */
  record Same(int size) implements Selection {
    @Override
    public boolean rises() {
      return size < 2;
    }

    @Override
    public int stored(int index) {
      return 0;
    }
  }

  /** Some of a selection. */
  record Chain(Selection of, Selection chosen) implements Selection {
    @Override
    public boolean rises() {
      return of.rises() && chosen.rises();
    }

    @Override
    public int size() {
      return chosen.size();
    }

    @Override
    public int stored(int index) {
      return of.stored(chosen.stored(index));
    }
  }

  /** Some picked one by one. */
  final class Picked implements Selection {
    private final int[] stored;

    private Picked(int[] stored) {
      this.stored = stored;
    }

    @Override
    public boolean rises() {
      return IntStream.range(1, stored.length).allMatch(i -> stored[i - 1] < stored[i]);
    }

    @Override
    public int size() {
      return stored.length;
    }

    @Override
    public int stored(int index) {
      return stored[index];
    }
  }
}
