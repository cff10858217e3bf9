package io.github.jvae.spark;

import io.github.jvae.internal.Digests;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * What rows are sorted by: half of the SHA-256 of their numbers. So rows have one order, whatever
 * order and partitions they come in; those that are the same in all numbers may change places.
 *
 * @param high the first 64 bits
 * @param low the next
 */
record RowKey(long high, long low) implements Comparable<RowKey>, Serializable {
  private static final long serialVersionUID = 1L;

  /** Returns the key of a row. */
  static RowKey of(float[] example, float[] condition, boolean validation) {
    ByteBuffer bytes = ByteBuffer.allocate((example.length + condition.length) * Float.BYTES + 1);
    bytes.put((byte) (validation ? 1 : 0));
    for (float value : example) {
      bytes.putFloat(value);
    }
    for (float value : condition) {
      bytes.putFloat(value);
    }
    MessageDigest digest = Digests.of(Digests.SHA_256);
    ByteBuffer sum = ByteBuffer.wrap(digest.digest(bytes.array()));
    return new RowKey(sum.getLong(), sum.getLong());
  }

  /** Returns which of so many parts of about the same size this belongs to, in order. */
  int part(int parts) {
    return (int) (((high >>> 33) * parts) >>> 31);
  }

  @Override
  public int compareTo(RowKey other) {
    int first = Long.compareUnsigned(high, other.high);
    return first == 0 ? Long.compareUnsigned(low, other.low) : first;
  }
}
