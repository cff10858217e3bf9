package io.github.jvae.bench.console;

import io.github.jvae.data.source.DownloadListener;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows downloads: a bar for each file where a person watches, else a line for each. */
public final class DownloadLines implements DownloadListener, AutoCloseable {
  private static final double MEGABYTE = 1e6;

  private final Console console;
  private @Nullable URI current;
  private Bar bar = Bar.none();

  /** @param console where to say it */
  public DownloadLines(Console console) {
    this.console = console;
  }

  @Override
  public void progress(URI source, long bytes, long total) {
    if (!source.equals(current)) {
      bar.close();
      current = source;
      console.say(
          "downloading %s%s",
          source, total < 0 ? "" : String.format(Locale.ROOT, " (%.1f MB)", total / MEGABYTE));
      bar = console.bar("download", Math.max(0, total));
    }
    bar.to(bytes);
  }

  @Override
  public void failed(URI source, String reason) {
    bar.close();
    bar = Bar.none();
    current = null;
    console.say("%s failed: %s", source, reason);
  }

  @Override
  public void close() {
    bar.close();
  }
}
