package io.github.jvae.data.array;

import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.array.ArrayOptions.AxisLayout;
import io.github.jvae.data.array.ArrayOptions.CountingAxis;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.internal.file.FileFault;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the IDX format of MNIST, plain or compressed: a big-endian magic number that says the type
 * and the number of axes, the extents, then the numbers. A large plain file is mapped instead of
 * read, so that it may be larger than the heap.
 */
final class IdxReader {
  static final int IMAGES_MAGIC = 2051;
  static final int LABELS_MAGIC = 2049;

  /** The largest image that is believed in: as many pixels as 4096 × 4096. */
  static final int MAX_IMAGE = 1 << 24;

  private static final Map<Integer, ElementType> TYPES = Map.of(
      0x08, ElementType.UINT8,
      0x09, ElementType.INT8,
      0x0B, ElementType.INT16,
      0x0C, ElementType.INT32,
      0x0D, ElementType.FLOAT32,
      0x0E, ElementType.FLOAT64);

  /** What the extents of images, and of labels, count. */
  private static final List<String> AXES = List.of("images", "rows", "columns");

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
   * Returns the type of a file's numbers, by its first bytes.
   *
   * @return null if it is no IDX file
   */
  static @Nullable ElementType type(byte[] head) {
    boolean begins = head.length >= 4 && head[0] == 0 && head[1] == 0 && head[3] > 0;
    return begins ? TYPES.get((int) head[2]) : null;
  }

  /**
   * Reads images.
   *
   * @throws VaeException if the file cannot be read or is not whole
   */
  static ImageExamples images(Path file, String name) {
    StoredArray array = read(file, IMAGES_MAGIC);
    ExampleLayout layout = ArrayAxes.layout(array, CountingAxis.FIRST, AxisLayout.HW);
    return ImageExamples.of(name, layout.shape(), layout.pixels());
  }

  /**
   * Reads labels.
   *
   * @throws VaeException if the file cannot be read or is not whole
   */
  static int[] labels(Path file) {
    StoredArray array = read(file, LABELS_MAGIC);
    long count = array.header().count();
    // A number, and a copy of it where it belongs to images.
    FileChecks.requireHeap(file, 2L * Integer.BYTES * count);
    byte[] bytes = new byte[(int) count];
    array.bytes().get(0, bytes, 0, bytes.length);
    int[] labels = new int[bytes.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = bytes[i] & 0xFF;
    }
    return labels;
  }

  /**
   * Reads an array of any type and number of axes.
   *
   * @throws VaeException if the file cannot be read or is not whole
   */
  static StoredArray array(Path file) {
    return read(file, 0);
  }

  /** @param magic what the file must begin with; 0 for any */
  private static StoredArray read(Path file, int magic) {
    FileChecks.requireFile(file);
    try {
      return new IdxReader(file).read(magic);
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }

  private StoredArray read(int wanted) throws IOException {
    try (DataInputStream in = open()) {
      int magic = header(in);
      ElementType type = TYPES.get(magic >>> 8);
      if (type == null || (wanted != 0 && magic != wanted)) {
        throw wrongMagic(magic, wanted);
      }
      List<Long> extents = new ArrayList<>();
      for (int axis = 0; axis < (magic & 0xFF); axis++) {
        extents.add(extent(in, what(magic, axis)));
      }
      if (magic == IMAGES_MAGIC) {
        checkImage(extents.get(1), extents.get(2));
      }
      ArrayHeader header = new ArrayHeader(file, type, ByteOrder.BIG_ENDIAN, extents, false);
      return header.in(bytes(in, header));
    }
  }

  private StoredBytes bytes(DataInputStream in, ArrayHeader header) throws IOException {
    long claimed = header.bytes();
    if (!compressed) {
      long start = (long) Integer.BYTES * (1 + header.rank());
      if (fileSize - start != claimed) {
        throw mismatch(claimed, fileSize - start);
      }
      return StoredBytes.inFile(file, start, claimed);
    }
    StoredBytes bytes = StoredBytes.unpacked(file, in, fileSize, claimed);
    if (in.read() >= 0) {
      throw FileFault.damaged(
          file,
          "has trailing bytes: its header claims " + claimed + " bytes of data, but more follow");
    }
    return bytes;
  }

  private static String what(int magic, int axis) {
    return switch (magic) {
      case IMAGES_MAGIC -> AXES.get(axis);
      case LABELS_MAGIC -> "labels";
      default -> "numbers along axis " + (axis + 1);
    };
  }

  private void checkImage(long height, long width) {
    if (height > MAX_IMAGE || width > MAX_IMAGE || height * width > MAX_IMAGE) {
      throw FileFault.damaged(
          file, "claims images of " + height + "x" + width + ", beyond the limit of 2^24 pixels");
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

  private VaeException wrongMagic(int magic, int wanted) {
    String hint = magic == IMAGES_MAGIC ? " (it holds images)" : "";
    hint = magic == LABELS_MAGIC ? " (it holds labels)" : hint;
    String what = wanted == IMAGES_MAGIC ? " of images" : "";
    what = wanted == LABELS_MAGIC ? " of labels" : what;
    String instead = wanted == 0 ? "" : ", not " + wanted;
    return FileFault.of(
        file,
        "is not an IDX file" + what + ": magic number " + magic + instead + hint,
        "check which file this is");
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
}
