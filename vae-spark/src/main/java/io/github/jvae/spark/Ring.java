package io.github.jvae.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Workers that add up numbers and collect them from each other, each connected to the next.
 *
 * <p>A sum takes each worker two messages of its {@code (N - 1) / N} part of the numbers, however
 * many workers there are (the ring of Patarasu and Yuan, "Bandwidth optimal all-reduce algorithms
 * for clusters of workstations", 2009). All workers have the same sums, bit for bit, and the order
 * in which they are added up is always the same.
 */
final class Ring implements AutoCloseable {
  private static final byte[] NONE = {};

  private final int rank;
  private final int size;
  private final Link link;

  /**
   * @param rank of this worker, from 0
   * @param size how many workers there are, at least 2
   */
  Ring(int rank, int size, Link link) {
    this.rank = rank;
    this.size = size;
    this.link = link;
  }

  /** Replaces numbers by their sums over the workers, all of which give as many. */
  void sum(float[] numbers) {
    for (int turn = 0; turn < size - 1; turn++) {
      FloatBuffer received =
          pass(numbers, part(rank - turn), part(rank - turn - 1), numbers.length);
      int begin = begin(part(rank - turn - 1), numbers.length);
      for (int i = begin; received.hasRemaining(); i++) {
        numbers[i] += received.get();
      }
    }
    for (int turn = 0; turn < size - 1; turn++) {
      FloatBuffer received =
          pass(numbers, part(rank + 1 - turn), part(rank - turn), numbers.length);
      received.get(numbers, begin(part(rank - turn), numbers.length), received.remaining());
    }
  }

  private int part(int number) {
    return Math.floorMod(number, size);
  }

  private int begin(int part, int length) {
    return (int) ((long) length * part / size);
  }

  /** Sends one part of the numbers and returns what came for another. */
  private FloatBuffer pass(float[] numbers, int sent, int expected, int length) {
    int begin = begin(sent, length);
    byte[] out = bytes(numbers, begin, begin(sent + 1, length) - begin);
    byte[] in = new byte[(begin(expected + 1, length) - begin(expected, length)) * Float.BYTES];
    link.exchange(out, in);
    return floats(in);
  }

  private static byte[] bytes(float[] numbers, int begin, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(numbers, begin, count);
    return buffer.array();
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /**
   * Collects numbers that each worker has some of.
   *
   * @param blocks one for each worker, of lengths that all of them know; this worker's own is sent,
   *     and the others are filled
   */
  void gather(List<float[]> blocks) {
    for (int turn = 0; turn < size - 1; turn++) {
      float[] sent = blocks.get(part(rank - turn));
      float[] filled = blocks.get(part(rank - turn - 1));
      byte[] in = new byte[filled.length * Float.BYTES];
      link.exchange(bytes(sent, 0, sent.length), in);
      floats(in).get(filled);
    }
  }

  /**
   * Returns what the first worker has.
   *
   * @param bytes of the first worker; of no meaning for the others
   */
  byte[] fromFirst(byte[] bytes) {
    byte[] length = new byte[Integer.BYTES];
    ByteBuffer.wrap(length).putInt(bytes.length);
    byte[] received = NONE;
    for (int turn = 0; turn < size - 1; turn++) {
      // In each turn one worker hands on to the next; the others exchange nothing.
      boolean sends = rank == turn;
      boolean receives = rank == turn + 1;
      byte[] count = receives ? new byte[Integer.BYTES] : NONE;
      byte[] known = rank == 0 ? bytes : received;
      ByteBuffer.wrap(length).putInt(known.length);
      link.exchange(sends ? length : NONE, count);
      if (receives) {
        received = new byte[ByteBuffer.wrap(count).getInt()];
      }
      link.exchange(sends ? known : NONE, receives ? received : NONE);
    }
    return rank == 0 ? Arrays.copyOf(bytes, bytes.length) : received;
  }

  @Override
  public void close() {
    link.close();
  }
}
