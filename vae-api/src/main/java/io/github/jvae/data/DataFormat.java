package io.github.jvae.data;

import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import java.util.List;

/**
 * A kind of file or folder that data sets are read from, told by its content. Those of plugins are
 * found by {@link java.util.ServiceLoader}, and asked before those of jvae.
 */
public interface DataFormat {
  /** Returns what users call it, such as {@code idx}; no two formats have one name. */
  String name();

  /** Returns what a path may lead to, in words that a list of formats is made of. */
  String description();

  /** Returns what may be said of how a path is read; nothing unless a format says otherwise. */
  default List<OptionDescription<?>> options() {
    return List.of();
  }

  /**
   * Returns whether a path leads to data of this format, by as little reading as will do.
   *
   * @param path which exists
   */
  boolean recognizes(DataPath path);

  /**
   * Reads what a path leads to. The result may say by {@link DataParts#reading} how others are read
   * alike, which must name no path; what does not is taken to be read alike by the same options.
   *
   * @param path which {@link #recognizes} accepts
   * @param options all of {@link #options}, checked, with defaults where nothing else was said
   * @throws io.github.jvae.error.VaeException if its files are not in order; the message names the
   *     file, the fault and the cure
   */
  DataParts open(DataPath path, Options options);
}
