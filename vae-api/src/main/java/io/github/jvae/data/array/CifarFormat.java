package io.github.jvae.data.array;

import io.github.jvae.data.DataFormat;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataPath;
import io.github.jvae.option.Options;

/** CIFAR-10 batches: a folder of them, one, or the archive they come in. */
public final class CifarFormat implements DataFormat {
  @Override
  public String name() {
    return "cifar-10";
  }

  @Override
  public String description() {
    return "CIFAR-10 batches (data_batch_1.bin …)";
  }

  @Override
  public boolean recognizes(DataPath path) {
    return path.isFolder()
        ? CifarReader.findFolder(path.path()).isPresent()
        : isArchive(path) || path.name().endsWith(".bin");
  }

  private static boolean isArchive(DataPath path) {
    return path.name().endsWith(".tar.gz") || path.name().endsWith(".tgz");
  }

  @Override
  public DataParts open(DataPath path, Options options) {
    if (path.isFolder()) {
      return CifarReader.openFolder(CifarReader.findFolder(path.path()).orElseThrow(), path.name());
    }
    return isArchive(path)
        ? CifarReader.openArchive(path.path(), path.name())
        : CifarReader.openFile(path.path(), path.name());
  }
}
