package io.github.jvae.bench.console;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.util.Map;

/** What is known of the place that output goes to. */
public final class Terminal {
  private static final int USUAL_WIDTH = 80;
  private static final int NARROWEST = 40;

  /** Signs that not every character set has, and what stands for them there. */
  private static final Map<String, String> PLAIN =
      Map.of("…", "...", "−", "-", "±", "+/-", "×", "x", "σ", "sigma", "²", "^2");

  private Terminal() {}

  /** Whether a person watches: input and output are a terminal that can redraw a line. */
  @SuppressWarnings("SystemConsoleNull") // Null on Java 17 to 21; newer ones are asked further.
  public static boolean isInteractive() {
    Console console = System.console();
    return console != null && isTerminal(console) && !"dumb".equals(System.getenv("TERM"));
  }

  /** Since Java 22 there can be a console where there is no terminal, and a method that tells. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return true;
    }
  }

  /** Whether colours are welcome, see <a href="https://no-color.org">no-color.org</a>. */
  static boolean hasColours() {
    return System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** How many characters fit a line, as far as is known without asking the terminal. */
  static int width() {
    String columns = System.getenv().getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}")
        ? Math.max(NARROWEST, Integer.parseInt(columns))
        : USUAL_WIDTH;
  }

  /** The character set of the standard streams; Java 17 has no public name for it. */
  public static Charset charset() {
    for (String property : new String[] {"stdout.encoding", "sun.stdout.encoding"}) {
      String name = System.getProperty(property, "");
      if (!name.isEmpty() && Charset.isSupported(name)) {
        return Charset.forName(name);
      }
    }
    return Charset.defaultCharset();
  }

  /** The text with signs that the character set lacks written in letters that it has. */
  static String legible(String text) {
    if (charset().newEncoder().canEncode(text)) {
      return text;
    }
    String plain = text;
    for (Map.Entry<String, String> sign : PLAIN.entrySet()) {
      plain = plain.replace(sign.getKey(), sign.getValue());
    }
    return plain;
  }
}
