package io.github.jvae.data.source;

import java.net.URI;

/** Hears how a download goes; called in the thread that asked for the data. */
@FunctionalInterface
public interface DownloadListener {
  /** Hears nothing. */
  DownloadListener SILENT = (source, bytes, total) -> {};

  /**
   * Some bytes have come; called several times a second at most, and at the end of each file.
   *
   * @param source where they come from
   * @param bytes how many of the file are here, with those of an earlier, broken attempt
   * @param total how many the file has, or -1 if the server does not say
   */
  void progress(URI source, long bytes, long total);

  /**
   * An attempt has failed, and another one, or another server, follows if there is one.
   *
   * @param source what was tried
   * @param reason why it failed, in a line
   */
  default void failed(URI source, String reason) {}
}
