package io.github.jvae.data.array;

import io.github.jvae.data.ElementKind;
import io.github.jvae.data.array.ArrayOptions.Elements;
import io.github.jvae.internal.file.FileFault;
import java.util.List;
import java.util.Optional;

/**
 * What the numbers of a data set's arrays are, told by all parts together, as all must be of one
 * kind.
 *
 * @param kind of the examples
 * @param rounded whether some are too large for single precision to keep every digit
 */
record ElementsOfArrays(ElementKind kind, boolean rounded) {
  private static final int BRIGHTEST = 255;

  /**
   * Looks at the numbers.
   *
   * @param arrays of all parts, of one type
   * @param wanted what they are said to be
   * @throws io.github.jvae.error.VaeException if one is not finite, or not what they are said to be
   */
  static ElementsOfArrays of(List<StoredArray> arrays, Elements wanted) {
    boolean whole = true;
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (StoredArray array : arrays) {
      StoredArray.Census census = array.census();
      requireKind(array, census, wanted);
      whole &= census.whole();
      least = Math.min(least, census.least());
      most = Math.max(most, census.most());
    }
    StoredArray.Census all = new StoredArray.Census(least, most, whole);
    ElementType type = arrays.get(0).header().type();
    ElementKind told = kind(wanted).orElseGet(() -> kind(type, all));
    boolean large = most > StoredArray.MOST_WHOLE || least < -StoredArray.MOST_WHOLE;
    return new ElementsOfArrays(told, large && type.isWhole());
  }

  private static Optional<ElementKind> kind(Elements wanted) {
    return switch (wanted) {
      case AUTO -> Optional.empty();
      case BYTES -> Optional.of(ElementKind.BYTES);
      case BINARY -> Optional.of(ElementKind.BINARY);
      case FLOATS -> Optional.of(ElementKind.FLOATS);
      case COUNTS -> Optional.of(ElementKind.COUNTS);
      case CATEGORIES -> Optional.of(ElementKind.CATEGORIES);
    };
  }

  private static ElementKind kind(ElementType type, StoredArray.Census census) {
    if (census.isBinary()) {
      return ElementKind.BINARY;
    }
    if (type == ElementType.UINT8) {
      return ElementKind.BYTES;
    }
    boolean counts =
        type.isWhole() && census.least() >= 0 && census.most() <= StoredArray.MOST_WHOLE;
    return counts ? ElementKind.COUNTS : ElementKind.FLOATS;
  }

  private static void requireKind(StoredArray array, StoredArray.Census census, Elements wanted) {
    boolean fits = switch (wanted) {
      case AUTO, FLOATS -> true;
      case BINARY -> census.isBinary();
      case BYTES -> isWholeUpTo(BRIGHTEST, census);
      case COUNTS, CATEGORIES -> isWholeUpTo(StoredArray.MOST_WHOLE, census);
    };
    if (!fits) {
      throw FileFault.of(
          array.header().place(),
          "holds " + (census.whole() ? "whole numbers" : "numbers") + " from " + census.least()
              + " to " + census.most() + ", which are no " + kind(wanted).orElseThrow(),
          "choose other elements (--elements floats)");
    }
  }

  private static boolean isWholeUpTo(int most, StoredArray.Census census) {
    return census.whole() && census.least() >= 0 && census.most() <= most;
  }

  /** Returns what each number is divided by, so that levels are from 0 to 1. */
  float scale() {
    return kind == ElementKind.BYTES ? BRIGHTEST : 1;
  }
}
