package io.github.jvae.data.source;

import io.github.jvae.data.DataParts;

/**
 * A data set that is opened by its name: published, generated, or from whatever store its writer
 * knows.
 */
public interface NamedData {
  /** Returns what users call it; no path, and no two data sets have one name. */
  String name();

  /** Returns what it holds, in a few words that follow its name in a list. */
  String description();

  /**
   * Opens its parts.
   *
   * @param source says which folders to look into, and whether downloads are allowed
   * @throws io.github.jvae.error.VaeException if it is not there, or not in order
   */
  DataParts open(DataSource source);
}
