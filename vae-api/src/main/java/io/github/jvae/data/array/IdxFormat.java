package io.github.jvae.data.array;

import io.github.jvae.data.DataFormat;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataPath;
import io.github.jvae.option.Options;
import java.util.List;

/** Folders of IDX files, and single files of images. */
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
  public boolean recognizes(DataPath path) {
    // A file of labels is one too: its reader says what to give in place of it.
    return path.isFolder()
        ? IdxFolder.isOne(path.path())
        : path.hasSignature(0, "\0\0\b\3") || path.hasSignature(0, "\0\0\b\1");
  }

  @Override
  public DataParts open(DataPath path, Options options) {
    return path.isFolder()
        ? IdxFolder.open(path.path(), path.name(), List.of())
        : DataParts.split(
            IdxFolder.read(path.path(), path.name(), List.of()), path.path().toString());
  }
}
