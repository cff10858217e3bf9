package io.github.jvae.data.array;

import io.github.jvae.error.FileException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The arrays of an NPZ archive: stored ones lie in the file, deflated ones are unpacked. */
final class NpzArchive {
  static final String ENDING = ".npy";

  private static final int BUFFER = 1 << 16;

  private final Path file;

  private NpzArchive(Path file) {
    this.file = file;
  }

  /** Returns whether an archive holds an array. */
  static boolean isOne(Path file) {
    try {
      return ZipDirectory.list(file).stream().anyMatch(member -> member.name().endsWith(ENDING));
    } catch (IOException | VaeException e) {
      // Whatever it is then, it is not plainly this.
      return false;
    }
  }

  /**
   * Returns the arrays of an archive; what else it holds is passed over.
   *
   * @throws VaeException if it is damaged
   */
  static List<NamedArray> arrays(Path file) {
    NpzArchive archive = new NpzArchive(file);
    List<NamedArray> arrays = new ArrayList<>();
    try {
      for (ZipDirectory.Member member : ZipDirectory.list(file)) {
        if (member.name().endsWith(ENDING)) {
          arrays.add(archive.array(member));
        }
      }
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
    return arrays;
  }

  private NamedArray array(ZipDirectory.Member member) {
    String name = member.name().substring(0, member.name().length() - ENDING.length());
    try {
      NpyHeader header = within(member, in -> header(member, in));
      return NamedArray.of(name, header.array(), () -> read(member, header));
    } catch (FileException e) {
      return NamedArray.refused(name, e);
    }
  }

  private NpyHeader header(ZipDirectory.Member member, InputStream in) throws IOException {
    NpyHeader header = NpyHeader.read(file.resolve(Quote.bare(member.name())), in);
    long found = member.size() - header.length();
    if (found != header.array().bytes()) {
      throw damaged(
          member,
          "has " + found + " bytes of data, not the " + header.array().bytes()
              + " that its header claims");
    }
    return header;
  }

  private StoredArray read(ZipDirectory.Member member, NpyHeader header) {
    long size = header.array().bytes();
    return within(member, in -> {
      if (member.method() == ZipDirectory.STORED) {
        long start = ZipDirectory.start(file, member) + header.length();
        return header.array().in(StoredBytes.inFile(file, start, size));
      }
      CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
      checked.skipNBytes(header.length());
      StoredBytes bytes = StoredBytes.unpacked(file, checked, member.packed(), size);
      if (checked.read() >= 0 || (int) checked.getChecksum().getValue() != member.crc()) {
        throw damaged(member, "does not match its checksum");
      }
      return header.array().in(bytes);
    });
  }

  /** Reads something out of the unpacked bytes of a member. */
  private interface Reading<T> {
    T from(InputStream in) throws IOException;
  }

  private <T> T within(ZipDirectory.Member member, Reading<T> reading) {
    boolean deflated = member.method() == ZipDirectory.DEFLATED;
    if (member.encrypted() || (!deflated && member.method() != ZipDirectory.STORED)) {
      throw FileFault.of(
          file,
          "has " + Quote.of(member.name()) + " in a form that NumPy does not write ("
              + (member.encrypted() ? "encrypted" : "method " + member.method()) + ")",
          "make it again with np.savez");
    }
    if (!deflated && member.packed() != member.size()) {
      throw damaged(member, "has two sizes in the list of files");
    }
    Inflater inflater = new Inflater(true);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      in.skipNBytes(ZipDirectory.start(file, member));
      InputStream packed = new Limited(in, member.packed());
      return reading.from(deflated ? new InflaterInputStream(packed, inflater, BUFFER) : packed);
    } catch (ZipException e) {
      throw damaged(member, "cannot be unpacked (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    } finally {
      inflater.end();
    }
  }

  private FileException damaged(ZipDirectory.Member member, String fault) {
    return FileFault.damaged(file, "is damaged: " + Quote.of(member.name()) + " " + fault);
  }
}
