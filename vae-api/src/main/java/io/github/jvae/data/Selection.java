package io.github.jvae.data;

import java.util.Arrays;

/**
 * Which of the stored images a view shows, and in which order. Computed where it can be, as a list
 * takes memory for every image, and small images may be many.
 */
sealed interface Selection {
  /** The number of images that are shown. */
  int size();

  /** The place where one of them is stored. */
  int stored(int index);

  /** A part of these, from {@code begin} (included) to {@code end} (not included). */
  default Selection slice(int begin, int end) {
    return new Slice(this, begin, end - begin);
  }

  /** All that are stored. */
  record All(int size) implements Selection {
    @Override
    public int stored(int index) {
      return index;
    }
  }

  /** Some that follow each other in another selection. */
  record Slice(Selection of, int first, int size) implements Selection {
    @Override
    public int stored(int index) {
      return of.stored(first + index);
    }

    @Override
    public Selection slice(int begin, int end) {
      return new Slice(of, first + begin, end - begin);
    }
  }

  /** The last one of every so many of another selection. */
  record EveryNth(Selection of, int every) implements Selection {
    @Override
    public int size() {
      return of.size() / every;
    }

    @Override
    public int stored(int index) {
      return of.stored(index * every + every - 1);
    }
  }

  /** What {@link EveryNth} leaves. */
  record AllButEveryNth(Selection of, int every) implements Selection {
    @Override
    public int size() {
      return of.size() - of.size() / every;
    }

    @Override
    public int stored(int index) {
      return of.stored(index + index / (every - 1));
    }
  }

  /** Images picked one by one. */
  final class Picked implements Selection {
    private final int[] stored;

    Picked(int[] stored) {
      this.stored = stored;
    }

    @Override
    public int size() {
      return stored.length;
    }

    @Override
    public int stored(int index) {
      return stored[index];
    }

    @Override
    public Selection slice(int begin, int end) {
      return new Picked(Arrays.copyOfRange(stored, begin, end));
    }
  }
}
