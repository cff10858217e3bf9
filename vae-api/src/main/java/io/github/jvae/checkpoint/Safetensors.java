package io.github.jvae.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.jvae.checkpoint.SafetensorsHeader.Entry;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named tensors in a file of the <a
 * href="https://github.com/huggingface/safetensors#format">safetensors</a> format, which PyTorch
 * and the model hubs read and write: the length of a header (8 bytes, little-endian), the header
 * (JSON: type, shape and place of every tensor, and a map of strings), and the numbers.
 *
 * <p>Written are 32-bit floats; the same tensors and metadata give the same bytes, whatever the
 * order of the maps. Read are F32, and F64, F16 and BF16, which become 32-bit floats (F64 rounded
 * to the nearest, beyond the range infinite). Both pass the numbers through a small buffer, so a
 * file is never in memory a second time.
 */
public final class Safetensors {
  private static final int BUFFER = 1 << 20;

  private static final JsonFactory JSON = new JsonFactory();

  private Safetensors() {}

  /** What a file holds besides its numbers. */
  public record Header(SortedMap<String, Shape> shapes, SortedMap<String, String> metadata) {
    /**
     * @param shapes the shape of every tensor, by name
     * @param metadata what the writer noted, empty if nothing
     */
    public Header {
      shapes = Collections.unmodifiableSortedMap(new TreeMap<>(shapes));
      metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }
  }

  /** A whole file, read in one go. */
  record Content(SortedMap<String, HostTensor> tensors, Header header) {}

  /**
   * All tensors of a file, in the order of their names; the map cannot be changed.
   *
   * @throws VaeException if the file is missing, cut short, damaged or no safetensors file, or
   *     holds a tensor that is not of floats, is empty, or is too large for a Java array
   */
  public static SortedMap<String, HostTensor> read(Path file) {
    return readContent(file).tensors();
  }

  /**
   * The shapes and the metadata of a file, without reading its numbers; types that {@link #read}
   * refuses are no fault here.
   *
   * @throws VaeException if the file is missing, cut short, damaged or no safetensors file
   */
  public static Header readHeader(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return header(SafetensorsHeader.read(file, channel));
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }

  /**
   * Writes tensors as 32-bit floats, atomically: until all is on the disk, the file holds what it
   * held before.
   *
   * @param metadata notes for whoever reads the file; may be empty
   * @throws VaeException if the file cannot be written, or a tensor is named {@code __metadata__},
   *     which the format keeps for itself
   */
  public static void write(
      Path file, Map<String, HostTensor> tensors, Map<String, String> metadata) {
    AtomicFile.write(file, content(tensors, metadata));
  }

  static Content readContent(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafetensorsHeader header = SafetensorsHeader.read(file, channel);
      // All types first: a fault in the last tensor should not cost the reading of the others.
      header.entries().forEach(entry -> requireFloats(file, entry));
      ByteBuffer buffer = buffer(channel.size());
      TreeMap<String, HostTensor> tensors = new TreeMap<>();
      for (Entry entry : header.entries()) {
        tensors.put(entry.name(), readTensor(file, channel, header, entry, buffer));
      }
      return new Content(Collections.unmodifiableSortedMap(tensors), header(header));
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }

  static AtomicFile.Content content(Map<String, HostTensor> tensors, Map<String, String> metadata) {
    if (tensors.containsKey(SafetensorsHeader.METADATA)) {
      throw new VaeException(
          "a tensor cannot be named '__metadata__', which safetensors keeps for itself; rename it");
    }
    TreeMap<String, HostTensor> sorted = new TreeMap<>(tensors);
    return channel -> {
      AtomicFile.writeFully(channel, ByteBuffer.wrap(headerBytes(sorted, metadata)));
      ByteBuffer buffer = buffer(sorted.values().stream()
          .mapToLong(t -> (long) t.shape().size() * Float.BYTES)
          .max()
          .orElse(0));
      for (HostTensor tensor : sorted.values()) {
        writeNumbers(channel, tensor.data(), buffer);
      }
    };
  }

  private static Header header(SafetensorsHeader header) {
    return new Header(header.shapes(), new TreeMap<>(header.metadata()));
  }

