package io.github.jvae.data.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;

/** Reads the regular files of a tar archive, one after the other; enough for published data. */
public final class Tar {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_AT = 124;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int TYPE_AT = 156;

  /** Ten times what is published unpacks to; an archive may claim to unpack to any length. */
  private static final long MAX_UNPACKED = 1L << 31;

  private final InputStream in;
  private long unpacked;
  private String name = "";
  private long size;
  private long padding;

  /** An archive; who gives the stream closes it. */
  public Tar(InputStream in) {
    this.in = in;
  }

  /**
   * Moves to the next regular file. What was left of the one before is skipped.
   *
   * @return whether there is one
   */
  public boolean next() throws IOException {
    while (true) {
      in.skipNBytes(size + padding);
      byte[] header = in.readNBytes(BLOCK);
      if (header.length < BLOCK || isZero(header)) {
        size = 0;
        padding = 0;
        return false;
      }
      checkSum(header);
      name = text(header, 0, NAME_LENGTH);
      size = octal(header, SIZE_AT, 12);
      padding = (BLOCK - size % BLOCK) % BLOCK;
      unpacked += BLOCK + size + padding;
      if (unpacked > MAX_UNPACKED) {
        throw new IOException("the archive unpacks to more than " + MAX_UNPACKED + " bytes");
      }
      if (header[TYPE_AT] == '0' || header[TYPE_AT] == 0) {
        return true;
      }
    }
  }

  /** The name of the file, without the folders before it. */
  public String fileName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** The size of the file, in bytes. */
  public long size() {
    return size;
  }

  /** The bytes of the file, at most as many as there are; allocated as they arrive. */
  public byte[] read(int most) throws IOException {
    byte[] bytes = in.readNBytes((int) Math.min(most, size));
    size -= bytes.length;
    return bytes;
  }

  private static boolean isZero(byte[] header) {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static void checkSum(byte[] header) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean inField = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_LENGTH;
      sum += inField ? ' ' : header[i] & 0xFF;
    }
    if (sum != octal(header, CHECKSUM_AT, CHECKSUM_LENGTH)) {
      throw new ZipException("no tar archive inside");
    }
  }

  private static long octal(byte[] header, int offset, int length) throws IOException {
    String digits = text(header, offset, length).trim();
    try {
      return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new ZipException("no tar archive inside");
    }
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.ISO_8859_1);
  }
}
