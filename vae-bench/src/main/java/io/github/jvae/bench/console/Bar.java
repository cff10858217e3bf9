package io.github.jvae.bench.console;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar, or nothing where nobody watches. It vanishes when it is closed. */
public final class Bar implements AutoCloseable {
  private static final int REFRESH_MILLIS = 200;

  private final @Nullable ProgressBar bar;

  private Bar(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  static Bar none() {
    return new Bar(null);
  }

  static Bar on(PrintWriter target, String task, long total) {
    return new Bar(new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .setStyle(style())
        .setConsumer(new Line(target, Terminal.width()))
        .clearDisplayOnFinish()
        .build());
  }

  private static ProgressBarStyle style() {
    Charset charset = Terminal.charset();
    if (!charset.newEncoder().canEncode("█▏│")) {
      return ProgressBarStyle.ASCII;
    }
    return Terminal.hasColours()
        ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK
        : ProgressBarStyle.UNICODE_BLOCK;
  }

  /** Moves the end of the bar. */
  public void to(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** Sets what stands behind the bar. */
  public void note(String text) {
    if (bar != null) {
      bar.setExtraMessage(" " + text);
    }
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /**
   * Draws over one line of the terminal. The library's own way asks the terminal for its width
   * through a package that installs signal handlers, and Ctrl-C is ours.
   */
  private static final class Line implements ProgressBarConsumer {
    private final PrintWriter target;
    private final int width;

    Line(PrintWriter target, int width) {
      this.target = target;
      this.width = width;
    }

    @Override
    public int getMaxRenderedLength() {
      // A line that is full to the last column makes some terminals scroll.
      return width - 1;
    }

    @Override
    public void accept(String text) {
      target.print("\r" + text);
      target.flush();
    }

    @Override
    public void clear() {
      target.print("\r" + " ".repeat(width - 1) + "\r");
      target.flush();
    }

    @Override
    public void close() {
      clear();
    }
  }
}
