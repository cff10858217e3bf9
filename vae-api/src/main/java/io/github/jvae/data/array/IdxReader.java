package io.github.jvae.data.array;

import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Pixels;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.tensor.Shape;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Reads the IDX format of MNIST, plain or compressed: a big-endian magic number, the extents, then
 * one unsigned byte per pixel or label.
 *
 * <p>A plain file of {@value #MAP_FROM} bytes or more is mapped instead of read, so that it may be
 * larger than the heap. A compressed one is unpacked in blocks of {@value #BLOCK} bytes, so that a
 * header that claims too much costs no more than the bytes that do follow it.
 */
final class IdxReader {
  static final int IMAGES_MAGIC = 2051;
  static final int LABELS_MAGIC = 2049;

  /** The largest image that is believed in: as many pixels as 4096 × 4096. */
  static final int MAX_IMAGE = 1 << 24;

  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;
  private static final int MAP_FROM = 1 << 24;
  private static final int BLOCK = 1 << 24;
  private static final int MAP_BLOCK = 1 << 30;

  /** Deflate packs 1032 bytes into one at the very best, so a claim beyond that is false. */
  private static final int MAX_COMPRESSION = 1032;

  private final Path file;
  private final long fileSize;
  private final boolean compressed;

  private IdxReader(Path file) throws IOException {
    this.file = file;
    this.fileSize = Files.size(file);
    this.compressed = isGzip(file);
  }

  private static boolean isGzip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 0x1F && in.read() == 0x8B;
    }
  }

  /**
   * Reads images.
   *
   * @throws VaeException if the file cannot be read or is not whole
   */
  static ImageExamples images(Path file, String name) {
    FileChecks.requireFile(file);
    try {
      return new IdxReader(file).readImages(name);
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }

  /**
   * Reads labels.
   *
   * @throws VaeException if the file cannot be read or is not whole
   */
  static int[] labels(Path file) {
    FileChecks.requireFile(file);
    try {
      return new IdxReader(file).readLabels();
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }

  private ImageExamples readImages(String name) throws IOException {
    try (DataInputStream in = open()) {
      checkMagic(in, IMAGES_MAGIC, "images");
      long count = extent(in, "images");
      long height = extent(in, "rows");
      long width = extent(in, "columns");
      if (height > MAX_IMAGE || width > MAX_IMAGE || height * width > MAX_IMAGE) {
        throw FileFault.damaged(
            file, "claims images of " + height + "x" + width + ", beyond the limit of 2^24 pixels");
      }
      int imageSize = (int) (height * width);
      long total = Math.multiplyExact(count, imageSize);
      checkClaim(total, IMAGES_HEADER);
      Shape shape = Shape.of(1, (int) height, (int) width);
      List<Pixels.Block> blocks = !compressed && fileSize >= MAP_FROM
          ? map((int) count, imageSize)
          : read(in, (int) count, imageSize);
      return ImageExamples.of(name, shape, new Pixels(imageSize, blocks));
    }
  }

  private int[] readLabels() throws IOException {
    try (DataInputStream in = open()) {
      checkMagic(in, LABELS_MAGIC, "labels");
      long count = extent(in, "labels");
      checkClaim(count, LABELS_HEADER);
      // A byte, a number, and a copy of that where it belongs to images.
      FileChecks.requireHeap(file, 9 * count);
      byte[] bytes = readFully(in, (int) count, count);
      checkEnd(in, count);
      int[] labels = new int[bytes.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = bytes[i] & 0xFF;
      }
      return labels;
    }
  }

  private DataInputStream open() throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      return new DataInputStream(
          compressed ? new GZIPInputStream(in, 1 << 16) : new BufferedInputStream(in));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private void checkMagic(DataInputStream in, int expected, String what) throws IOException {
    int magic = header(in);
    if (magic != expected) {
      String hint = magic == IMAGES_MAGIC ? " (it holds images)" : "";
      hint = magic == LABELS_MAGIC ? " (it holds labels)" : hint;
      throw FileFault.of(
          file,
          "is not an IDX file of " + what + ": magic number " + magic + ", not " + expected + hint,
          "check which file this is");
    }
  }

  private long extent(DataInputStream in, String what) throws IOException {
    long value = header(in);
    if (value < 1) {
      // A 4-byte unsigned number: a negative one is a claim of over 2^31.
      throw FileFault.damaged(
          file,
          "claims " + (value & 0xFFFFFFFFL) + " " + what + ", which is not from 1 to 2^31 - 1");
    }
    return value;
  }

  private int header(DataInputStream in) throws IOException {
    try {
      return in.readInt();
    } catch (EOFException e) {
      throw FileFault.damaged(file, "is cut short within its header");
    }
  }

  private void checkClaim(long claimed, int header) {
    if (!compressed && fileSize - header != claimed) {
      throw mismatch(claimed, fileSize - header);
    }
    if (compressed && claimed / MAX_COMPRESSION > fileSize) {
      throw FileFault.damaged(
          file,
          String.format(
              Locale.ROOT,
              "claims %d bytes of data, which %d bytes cannot unpack to",
              claimed,
              fileSize));
    }
  }

  private VaeException mismatch(long claimed, long actual) {
    String fault = actual < claimed ? "is cut short" : "has trailing bytes";
    return FileFault.damaged(
        file,
        String.format(
            Locale.ROOT,
            "%s: its header claims %d bytes of data, but %d follow",
            fault,
            claimed,
            actual));
  }

  private List<Pixels.Block> map(int count, int imageSize) throws IOException {
    List<Pixels.Block> blocks = new ArrayList<>();
    int perBlock = MAP_BLOCK / imageSize;
    try (FileChannel channel = FileChannel.open(file)) {
      for (int done = 0; done < count; done += Math.min(perBlock, count - done)) {
        int images = Math.min(perBlock, count - done);
        long position = IMAGES_HEADER + (long) done * imageSize;
        ByteBuffer bytes =
            channel.map(FileChannel.MapMode.READ_ONLY, position, (long) images * imageSize);
        blocks.add(new Pixels.Block(bytes, 0, imageSize, images));
      }
    }
    return blocks;
  }

  private List<Pixels.Block> read(InputStream in, int count, int imageSize) throws IOException {
    long total = (long) count * imageSize;
    FileChecks.requireHeap(file, total);
    List<Pixels.Block> blocks = new ArrayList<>();
    int perBlock = BLOCK / imageSize;
    for (int done = 0; done < count; done += Math.min(perBlock, count - done)) {
      int images = Math.min(perBlock, count - done);
      byte[] bytes = readFully(in, images * imageSize, total);
      blocks.add(new Pixels.Block(ByteBuffer.wrap(bytes), 0, imageSize, images));
    }
    checkEnd(in, total);
    return blocks;
  }

  /** Allocates as the bytes arrive, not as they are claimed. */
  private byte[] readFully(InputStream in, int length, long claimed) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw FileFault.damaged(
          file, "is cut short: its header claims " + claimed + " bytes of data, but fewer follow");
    }
    return bytes;
  }

  private void checkEnd(InputStream in, long claimed) throws IOException {
    if (in.read() >= 0) {
      throw FileFault.damaged(
          file,
          "has trailing bytes: its header claims " + claimed + " bytes of data, but more follow");
    }
  }
}
