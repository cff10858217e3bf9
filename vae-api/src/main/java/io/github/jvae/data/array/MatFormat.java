package io.github.jvae.data.array;

import io.github.jvae.data.DataFormat;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataPath;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import java.util.List;

/**
 * MATLAB files of versions 5 to 7, of which the numeric arrays are read, and folders of nothing
 * else, whose names say which part of a data set each is.
 */
public final class MatFormat implements DataFormat {
  private static final String ENDING = ".mat";

  @Override
  public String name() {
    return "mat";
  }

  @Override
  public String description() {
    return "a MATLAB file (.mat, up to -v7)";
  }

  @Override
  public List<OptionDescription<?>> options() {
    return ArrayOptions.ofNamed();
  }

  @Override
  public boolean recognizes(DataPath path) {
    return path.isFolder()
        ? ArrayFolder.isOne(path.path(), ENDING)
        : !path.isCompressed() && path.hasSignature(0, MatReader.SIGNATURE);
  }

  @Override
  public DataParts open(DataPath path, Options options) {
    List<NamedArray> arrays = path.isFolder()
        ? ArrayFolder.arrays(path.path(), ENDING, MatReader::arrays)
        : MatReader.arrays(path.path());
    return ArrayDataSet.of(path, arrays, ArrayOptions.of(options), true);
  }
}
