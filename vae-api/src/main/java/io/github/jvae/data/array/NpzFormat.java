package io.github.jvae.data.array;

import io.github.jvae.data.DataFormat;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataPath;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import java.util.List;

/** NumPy arrays by name in an archive, stored or compressed. */
public final class NpzFormat implements DataFormat {
  @Override
  public String name() {
    return "npz";
  }

  @Override
  public String description() {
    return "NumPy arrays in an archive (.npz)";
  }

  @Override
  public List<OptionDescription<?>> options() {
    return ArrayOptions.ofNamed();
  }

  @Override
  public boolean recognizes(DataPath path) {
    return !path.isCompressed()
        && path.hasSignature(0, "PK\u0003\u0004")
        && (path.ending().equals(".npz") || NpzArchive.isOne(path.path()));
  }

  @Override
  public DataParts open(DataPath path, Options options) {
    return ArrayDataSet.of(path, NpzArchive.arrays(path.path()), ArrayOptions.of(options), false);
  }
}
