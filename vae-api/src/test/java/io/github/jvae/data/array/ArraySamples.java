package io.github.jvae.data.array;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.Examples;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.option.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files of arrays, written byte by byte. */
final class ArraySamples {
  private ArraySamples() {}

  /** An NPY file of version 1. */
  static byte[] npy(String type, String shape, byte[] data) {
    return npy(1, type, "False", shape, data);
  }

  static byte[] npy(int version, String type, String fortran, String shape, byte[] data) {
    String text =
        "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
    int before = version == 1 ? 10 : 12;
    String padded = text + " ".repeat(63 - (before + text.length()) % 64) + "\n";
    ByteBuffer file = ByteBuffer.allocate(before + padded.length() + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1))
        .put((byte) version)
        .put((byte) 0);
    if (version == 1) {
      file.putShort((short) padded.length());
    } else {
      file.putInt(padded.length());
    }
    return file.put(padded.getBytes(StandardCharsets.UTF_8)).put(data).array();
  }

  /** An archive, with each array stored or deflated. */
  static byte[] npz(boolean stored, Map<String, byte[]> arrays) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(result)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
        if (stored) {
          CRC32 sum = new CRC32();
          sum.update(array.getValue());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(array.getValue().length);
          entry.setCrc(sum.getValue());
        }
        out.putNextEntry(entry);
        out.write(array.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result.toByteArray();
  }

  /** A MATLAB file of version 5 of these elements. */
  static byte[] mat(ByteOrder order, byte[]... elements) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(128).order(order);
    header.put("MATLAB 5.0 MAT-file, written by hand".getBytes(StandardCharsets.US_ASCII));
    header.putShort(124, (short) 0x0100).putShort(126, (short) ('M' << 8 | 'I'));
    result.writeBytes(header.array());
    for (byte[] element : elements) {
      result.writeBytes(element);
    }
    return result.toByteArray();
  }

  /** An array in a MATLAB file: its class and flags, the type of its data, and them. */
  static byte[] matrix(
      ByteOrder order, String name, int flags, int[] extents, int type, byte[] data) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(element(order, 6, ints(order, flags, 0)));
    inner.writeBytes(element(order, 5, ints(order, extents)));
    inner.writeBytes(element(order, 1, name.getBytes(StandardCharsets.US_ASCII)));
    inner.writeBytes(element(order, type, data));
    return element(order, 14, inner.toByteArray());
  }

  /** The same, compressed. */
  static byte[] compressed(ByteOrder order, byte[] matrix) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater())) {
      out.write(matrix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteBuffer.allocate(8 + packed.size())
        .order(order)
        .putInt(15)
        .putInt(packed.size())
        .put(packed.toByteArray())
        .array();
  }

  /** An element, small where it can be, with its padding. */
  private static byte[] element(ByteOrder order, int type, byte[] data) {
    if (data.length > 0 && data.length <= 4) {
      return ByteBuffer.allocate(8)
          .order(order)
          .putInt(data.length << 16 | type)
          .put(data)
          .array();
    }
    return ByteBuffer.allocate(8 + (data.length + 7) / 8 * 8)
        .order(order)
        .putInt(type)
        .putInt(data.length)
        .put(data)
        .array();
  }

  static byte[] ints(ByteOrder order, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  static byte[] floats(ByteOrder order, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  static byte[] doubles(ByteOrder order, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(order);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  /** The numbers 0, 1, … as bytes. */
  static byte[] counting(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  static DataParts open(Path file, Options options) {
    return DataSource.standard().reading(options).open(file.toString());
  }

  static DataParts open(Path file) {
    return open(file, Options.none());
  }

  static float[] example(Examples examples, int index) {
    return examples.tensor(index).data();
  }
}
