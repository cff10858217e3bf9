package io.github.jvae.data.array;

import io.github.jvae.error.FileException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Reads the numeric arrays of a file that MATLAB saved with {@code -v6} or {@code -v7}: "Level 5
 * MAT-files" of <a href="https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf">its
 * description</a>. Uncompressed arrays are mapped; nothing is allocated at the word of a header.
 */
final class MatReader {
  /** How such a file begins. */
  static final String SIGNATURE = "MATLAB 5.0";

  private static final int HEADER = 128;
  private static final int ORDER_AT = 126;
  private static final int BUFFER = 1 << 16;
  private static final int FLAGS = 8;
  private static final int COMPLEX = 0x800;
  private static final int LOGICAL = 0x200;
  private static final int MOST_AXES = 32;
  private static final int LONGEST_NAME = 1 << 12;

  /** The types that numbers are written as. */
  private static final Map<Integer, ElementType> STORED = Map.of(
      1, ElementType.INT8,
      2, ElementType.UINT8,
      3, ElementType.INT16,
      4, ElementType.UINT16,
      5, ElementType.INT32,
      6, ElementType.UINT32,
      7, ElementType.FLOAT32,
      9, ElementType.FLOAT64,
      12, ElementType.INT64,
      13, ElementType.UINT64);

  /** The types that numbers are of. */
  private static final Map<Integer, ElementType> CLASSES = Map.of(
      6, ElementType.FLOAT64,
      7, ElementType.FLOAT32,
      8, ElementType.INT8,
      9, ElementType.UINT8,
      10, ElementType.INT16,
      11, ElementType.UINT16,
      12, ElementType.INT32,
      13, ElementType.UINT32,
      14, ElementType.INT64,
      15, ElementType.UINT64);

  private static final Map<Integer, String> OTHERS =
      Map.of(1, "cells", 2, "a structure", 3, "an object", 4, "text", 5, "a sparse matrix");

  /**
   * Where an array lies.
   *
   * @param start of its element in the file, behind the tag
   * @param size of that element
   * @param compressed whether it has to be unpacked
   */
  private record Place(long start, long size, boolean compressed) {}

  private final Path file;
  private final ByteOrder order;

  private MatReader(Path file, ByteOrder order) {
    this.file = file;
    this.order = order;
  }

