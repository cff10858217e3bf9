package io.github.jvae.data.image;

import io.github.jvae.data.DataFormat;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataPath;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import java.util.List;

/** Folders of image files; takes every folder, as one without images is told of best by it. */
public final class ImageFolderFormat implements DataFormat {
  @Override
  public String name() {
    return "images";
  }

  @Override
  public String description() {
    return "a folder of images (" + ImageFormat.titles() + ")";
  }

  @Override
  public List<OptionDescription<?>> options() {
    return Framing.options();
  }

  @Override
  public boolean recognizes(DataPath path) {
    return path.isFolder();
  }

  @Override
  public DataParts open(DataPath path, Options options) {
    return ImageFolder.open(path.path(), path.name(), Framing.of(options));
  }
}
