package io.github.jvae.data.array;

import io.github.jvae.data.DataFormat;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataPath;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Single NumPy arrays, plain (mapped, so that they may be larger than memory) or compressed, and
 * folders of nothing else, whose names say what they are.
 */
public final class NpyFormat implements DataFormat {
  private static final String ENDING = ".npy";

  @Override
  public String name() {
    return "npy";
  }

  @Override
  public String description() {
    return "a NumPy array (.npy)";
  }

  @Override
  public List<OptionDescription<?>> options() {
    return ArrayOptions.ofNamed();
  }

  @Override
  public boolean recognizes(DataPath path) {
    return path.isFolder()
        ? ArrayFolder.isOne(path.path(), ENDING)
        : path.hasSignature(0, NpyHeader.SIGNATURE);
  }

  @Override
  public DataParts open(DataPath path, Options options) {
    List<NamedArray> arrays = path.isFolder()
        ? ArrayFolder.arrays(path.path(), ENDING, file -> List.of(array(file, "", false)))
        : List.of(array(path.path(), path.name(), path.isCompressed()));
    return ArrayDataSet.of(path, arrays, ArrayOptions.of(options), false);
  }

  private static NamedArray array(Path file, String name, boolean compressed) {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = compressed ? new GZIPInputStream(in, 1 << 16) : in) {
      NpyHeader header = NpyHeader.read(file, plain);
      StoredArray array = header.array().in(data(file, plain, header, compressed));
      return NamedArray.of(name, header.array(), () -> array);
    } catch (ZipException e) {
      throw FileFault.damaged(file, "is not intact gzip data (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }

  private static StoredBytes data(Path file, InputStream in, NpyHeader header, boolean compressed)
      throws IOException {
    long size = header.array().bytes();
    if (!compressed) {
      requireSize(file, Files.size(file) - header.length(), size);
      return StoredBytes.inFile(file, header.length(), size);
    }
    StoredBytes bytes = StoredBytes.unpacked(file, in, Files.size(file), size);
    if (in.read() >= 0) {
      throw FileFault.damaged(file, "has bytes behind the " + size + " that its header claims");
    }
    return bytes;
  }

  private static void requireSize(Path file, long found, long claimed) {
    if (found != claimed) {
      throw FileFault.damaged(
          file,
          (found < claimed ? "is cut short" : "has trailing bytes") + ": its header claims "
              + claimed + " bytes of data, but " + found + " follow");
    }
  }
}
