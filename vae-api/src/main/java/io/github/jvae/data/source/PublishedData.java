package io.github.jvae.data.source;

import io.github.jvae.data.DataParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A published data set: where its files may lie, and how they are fetched. */
interface PublishedData extends NamedData {
  @Override
  default DataParts open(DataSource source) {
    return source.find(this);
  }

  /**
   * Looks for the files in a folder that a user named or that downloads go to.
   *
   * @return nothing if they are not there
   * @throws io.github.jvae.error.VaeException if they are, but not in order
   */
  Optional<DataParts> find(Path folder);

  /**
   * Fetches the files, where they are not there yet, so that {@link #find} finds them.
   *
   * @throws Downloader.FailedException if no server gave a file
   * @throws IOException if the folder cannot be written
   */
  void fetch(Downloader downloader, Path folder) throws IOException;

  /** Where the files may be put by hand, and what they are called, for people to read. */
  String filesIn(Path folder);

  /** Returns the data sets there are. */
  static List<PublishedData> all() {
    return List.of(NamedIdx.MNIST, NamedIdx.FASHION_MNIST, NamedCifar.CIFAR_10);
  }
}
