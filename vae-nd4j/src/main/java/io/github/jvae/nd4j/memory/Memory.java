package io.github.jvae.nd4j.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Where the numbers of a value are: a part of a {@link MemoryBlock}, seen by the engine as an
 * address and by Java as a buffer. Java moves them to and from arrays in bulk and computes on
 * those: only loops over arrays become vector instructions.
 */
public final class Memory {
  private final FloatPointer address;
  private final FloatBuffer floats;
  private final IntBuffer bits;
  private final int size;

  Memory(FloatPointer address, int size) {
    this.address = address;
    this.size = size;
    ByteBuffer bytes =
        new FloatPointer(address).limit(size).asByteBuffer().order(ByteOrder.nativeOrder());
    this.floats = bytes.asFloatBuffer();
    this.bits = bytes.asIntBuffer();
  }

  /** Returns where the numbers are, for the engine. */
  public FloatPointer address() {
    return address;
  }

  /** Returns how many numbers there are. */
  public int size() {
    return size;
  }

  /** Returns the numbers, for Java. */
  public FloatBuffer floats() {
    return floats;
  }

  /** The same memory as the bit patterns of its numbers. */
  IntBuffer bits() {
    return bits;
  }

  /** Writes all numbers. */
  public void write(float[] numbers) {
    write(numbers, 0);
  }

  /** Writes all numbers, given from one on. */
  public void write(float[] numbers, int from) {
    floats.put(0, numbers, from, size);
  }

  /** Returns all numbers, copied. */
  public float[] read() {
    float[] numbers = new float[size];
    floats.get(0, numbers);
    return numbers;
  }
}
