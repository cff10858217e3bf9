package io.github.jvae.data.array;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileFault;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a file says of an array in it.
 *
 * @param place the file, with the name of the array behind it where there are several
 * @param type of its numbers
 * @param stored the type that they are written as, which MATLAB chooses as small as it can
 * @param order of the bytes of a number
 * @param extents along each axis, outermost first
 * @param firstFastest whether neighbours along the first axis lie beside each other (Fortran,
 *     MATLAB), and not those along the last one (C)
 */
record ArrayHeader(
    Path place,
    ElementType type,
    ElementType stored,
    ByteOrder order,
    List<Long> extents,
    boolean firstFastest) {
  private static final long LARGEST = Integer.MAX_VALUE;

  /**
   * @throws VaeException if an extent is out of range, or there are more numbers than bytes count
   */
  ArrayHeader {
    extents = List.copyOf(extents);
    long size = stored.bytes();
    for (long extent : extents) {
      if (extent == 0) {
        throw FileFault.of(
            place, "holds no numbers: its shape is " + text(extents), "give one that has some");
      }
      if (extent < 0 || extent > LARGEST || size > Long.MAX_VALUE / extent) {
        throw FileFault.of(
            place,
            "claims the shape " + text(extents) + ", beyond 2^31 - 1 along an axis or 2^63 bytes",
            "split it into several files, or make it again if it is smaller");
      }
      size *= extent;
    }
  }

  /** Describes an array whose numbers are written as what they are. */
  ArrayHeader(
      Path place, ElementType type, ByteOrder order, List<Long> extents, boolean firstFastest) {
    this(place, type, type, order, extents, firstFastest);
  }

  /** Returns the number of axes. */
  int rank() {
    return extents.size();
  }

  /** Returns the extent along an axis. */
  int extent(int axis) {
    return Math.toIntExact(extents.get(axis));
  }

  /** Returns how many numbers there are. */
  long count() {
    long count = 1;
    for (long extent : extents) {
      count *= extent;
    }
    return count;
  }

  /** Returns how many bytes the numbers take. */
  long bytes() {
    return count() * stored.bytes();
  }

  /** Returns how far apart neighbours along an axis lie, in numbers. */
  long stride(int axis) {
    long stride = 1;
    int end = firstFastest ? axis : rank();
    for (int i = firstFastest ? 0 : axis + 1; i < end; i++) {
      stride *= extents.get(i);
    }
    return stride;
  }

  /** Returns the indices along each axis of a number, by its place in the file. */
  List<Long> indices(long number) {
    return IntStream.range(0, rank())
        .mapToObj(axis -> number / stride(axis) % extents.get(axis))
        .toList();
  }

  /** Returns an array of this header. */
  StoredArray in(StoredBytes bytes) {
    return new StoredArray(this, bytes);
  }

  private static String text(List<Long> extents) {
    return extents.stream().map(Objects::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Returns type and shape, such as {@code uint8 [60000, 28, 28]}. */
  @Override
  public String toString() {
    return type + " " + text(extents);
  }
}
