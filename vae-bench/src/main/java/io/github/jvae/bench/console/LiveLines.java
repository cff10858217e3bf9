package io.github.jvae.bench.console;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Some lines of a terminal that are drawn over as they change, by the control sequences of ECMA-48;
 * nothing where nobody watches. They vanish when this is closed.
 */
public final class LiveLines implements AutoCloseable {
  private static final String CLEAR_TO_END = "\u001b[J";
  private static final long REFRESH_NANOS = 200_000_000;

  private final @Nullable PrintWriter target;
  private final int width;
  private int drawn;
  private long drawnAt;

  private LiveLines(@Nullable PrintWriter target, int width) {
    this.target = target;
    this.width = width;
  }

  static LiveLines none() {
    return new LiveLines(null, 0);
  }

  static LiveLines on(PrintWriter target, int width) {
    return new LiveLines(target, width);
  }

  /** Whether they are drawn. */
  public boolean isWatched() {
    return target != null;
  }

  /**
   * Shows other lines; at most five times a second, as whoever measures wants the processor.
   *
   * @param lines asked for only when they are drawn
   */
  public void show(Supplier<List<String>> lines) {
    PrintWriter terminal = target;
    long now = System.nanoTime();
    if (terminal == null || (drawn > 0 && now - drawnAt < REFRESH_NANOS)) {
      return;
    }
    List<String> made = lines.get();
    erase(terminal);
    for (String line : made) {
      String legible = Terminal.legible(line);
      // A line that the terminal breaks would count as one, and lie as two.
      terminal.print(legible.substring(0, Math.min(legible.length(), width - 1)) + "\n");
    }
    terminal.flush();
    drawn = made.size();
    drawnAt = now;
  }

  private void erase(PrintWriter terminal) {
    if (drawn > 0) {
      terminal.print("\u001b[" + drawn + "A\r" + CLEAR_TO_END);
    }
  }

  @Override
  public void close() {
    if (target != null) {
      erase(target);
      target.flush();
      drawn = 0;
    }
  }
}
