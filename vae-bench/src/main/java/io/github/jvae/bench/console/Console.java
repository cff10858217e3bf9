package io.github.jvae.bench.console;

import io.github.jvae.internal.Quote;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Where a command says what it does. Without {@code --json} all lines go to the standard output;
 * with it, one JSON object goes there and the lines go to the standard error.
 */
public final class Console {
  private final PrintWriter lines;
  private final PrintWriter notes;
  private final PrintWriter results;
  private final boolean json;
  private final boolean quiet;

  /**
   * @param out the standard output
   * @param err the standard error
   * @param json whether the result is wanted as JSON
   * @param quiet whether only the JSON is wanted, and failures
   */
  public Console(PrintWriter out, PrintWriter err, boolean json, boolean quiet) {
    this.lines = json ? err : out;
    this.notes = err;
    this.results = out;
    this.json = json;
    this.quiet = quiet;
  }

  /** Whether the result is wanted as JSON. */
  public boolean isJson() {
    return json;
  }

  /** Says a line. */
  public void say(String line) {
    if (!quiet) {
      lines.println(Terminal.legible(Quote.visible(line)));
      lines.flush();
    }
  }

  /** Says, on the standard error, what is no failure and yet may not be what was wanted. */
  public void note(String sentence) {
    if (!quiet) {
      notes.println(Terminal.legible("note: " + sentence));
      notes.flush();
    }
  }

  /** Says a line that is made as {@link String#format} does, with a point in its numbers. */
  public void say(String format, Object... values) {
    say(String.format(Locale.ROOT, format, values));
  }

  /** Writes the result, if it is wanted as JSON. */
  public void result(JsonResult result) {
    if (json) {
      results.println(result);
      results.flush();
    }
  }

  /** A bar that shows how far a task is; it draws nothing unless a person watches. */
  public Bar bar(String task, long total) {
    return quiet || json || !Terminal.isInteractive() ? Bar.none() : Bar.on(lines, task, total);
  }

  /** Lines that change in place; nothing is drawn unless a person watches. */
  public LiveLines liveLines() {
    return drawsBars() ? LiveLines.on(lines, Terminal.width()) : LiveLines.none();
  }

  /** Whether bars are drawn, which makes lines about progress needless. */
  public boolean drawsBars() {
    return !quiet && !json && Terminal.isInteractive();
  }
}
