package io.github.jvae.data.array;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Any number of bytes in a row, mapped from a file or on the heap. They lie in blocks, as no buffer
 * holds 2^31 bytes. Immutable and safe for use by several threads.
 */
final class StoredBytes {
  /** The blocks of a mapped file have 2^30 bytes. */
  static final int MAPPED_BITS = 30;

  /** The blocks on the heap have 2^24 bytes, so that a false claim costs no more than one. */
  private static final int HEAP_BITS = 24;

  /** Smaller files are read: a mapped file cannot be deleted on Windows while it is in use. */
  private static final int MAP_FROM = 1 << 24;

  /** Deflate packs 1032 bytes into one at the very best, so a claim beyond that is false. */
  private static final int MAX_COMPRESSION = 1032;

  /** What is unpacked goes to the heap if it takes no more than one part of so many. */
  private static final int HEAP_PARTS = 4;

  private final ByteBuffer[] blocks;
  private final int bits;
  private final long length;

  private StoredBytes(List<ByteBuffer> blocks, int bits, long length) {
    this.blocks = blocks.toArray(new ByteBuffer[0]);
    this.bits = bits;
    this.length = length;
  }

  /** Returns bytes that are in memory. */
  static StoredBytes of(byte[] bytes) {
    return new StoredBytes(List.of(ByteBuffer.wrap(bytes)), MAPPED_BITS, bytes.length);
  }

  /**
   * Returns a part of a file: mapped, or read where the file is small.
   *
   * @param position where the part begins
   * @param length of the part, which the file is known to have
   */
  static StoredBytes inFile(Path file, long position, long length) throws IOException {
    if (FileChecks.size(file) >= MAP_FROM) {
      return mapped(file, position, length, MAPPED_BITS);
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(position);
      return of(in.readNBytes((int) length));
    }
  }

  /**
   * Maps a part of a file.
   *
   * @param bits the logarithm of the bytes in a block
   */
  static StoredBytes mapped(Path file, long position, long length, int bits) throws IOException {
    List<ByteBuffer> blocks = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      for (long done = 0; done < length; done += 1L << bits) {
        long size = Math.min(1L << bits, length - done);
        blocks.add(channel.map(FileChannel.MapMode.READ_ONLY, position + done, size));
      }
    }
    return new StoredBytes(blocks, bits, length);
  }

  /**
   * Unpacks a stream: onto the heap, or where that would take much of it, into a temporary file
   * that goes with the program.
   *
   * @param file that is unpacked, for messages
   * @param packed how many bytes it has
   * @param claimed how many bytes it is to unpack to; no more are taken than do follow
   * @throws VaeException if fewer follow, or there is no room for them
   */
  static StoredBytes unpacked(Path file, InputStream in, long packed, long claimed)
      throws IOException {
    if (claimed / MAX_COMPRESSION > packed) {
      throw FileFault.damaged(
          file,
          String.format(
              Locale.ROOT,
              "claims %d bytes of data, which %d bytes cannot unpack to",
              claimed,
              packed));
    }
    return claimed > Runtime.getRuntime().maxMemory() / HEAP_PARTS
        ? onDisk(file, in, claimed)
        : onHeap(file, in, claimed);
  }

  private static StoredBytes onHeap(Path file, InputStream in, long claimed) throws IOException {
    List<ByteBuffer> blocks = new ArrayList<>();
    for (long done = 0; done < claimed; done += 1 << HEAP_BITS) {
      int size = (int) Math.min(1 << HEAP_BITS, claimed - done);
      byte[] bytes = in.readNBytes(size);
      if (bytes.length < size) {
        throw cutShort(file, claimed, done + bytes.length);
      }
      blocks.add(ByteBuffer.wrap(bytes));
    }
    return new StoredBytes(blocks, HEAP_BITS, claimed);
  }

  static StoredBytes onDisk(Path file, InputStream in, long claimed) throws IOException {
    Path temporary = Files.createTempFile("jvae-", ".unpacked");
    try {
      if (Files.getFileStore(temporary).getUsableSpace() < claimed) {
        throw FileFault.of(
            file,
            "unpacks to " + claimed + " bytes, for which neither the Java heap nor the folder "
                + temporary.getParent() + " has room",
            "raise -Xmx, name another folder with -Djava.io.tmpdir, or unpack it yourself");
      }
      long copied = copy(in, temporary, claimed);
      if (copied < claimed) {
        throw cutShort(file, claimed, copied);
      }
      return mapped(temporary, 0, claimed, MAPPED_BITS);
    } finally {
      delete(temporary);
    }
  }

  private static long copy(InputStream in, Path target, long most) throws IOException {
    byte[] bytes = new byte[1 << 16];
    long copied = 0;
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int n = 0; n >= 0 && copied < most; copied += Math.max(0, n)) {
        n = in.read(bytes, 0, (int) Math.min(bytes.length, most - copied));
        out.write(bytes, 0, Math.max(0, n));
      }
    }
    return copied;
  }

  /** What is mapped stays there without its name, except on Windows, which keeps the name too. */
  private static void delete(Path temporary) {
    try {
      Files.delete(temporary);
    } catch (IOException e) {
      temporary.toFile().deleteOnExit();
    }
  }

  private static VaeException cutShort(Path file, long claimed, long found) {
    return FileFault.damaged(
        file,
        "is cut short: its header claims " + claimed + " bytes of data, but " + found + " follow");
  }

  /** Returns how many bytes there are. */
  long length() {
    return length;
  }

  /** Copies bytes from a position on. */
  void get(long position, byte[] target, int offset, int count) {
    int done = 0;
    while (done < count) {
      ByteBuffer block = blocks[(int) ((position + done) >>> bits)];
      int within = (int) ((position + done) & ((1L << bits) - 1));
      int size = Math.min(count - done, block.limit() - within);
      block.get(within, target, offset + done, size);
      done += size;
    }
  }

  /** Returns some bytes from a position on, in place where they lie in one block. */
  ByteBuffer range(long position, int count) {
    ByteBuffer block = blocks[(int) (position >>> bits)];
    int within = (int) (position & ((1L << bits) - 1));
    if (count <= block.limit() - within) {
      return block.slice(within, count);
    }
    byte[] bytes = new byte[count];
    get(position, bytes, 0, count);
    return ByteBuffer.wrap(bytes);
  }
}
