package io.github.jvae.data.array;

import io.github.jvae.data.DataFormat;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataPath;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import java.util.List;

/** Folders of IDX files, and single ones, of numbers of every type and any number of axes. */
public final class IdxFormat implements DataFormat {
  @Override
  public String name() {
    return "idx";
  }

  @Override
  public String description() {
    return "IDX files (*-images-idx3-ubyte[.gz])";
  }

  @Override
  public List<OptionDescription<?>> options() {
    return ArrayOptions.ofSingle();
  }

  @Override
  public boolean recognizes(DataPath path) {
    return path.isFolder() ? IdxFolder.isOne(path.path()) : IdxReader.type(path.head()) != null;
  }

  @Override
  public DataParts open(DataPath path, Options options) {
    ArrayOptions said = ArrayOptions.of(options);
    boolean images = path.isFolder()
        ? IdxFolder.hasImages(path.path())
        // A file of labels is one too: its reader says what to give in place of it.
        : path.hasSignature(0, "\0\0\b\3") || path.hasSignature(0, "\0\0\b\1");
    if (!images || said.saysMore()) {
      return ArrayDataSet.of(path, arrays(path), said, false);
    }
    return path.isFolder()
        ? IdxFolder.open(path.path(), path.name(), List.of())
        : DataParts.split(
            IdxFolder.read(path.path(), path.name(), List.of()), path.path().toString());
  }

  private static List<NamedArray> arrays(DataPath path) {
    if (path.isFolder()) {
      return IdxFolder.arrays(path.path());
    }
    StoredArray array = IdxReader.array(path.path());
    return List.of(NamedArray.of(path.name(), array.header(), () -> array));
  }
}
