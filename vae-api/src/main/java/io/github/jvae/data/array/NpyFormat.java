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

/** Single NumPy arrays, plain (mapped, so that they may be larger than memory) or compressed. */
public final class NpyFormat implements DataFormat {
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
    return ArrayOptions.ofSingle();
  }

  @Override
  public boolean recognizes(DataPath path) {
    return path.hasSignature(0, NpyHeader.SIGNATURE);
  }

  @Override
  public DataParts open(DataPath path, Options options) {
    StoredArray array = array(path);
    NamedArray named = NamedArray.of(path.name(), array.header(), () -> array);
    return ArrayDataSet.of(path, List.of(named), ArrayOptions.of(options), false);
  }

  private static StoredArray array(DataPath path) {
    Path file = path.path();
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = path.isCompressed() ? new GZIPInputStream(in, 1 << 16) : in) {
      NpyHeader header = NpyHeader.read(file, plain);
      long size = header.array().bytes();
      if (path.isCompressed()) {
        StoredBytes bytes = StoredBytes.unpacked(file, plain, Files.size(file), size);
        if (plain.read() >= 0) {
          throw FileFault.damaged(file, "has bytes behind the " + size + " that its header claims");
        }
        return header.array().in(bytes);
      }
      requireSize(file, Files.size(file) - header.length(), size);
      return header.array().in(StoredBytes.inFile(file, header.length(), size));
    } catch (ZipException e) {
      throw FileFault.damaged(file, "is not intact gzip data (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
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
