package io.github.jvae.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Small files of the formats that are read. */
public final class Samples {
  private Samples() {}

  /** Bytes that differ from each other and from those of another seed. */
  public static byte[] bytes(int count, int seed) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 37 + seed * 11);
    }
    return bytes;
  }

  public static byte[] idxImages(int claimed, int rows, int columns, byte[] pixels) {
    return ByteBuffer.allocate(16 + pixels.length)
        .putInt(2051)
        .putInt(claimed)
        .putInt(rows)
        .putInt(columns)
        .put(pixels)
        .array();
  }

  public static byte[] idxLabels(int claimed, byte... labels) {
    return ByteBuffer.allocate(8 + labels.length)
        .putInt(2049)
        .putInt(claimed)
        .put(labels)
        .array();
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(result)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result.toByteArray();
  }

  /** CIFAR-10 records whose labels count up from 0. */
  public static byte[] cifar(int records, int seed) {
    byte[] bytes = bytes(records * 3073, seed);
    for (int i = 0; i < records; i++) {
      bytes[i * 3073] = (byte) (i % 10);
    }
    return bytes;
  }

  public static byte[] tar(Map<String, byte[]> files) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    files.forEach((name, bytes) -> {
      result.writeBytes(tarHeader(name, bytes.length));
      result.writeBytes(bytes);
      result.writeBytes(new byte[(512 - bytes.length % 512) % 512]);
    });
    result.writeBytes(new byte[1024]);
    return result.toByteArray();
  }

  /** What stands before a file in an archive. */
  public static byte[] tarHeader(String name, long size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, String.format(Locale.ROOT, "%011o", size));
    put(header, 148, "        ");
    header[156] = '0';
    put(header, 257, "ustar");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o", sum));
    header[154] = 0;
    return header;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  public static Path write(Path file, byte[] bytes) {
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] pixels(Examples data, int index) {
    float[] numbers = data.tensor(index).data();
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(numbers[i] * 255);
    }
    return bytes;
  }
}
