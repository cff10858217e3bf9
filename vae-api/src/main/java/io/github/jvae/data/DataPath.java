package io.github.jvae.data;

import io.github.jvae.data.internal.Signature;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.internal.file.FileFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A file or folder that data are to be read from, with what its beginning says, so that formats can
 * tell whose it is without opening it again. Immutable.
 */
public final class DataPath {
  /** How many bytes of a file's beginning are looked at. */
  public static final int HEAD = 1 << 10;

  private static final String GZIP = "\u001f\u008b";

  private final Path path;
  private final boolean folder;
  private final boolean compressed;
  private final byte[] head;

  private DataPath(Path path, boolean folder, boolean compressed, byte[] head) {
    this.path = path;
    this.folder = folder;
    this.compressed = compressed;
    this.head = head;
  }

  /**
   * Looks at a path.
   *
   * @throws io.github.jvae.error.VaeException if it does not exist, is an empty file or may not be
   *     read
   */
  public static DataPath of(Path path) {
    if (Files.isDirectory(path)) {
      if (!Files.isReadable(path)) {
        throw FileFault.of(path, "may not be read (permission denied)", "change its permissions");
      }
      return new DataPath(path, true, false, new byte[0]);
    }
    FileChecks.requireFile(path);
    byte[] first = first(path);
    byte[] unpacked = Signature.matches(GZIP, first) ? unpacked(first) : first;
    return new DataPath(path, false, unpacked != first, unpacked);
  }

  private static byte[] first(Path file) {
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

  /** Returns where it is. */
  public Path path() {
    return path;
  }

  /** Returns the name of the file or folder, which data without another name are called by. */
  public String name() {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? path.toString() : last.toString();
  }

  /** Returns whether it is a folder. */
  public boolean isFolder() {
    return folder;
  }

  /** Returns whether it is a file compressed by gzip. */
  public boolean isCompressed() {
    return compressed;
  }

  /** Returns the first bytes of a file, at most 1024, unpacked if it is compressed by gzip. */
  public byte[] head() {
    return head.clone();
  }

  /**
   * Returns whether a file has certain bytes at some place of its beginning.
   *
   * @param signature a character per byte, from 0 to 255; a question mark stands for any byte
   */
  public boolean hasSignature(int offset, String signature) {
    return Signature.matches(signature, head, offset);
  }

  /** Returns whether a file begins without signs that no text has, as far as bytes tell. */
  public boolean isText() {
    for (byte b : head) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the ending of the name in lower case, such as {@code .csv}, without that of compression
   * by gzip; empty if there is none.
   */
  public String ending() {
    String name = name().toLowerCase(Locale.ROOT);
    String stem = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    int dot = stem.lastIndexOf('.');
    return dot < 0 ? "" : stem.substring(dot);
  }
}
