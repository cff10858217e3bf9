package io.github.jvae.data;

import io.github.jvae.error.FileFault;
import io.github.jvae.error.VaeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Names the formats that data often come in and that are not read, so that a user hears what the
 * file is and not what it is not. Told by content; the ending helps where many share one.
 */
final class ForeignFile {
  private static final int HEAD = 1 << 10;
  private static final String GZIP = "\u001f\u008b";
  private static final String UNPACK = "unpack it, and give what is in it";
  private static final String GIVE = "give " + DataSource.READABLE;

  /** A format, by a signature at some place. */
  private record Format(int offset, String signature, String title, String cure) {}

  private static final List<Format> FORMATS = List.of(
      new Format(0, "\u0093NUMPY", "a NumPy array (.npy)", GIVE),
      new Format(0, "PAR1", "a Parquet table", GIVE),
      new Format(0, "ARROW1", "an Arrow table", GIVE),
      new Format(0, "FEA1", "a Feather table", GIVE),
      new Format(0, "\u0089HDF\r\n\u001a\n", "an HDF5 file", GIVE),
      new Format(0, "MATLAB", "a MATLAB file (.mat)", GIVE),
      new Format(0, "SQLite format 3\0", "an SQLite database", GIVE),
      new Format(0, "%PDF", "a PDF document", GIVE),
      new Format(
          4, "ftyphei", "a HEIC image", "save its images as PNG or JPEG, and give the folder"),
      new Format(
          4, "ftypmif1", "a HEIC image", "save its images as PNG or JPEG, and give the folder"),
      new Format(
          4, "ftypavif", "an AVIF image", "save its images as PNG or JPEG, and give the folder"),
      new Format(4, "ftyp", "a video", "save its frames as PNG or JPEG, and give the folder"),
      new Format(257, "ustar", "a tar archive", UNPACK),
      new Format(0, "PK\u0003\u0004", "a ZIP archive", UNPACK),
      new Format(0, "PK\u0005\u0006", "an empty ZIP archive", UNPACK),
      new Format(0, "BZh", "a bzip2 archive", UNPACK),
      new Format(0, "\u00fd7zXZ\0", "an xz archive", UNPACK),
      new Format(0, "(\u00b5/\u00fd", "a Zstandard archive", UNPACK),
      new Format(0, "7z\u00bc\u00af'\u001c", "a 7-Zip archive", UNPACK),
      new Format(0, "Rar!", "a RAR archive", UNPACK));

  /** What an ending says of an archive or a text, of which there are many kinds. */
  private static final Map<String, String> BY_ENDING = Map.of(
      ".npz", "NumPy arrays in an archive (.npz)",
      ".pt", "a PyTorch file",
      ".pth", "a PyTorch file",
      ".xlsx", "an Excel table",
      ".csv", "a table in text (.csv)",
      ".tsv", "a table in text (.tsv)",
      ".json", "JSON text",
      ".jsonl", "JSON text");

  private static final Map<Integer, String> IDX_TYPES = Map.of(
      0x08, "unsigned bytes",
      0x09, "signed bytes",
      0x0B, "16-bit integers",
      0x0C, "32-bit integers",
      0x0D, "32-bit floats",
      0x0E, "64-bit floats");

  private ForeignFile() {}

  /**
   * The fault of a file that is known not to be read; nothing if it is something else.
   *
   * @throws VaeException if the file is not there or may not be read
   */
  static Optional<VaeException> fault(Path file) {
    FileChecks.requireFile(file);
    byte[] head = head(file);
    byte[] unpacked = Signature.matches(GZIP, head) ? unpacked(head) : head;
    String how = unpacked == head ? "" : ", compressed";
    Optional<ImageFormat> image = ImageFormat.of(unpacked);
    if (image.isPresent()) {
      String title = "is a single " + image.get().title() + " image" + how;
      return Optional.of(FileFault.of(file, title, "name the folder it is in"));
    }
    return format(unpacked, file)
        .map(format -> FileFault.of(
            file, "is " + format.title() + how + ", which is not read", format.cure()));
  }

  private static Optional<Format> format(byte[] head, Path file) {
    Optional<Format> found = FORMATS.stream()
        .filter(format -> Signature.matches(format.signature(), head, format.offset()))
        .findFirst();
    String said = BY_ENDING.get(ending(file));
    if (said != null && (found.isPresent() || isText(head))) {
      return Optional.of(new Format(0, "", said, GIVE));
    }
    return found.or(() -> otherIdx(head)).or(() -> pickle(head)).or(() -> text(head));
  }

  private static Optional<Format> otherIdx(byte[] head) {
    if (head.length < 4 || head[0] != 0 || head[1] != 0) {
      return Optional.empty();
    }
    String type = IDX_TYPES.get((int) head[2]);
    boolean read = head[2] == 8 && (head[3] == 3 || head[3] == 1);
    return type == null || read
        ? Optional.empty()
        : Optional.of(new Format(
            0,
            "",
            "an IDX file of " + head[3] + " axes of " + type,
            "give one of 3 axes of unsigned bytes: images, rows, columns"));
  }

  private static Optional<Format> pickle(byte[] head) {
    boolean is = head.length > 1 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5;
    return is ? Optional.of(new Format(0, "", "a Python pickle", GIVE)) : Optional.empty();
  }

  private static Optional<Format> text(byte[] head) {
    if (!isText(head)) {
      return Optional.empty();
    }
    boolean page = new String(head, StandardCharsets.UTF_8).stripLeading().startsWith("<");
    return Optional.of(new Format(
        0, "", page ? "a web page or other XML" : "text", page ? "fetch the file again" : GIVE));
  }

  private static boolean isText(byte[] head) {
    for (byte b : head) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String stem = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    int dot = stem.lastIndexOf('.');
    return dot < 0 ? "" : stem.substring(dot);
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }

  /** Returns the beginning as far as it can be unpacked; the beginning itself where it cannot. */
  private static byte[] unpacked(byte[] head) {
    byte[] result = new byte[HEAD];
    int length = 0;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(head), HEAD)) {
      for (int n = 0; n >= 0 && length < HEAD; length += Math.max(0, n)) {
        n = in.read(result, length, HEAD - length);
      }
    } catch (IOException e) {
      // The rest of the file is missing here, on purpose.
      return length == 0 ? head : Arrays.copyOf(result, length);
    }
    return Arrays.copyOf(result, length);
  }
}
