package io.github.jvae.bench.export;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Writes tensors in NumPy's <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NPY format</a>,
 * version 1.0: little-endian 32-bit floats in row-major order, of any shape.
 * {@code numpy.load("file.npy")} reads them.
 */
public final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** The numbers begin at a multiple of this, so that NumPy can map the file into memory. */
  private static final int ALIGNMENT = 64;

  private static final int BUFFER = 1 << 16;

  private NpyFile() {}

  /**
   * Writes a tensor to a file, atomically.
   *
   * @throws VaeException if the file cannot be written
   */
  public static void write(Path file, HostTensor tensor) {
    write(file, tensor.shape(), numbers -> numbers.accept(tensor.data()));
  }

  /** Takes some numbers, in row-major order. */
  @FunctionalInterface
  public interface Numbers {
    /** Takes the next ones. */
    void accept(float[] next) throws IOException;
  }

  /** Makes the numbers of a tensor that need not all be in memory at once. */
  @FunctionalInterface
  public interface Source {
    /** Hands on as many numbers as the shape has. */
    void writeTo(Numbers numbers) throws IOException;
  }

  /**
   * Writes a tensor in parts, atomically.
   *
   * @throws VaeException if the file cannot be written
   */
  public static void write(Path file, Shape shape, Source source) {
    AtomicFile.write(file, channel -> {
      channel.write(ByteBuffer.wrap(header(shape)));
      source.writeTo(next -> writeNumbers(channel, next));
    });
  }

  private static void writeNumbers(WritableByteChannel channel, float[] numbers)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    int step = BUFFER / Float.BYTES;
    for (int from = 0; from < numbers.length; from += step) {
      int count = Math.min(step, numbers.length - from);
      buffer.clear();
      buffer.asFloatBuffer().put(numbers, from, count);
      buffer.limit(count * Float.BYTES);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }

  private static byte[] header(Shape shape) {
    String extents = Arrays.stream(shape.toArray())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
    // Python's way to write a tuple of one.
    String tuple = "(" + extents + (shape.rank() == 1 ? ",)" : ")");
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': " + tuple + ", }";
    int start = MAGIC.length + Short.BYTES;
    int end = (start + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] bytes = new byte[end];
    Arrays.fill(bytes, (byte) ' ');
    bytes[end - 1] = '\n';
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) (end - start))
        .put(text.getBytes(StandardCharsets.US_ASCII));
    return bytes;
  }
}
