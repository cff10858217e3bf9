package io.github.jvae.data.array;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * An array that a file holds, perhaps beside others.
 *
 * @param name by which it is told from them
 * @param header what the file says of it; empty where it is of a kind that is not read
 * @param reading reads it, or says why it cannot be read
 */
record NamedArray(String name, Optional<ArrayHeader> header, Supplier<StoredArray> reading) {
  /** Returns an array that is read when it is asked for. */
  static NamedArray of(String name, ArrayHeader header, Supplier<StoredArray> reading) {
    return new NamedArray(name, Optional.of(header), reading);
  }

  /** Returns an array that is not read. */
  static NamedArray refused(String name, VaeException fault) {
    return new NamedArray(name, Optional.empty(), () -> {
      throw fault;
    });
  }

  /**
   * Reads it.
   *
   * @throws VaeException if it is of a kind that is not read, or not in order
   */
  StoredArray read() {
    return reading.get();
  }

  /** Returns how many axes it has; 0 if it is not read. */
  int rank() {
    return header.map(ArrayHeader::rank).orElse(0);
  }

  /** Returns arrays as a message lists them. */
  static String list(List<NamedArray> arrays) {
    return arrays.isEmpty()
        ? "none"
        : arrays.stream().limit(20).map(NamedArray::toString).collect(Collectors.joining(", "));
  }

  /** Returns name, type and shape, such as {@code 'x' (uint8 [100, 28, 28])}. */
  @Override
  public String toString() {
    return Quote.of(name) + " (" + header.map(ArrayHeader::toString).orElse("unreadable") + ")";
  }
}
