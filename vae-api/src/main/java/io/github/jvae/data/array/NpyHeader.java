package io.github.jvae.data.array;

import io.github.jvae.error.FileException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the numbers of an array in the <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NPY format</a>,
 * versions 1 to 3: a text that looks like a Python dictionary.
 *
 * @param array what it says
 * @param length the bytes before the numbers
 */
record NpyHeader(ArrayHeader array, long length) {
  /** How such a file begins. */
  static final String SIGNATURE = "\u0093NUMPY";

  /** NumPy itself believes no longer text unless told to. */
  private static final int LONGEST = 10_000;

  private static final int MOST_AXES = 32;
  private static final Pattern TYPE = Pattern.compile("'descr' *: *(?:'([^']*)'|[\\[(])");
  private static final Pattern ORDER = Pattern.compile("'fortran_order' *: *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape' *: *\\(([0-9L, ]*)\\)");

  private static final Map<String, ElementType> TYPES = Map.ofEntries(
      Map.entry("b1", ElementType.BOOL),
      Map.entry("u1", ElementType.UINT8),
      Map.entry("i1", ElementType.INT8),
      Map.entry("u2", ElementType.UINT16),
      Map.entry("i2", ElementType.INT16),
      Map.entry("u4", ElementType.UINT32),
      Map.entry("i4", ElementType.INT32),
      Map.entry("u8", ElementType.UINT64),
      Map.entry("i8", ElementType.INT64),
      Map.entry("f2", ElementType.FLOAT16),
      Map.entry("f4", ElementType.FLOAT32),
      Map.entry("f8", ElementType.FLOAT64));

  /** What is told of an array whose elements are no numbers that are read, by the kind of type. */
  private static final Map<Character, String> OTHERS = Map.of(
      'O', "Python objects, which are never unpickled, as that may run any code",
      'U', "texts",
      'S', "texts",
      'c', "complex numbers",
      'M', "dates",
      'm', "durations",
      'V', "records of several fields");

  /**
   * Reads a header.
   *
   * @param place the file, with the name of the array behind it where there are several
   * @param in stands at the first byte, and behind the header afterwards
   * @throws VaeException if it is none, or of an array that is not read
   */
  static NpyHeader read(Path place, InputStream in) throws IOException {
    byte[] start = in.readNBytes(SIGNATURE.length() + 2);
    byte[] signature = SIGNATURE.getBytes(StandardCharsets.ISO_8859_1);
    if (!Arrays.equals(signature, 0, signature.length, start, 0, Math.min(6, start.length))) {
      throw FileFault.damaged(place, "does not begin as an NPY file does");
    }
    int version = start.length < 8 ? 0 : start[6];
    if (version < 1 || version > 3) {
      throw FileFault.damaged(place, "is an NPY file of version " + version + ", not 1, 2 or 3");
    }
    byte[] size = in.readNBytes(version == 1 ? 2 : 4);
    long length = 0;
    for (int i = size.length - 1; i >= 0; i--) {
      length = length << 8 | (size[i] & 0xFF);
    }
    if (length > LONGEST) {
      throw FileFault.damaged(place, "claims a header of " + length + " bytes");
    }
    byte[] text = in.readNBytes((int) length);
    if (size.length < (version == 1 ? 2 : 4) || text.length < length) {
      throw FileFault.damaged(place, "is cut short within its header");
    }
    ArrayHeader array = array(place, new String(text, StandardCharsets.ISO_8859_1));
    return new NpyHeader(array, start.length + size.length + length);
  }

  private static ArrayHeader array(Path place, String text) {
    Matcher type = TYPE.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!type.find() || !order.find() || !shape.find()) {
      throw FileFault.damaged(place, "has no header of an NPY file, but " + Quote.of(text.strip()));
    }
    String named = type.group(1) == null ? "|V" : type.group(1);
    ByteOrder bytes = named.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ElementType elements = TYPES.get(named.replaceFirst("^[<>|=]", ""));
    if (elements == null) {
      throw otherType(place, named);
    }
    boolean firstFastest = order.group(1).equals("True");
    return new ArrayHeader(place, elements, bytes, extents(place, shape.group(1)), firstFastest);
  }

  private static FileException otherType(Path place, String named) {
    char kind = named.replaceFirst("^[<>|=]", "").concat(" ").charAt(0);
    String what = OTHERS.getOrDefault(kind, "elements of type " + Quote.of(named));
    return FileFault.of(
        place,
        "holds " + what + ", and no numbers",
        "save numbers, such as np.save(file, np.asarray(array, dtype='float32'))");
  }

  private static List<Long> extents(Path place, String text) {
    List<Long> extents = new ArrayList<>();
    for (String extent : text.split(",", -1)) {
      String digits = extent.replace("L", "").strip();
      if (!digits.isEmpty()) {
        try {
          extents.add(Long.parseLong(digits));
        } catch (NumberFormatException e) {
          throw FileFault.damaged(place, "claims the shape " + Quote.of("(" + text + ")"));
        }
      }
    }
    if (extents.size() > MOST_AXES) {
      throw FileFault.damaged(place, "claims " + extents.size() + " axes");
    }
    return extents;
  }
}