  /**
   * A buffer for content of that many bytes, off the heap, because a channel would copy a heap
   * buffer into one that is.
   */
  private static ByteBuffer buffer(long bytes) {
    int size = (int) Math.min(BUFFER, bytes);
    return ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void requireFloats(Path file, Entry entry) {
    switch (entry.type()) {
      case "F32", "F64", "F16", "BF16" -> {}
      default ->
        throw FileFault.unreadable(
            file,
            "tensor "
                + Quote.of(entry.name())
                + " holds numbers of type "
                + entry.type()
                + ", not floats",
            "store it as F32, F64, F16 or BF16",
            null);
    }
  }

  private static HostTensor readTensor(
      Path file, FileChannel channel, SafetensorsHeader header, Entry entry, ByteBuffer buffer)
      throws IOException {
    float[] numbers = new float[entry.shape().size()];
    int width = (int) ((entry.end() - entry.begin()) / numbers.length);
    long position = header.position(entry);
    int step = buffer.capacity() / width;
    for (int from = 0; from < numbers.length; ) {
      int count = Math.min(step, numbers.length - from);
      buffer.clear().limit(count * width);
      SafetensorsHeader.readFully(file, channel, buffer, position + (long) from * width);
      decode(entry.type(), buffer.flip(), numbers, from, count);
      from += count;
    }
    return HostTensor.of(entry.shape(), numbers);
  }

  private static void decode(String type, ByteBuffer bytes, float[] numbers, int from, int count) {
    switch (type) {
      case "F32" -> bytes.asFloatBuffer().get(numbers, from, count);
      case "F64" -> {
        for (int i = 0; i < count; i++) {
          numbers[from + i] = (float) bytes.getDouble(i * Double.BYTES);
        }
      }
      case "BF16" -> {
        // The upper half of a 32-bit float.
        for (int i = 0; i < count; i++) {
          numbers[from + i] = Float.intBitsToFloat(bytes.getShort(i * Short.BYTES) << 16);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          numbers[from + i] = halfToFloat(bytes.getShort(i * Short.BYTES));
        }
      }
    }
  }

  /** IEEE 754 binary16; {@code Float.float16ToFloat} came with Java 20. */
  static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      // Zero, or a subnormal: a multiple of 2^-24, which a 32-bit float holds exactly.
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  private static void writeNumbers(WritableByteChannel channel, float[] numbers, ByteBuffer buffer)
      throws IOException {
    int step = buffer.capacity() / Float.BYTES;
    for (int from = 0; from < numbers.length; from += step) {
      int count = Math.min(step, numbers.length - from);
      buffer.clear();
      buffer.asFloatBuffer().put(numbers, from, count);
      AtomicFile.writeFully(channel, buffer.limit(count * Float.BYTES));
    }
  }

  /**
   * The length and the header, filled up with spaces so that the numbers begin at a multiple of 8.
   */
  private static byte[] headerBytes(
      SortedMap<String, HostTensor> tensors, Map<String, String> metadata) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA);
        for (Map.Entry<String, String> note : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(note.getKey(), note.getValue());
        }
        json.writeEndObject();
      }
      long begin = 0;
      for (Map.Entry<String, HostTensor> tensor : tensors.entrySet()) {
        long end = begin + (long) tensor.getValue().shape().size() * Float.BYTES;
        writeEntry(json, tensor.getKey(), tensor.getValue().shape(), begin, end);
        begin = end;
      }
      json.writeEndObject();
    }
    return withLength(text.toByteArray());
  }

  private static void writeEntry(JsonGenerator json, String name, Shape shape, long begin, long end)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", "F32");
    json.writeFieldName("shape");
    int[] extents = shape.toArray();
    json.writeArray(extents, 0, extents.length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {begin, end}, 0, 2);
    json.writeEndObject();
  }

  private static byte[] withLength(byte[] text) {
    int padded = (text.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    byte[] bytes = new byte[Long.BYTES + padded];
    Arrays.fill(bytes, (byte) ' ');
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(text);
    return bytes;
  }
}
