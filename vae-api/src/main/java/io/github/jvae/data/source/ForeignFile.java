package io.github.jvae.data.source;

import io.github.jvae.data.DataPath;
import io.github.jvae.data.image.ImageFormat;
import io.github.jvae.data.internal.Signature;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names the formats that data often come in and that are not read, so that a user hears what the
 * file is and not what it is not. Told by content; the ending helps where many share one.
 */
final class ForeignFile {
  private static final String UNPACK = "unpack it, and give what is in it";
  /** Stands for what can be read, which who asks knows. */
  private static final String GIVE = "";

  private static final String SAVED =
      "('FILE').to_csv('FILE.csv', index=False), or save its numbers as NPY";

  /** A format, by a signature at some place. */
  private record Format(int offset, String signature, String title, String cure) {}

  private static final List<Format> FORMATS = List.of(
      new Format(0, "PAR1", "a Parquet table", "save it as CSV: pandas.read_parquet" + SAVED),
      new Format(0, "ARROW1", "an Arrow table", "save it as CSV: pandas.read_feather" + SAVED),
      new Format(0, "FEA1", "a Feather table", "save it as CSV: pandas.read_feather" + SAVED),
      new Format(
          0,
          "\u0089HDF\r\n\u001a\n",
          "an HDF5 file",
          "save its array as NPY: numpy.save('x.npy', h5py.File('FILE')['NAME'][:])"),
      new Format(
          0,
          "MATLAB 7.3",
          "a MATLAB file of version 7.3 (HDF5)",
          "save it in MATLAB with save('FILE.mat', 'NAME', '-v7')"),
      new Format(0, "MATLAB 5.0", "a MATLAB file (.mat)", UNPACK),
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

  private static final String ARRAYS = ".npz";

  /** What an ending says of an archive or a text, of which there are many kinds. */
  private static final Map<String, String> BY_ENDING = Map.of(
      ARRAYS,
      "NumPy arrays in an archive (.npz)",
      ".pt",
      "a PyTorch file",
      ".pth",
      "a PyTorch file",
      ".xlsx",
      "an Excel table",
      ".json",
      "JSON text",
      ".jsonl",
      "JSON text");

  private static final Set<String> TEXTS = Set.of(".csv", ".tsv");

  private ForeignFile() {}

  /**
   * Returns the fault of a file that no format takes.
   *
   * @param readable what can be given in place of it
   */
  static VaeException fault(DataPath path, String readable) {
    Path file = path.path();
    byte[] head = path.head();
    String how = path.isCompressed() ? ", compressed" : "";
    Optional<ImageFormat> image = ImageFormat.of(head);
    if (image.isPresent()) {
      String title = "is a single " + image.get().title() + " image" + how;
      return FileFault.of(file, title, "name the folder it is in");
    }
    String give = "give one of: " + readable;
    if (TEXTS.contains(path.ending()) && format(path).isEmpty()) {
      return FileFault.of(
          file, "is called a table in text, but its beginning is no text" + how, "check the file");
    }
    if (path.ending().equals(ARRAYS) && !path.isCompressed()) {
      String none = format(path).isPresent() && !path.isText()
          ? "is an archive without an array in it"
          : "is called NumPy arrays in an archive, but is no archive";
      return FileFault.of(file, none, "fetch or make the file again");
    }
    return format(path)
        .map(format -> FileFault.of(
            file,
            "is " + format.title() + how + ", which is not read",
            format.cure().equals(GIVE) ? give : format.cure()))
        .orElseGet(() -> FileFault.of(file, "is of no format that is read", give));
  }

  private static Optional<Format> format(DataPath path) {
    byte[] head = path.head();
    Optional<Format> found = FORMATS.stream()
        .filter(format -> Signature.matches(format.signature(), head, format.offset()))
        .findFirst();
    String said = BY_ENDING.get(path.ending());
    if (said != null && (found.isPresent() || path.isText())) {
      return Optional.of(new Format(0, "", said, GIVE));
    }
    return found.or(() -> pickle(head)).or(() -> text(path));
  }

  private static Optional<Format> pickle(byte[] head) {
    boolean is = head.length > 1 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5;
    return is
        ? Optional.of(new Format(
            0, "", "a Python pickle", "save its arrays: numpy.savez('x.npz', x=..., y=...)"))
        : Optional.empty();
  }

  private static Optional<Format> text(DataPath path) {
    if (!path.isText()) {
      return Optional.empty();
    }
    boolean page =
        new String(path.head(), StandardCharsets.UTF_8).stripLeading().startsWith("<");
    return Optional.of(new Format(
        0, "", page ? "a web page or other XML" : "text", page ? "fetch the file again" : GIVE));
  }
}