  /**
   * Returns the arrays of a file.
   *
   * @throws VaeException if it is damaged
   */
  static List<NamedArray> arrays(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] header = in.readNBytes(HEADER);
      if (header.length < HEADER) {
        throw FileFault.damaged(file, "is cut short within its header");
      }
      String mark = new String(header, ORDER_AT, 2, StandardCharsets.ISO_8859_1);
      if (!mark.equals("IM") && !mark.equals("MI")) {
        throw FileFault.damaged(file, "is damaged: it names no byte order");
      }
      ByteOrder order = mark.equals("IM") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      return new MatReader(file, order).list();
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }

  private List<NamedArray> list() throws IOException {
    List<NamedArray> arrays = new ArrayList<>();
    long size = Files.size(file);
    long position = HEADER;
    while (position < size) {
      MatElement element = element(position);
      Place place = new Place(
          position + MatElement.SIZE, element.size(), element.type() == MatElement.COMPRESSED);
      if (element.size() > size - place.start()) {
        throw FileFault.damaged(file, "is cut short within its array " + (arrays.size() + 1));
      }
      if (place.compressed() || element.type() == MatElement.MATRIX) {
        arrays.add(within(place, in -> array(place, in)));
      }
      position = place.start() + place.size();
    }
    // What has no name is MATLAB's own.
    return arrays.stream().filter(array -> !array.name().isEmpty()).toList();
  }

  private MatElement element(long position) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(position);
      return MatElement.read(file, in, order);
    }
  }

  private interface Reading<T> {
    T from(Counted in) throws IOException;
  }

  /** Reads something out of the data of an array, unpacked. */
  private <T> T within(Place place, Reading<T> reading) {
    Inflater inflater = new Inflater();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      in.skipNBytes(place.start());
      InputStream data = new Limited(in, place.size());
      return reading.from(
          new Counted(place.compressed() ? new InflaterInputStream(data, inflater, BUFFER) : data));
    } catch (ZipException e) {
      throw FileFault.damaged(file, "is damaged: an array cannot be unpacked");
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    } finally {
      inflater.end();
    }
  }

  private NamedArray array(Place place, Counted in) throws IOException {
    if (place.compressed() && MatElement.read(file, in, order).type() != MatElement.MATRIX) {
      throw FileFault.damaged(file, "is damaged: something else than an array is compressed");
    }
    ByteBuffer flags = next(in, FLAGS);
    ByteBuffer extents = next(in, MOST_AXES * Integer.BYTES);
    ByteBuffer text = next(in, LONGEST_NAME);
    if (flags.limit() < FLAGS || extents.limit() < 2 * Integer.BYTES) {
      throw FileFault.damaged(file, "is damaged: an array without flags or extents");
    }
    String name = StandardCharsets.UTF_8.decode(text).toString();
    try {
      return array(place, in, name, flags.getInt(0), extents(extents));
    } catch (FileException e) {
      return NamedArray.refused(name, e);
    }
  }

  private NamedArray array(Place place, Counted in, String name, int flags, List<Long> extents)
      throws IOException {
    Path called = file.resolve(Quote.bare(name.replace('\0', ' ')));
    ElementType type = CLASSES.get(flags & 0xFF);
    if (type == null || (flags & COMPLEX) != 0) {
      String what =
          type == null ? OTHERS.getOrDefault(flags & 0xFF, "an object") : "complex numbers";
      throw FileFault.of(
          called, "holds " + what + ", and no plain numbers", "save its numbers as an array");
    }
    boolean logical = (flags & LOGICAL) != 0;
    MatElement data = MatElement.read(file, in, order);
    ElementType stored = STORED.get(data.type());
    if (stored == null) {
      throw FileFault.damaged(called, "is damaged: its numbers are of no known type");
    }
    ArrayHeader header =
        new ArrayHeader(called, logical ? ElementType.BOOL : type, stored, order, extents, true);
    if (data.size() != header.bytes()) {
      throw FileFault.damaged(
          called,
          "is damaged: its header claims " + header.bytes() + " bytes of data, but " + data.size()
              + " follow");
    }
    long skipped = in.count();
    return NamedArray.of(
        name,
        header,
        () -> header.in(
            data.isSmall()
                ? StoredBytes.of(data.smallData())
                : within(place, rest -> data(place, header, rest, skipped))));
  }

  /**
   * Returns the data of an array.
   *
   * @param skipped how many bytes of its element stand before them
   */
  private StoredBytes data(Place place, ArrayHeader header, Counted in, long skipped)
      throws IOException {
    if (!place.compressed()) {
      if (header.bytes() > place.size() - skipped) {
        throw FileFault.damaged(header.place(), "is cut short");
      }
      return StoredBytes.inFile(file, place.start() + skipped, header.bytes());
    }
    in.skipNBytes(skipped);
    StoredBytes bytes = StoredBytes.unpacked(file, in, place.size(), header.bytes());
    // To the end, where the checksum is.
    in.transferTo(OutputStream.nullOutputStream());
    return bytes;
  }

  private ByteBuffer next(InputStream in, int most) throws IOException {
    byte[] data = MatElement.read(file, in, order).data(file, in, most);
    return ByteBuffer.wrap(data).order(order);
  }

  private static List<Long> extents(ByteBuffer bytes) {
    List<Long> extents = new ArrayList<>();
    for (int at = 0; at + Integer.BYTES <= bytes.limit(); at += Integer.BYTES) {
      extents.add((long) bytes.getInt(at));
    }
    return extents;
  }
}
