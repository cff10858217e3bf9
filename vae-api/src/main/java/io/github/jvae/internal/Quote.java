package io.github.jvae.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody else wrote (a user, a file, a library), as a message repeats it: cut to a length
 * that one line can bear, and with every character visible, so that it can neither break the line
 * nor command a terminal.
 */
public final class Quote {
  /** The most characters of a value that are repeated. */
  public static final int LONGEST = 80;

  /** Paths may be longer, since all of one is needed to find the file. */
  private static final int LONGEST_PATH = 300;

  private static final int LONGEST_MESSAGE = 400;
  private static final int MOST_LISTED = 20;
  private static final String CUT = "...";
  private static final Pattern BREAKS =
      Pattern.compile("[\\t\\n\\x0B\\f\\r\\x85\\u2028\\u2029]+ *");

  private Quote() {}

  /**
   * Returns a value between quotation marks, such as {@code 'conv'}, cut where it is longer than
   * {@value #LONGEST} characters.
   */
  public static String of(@Nullable Object value) {
    return "'" + bare(value) + "'";
  }

  /** Returns a value without quotation marks, cut where it is longer than {@value #LONGEST}. */
  public static String bare(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() <= LONGEST
        ? visible(text)
        : visible(start(text, LONGEST - CUT.length())) + CUT;
  }

  /**
   * Returns a path, cut in its middle where it is longer than any that is in use, because its end
   * tells more than its beginning.
   */
  public static String path(Path path) {
    return path(path.toString());
  }

  /** Returns what is a path or a name, such as that of a data set, as {@link #path(Path)} does. */
  public static String path(String pathOrName) {
    return middle(pathOrName, LONGEST_PATH);
  }

  /** Returns the message of a library, which may quote what it was given. */
  public static String message(@Nullable String message) {
    return middle(String.valueOf(message), LONGEST_MESSAGE);
  }

  /**
   * Returns a text of several values, such as the message of a library, cut in its middle so that
   * its beginning and its end stay.
   *
   * @param longest the most characters that are kept
   */
  public static String middle(String text, int longest) {
    if (text.length() <= longest) {
      return visible(text);
    }
    int half = (longest - CUT.length()) / 2;
    return visible(start(text, half)) + CUT + visible(end(text, half));
  }

  /** Returns the first characters, one fewer where the last would be half of one. */
  private static String start(String text, int length) {
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }

  private static String end(String text, int length) {
    int from = text.length() - length;
    return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
  }

  /**
   * Returns values separated by commas, each as {@link #bare} has it; of many, the first
   * {@value #MOST_LISTED} and how many more there are.
   */
  public static String list(Iterable<?> values) {
    List<String> all = new ArrayList<>();
    values.forEach(value -> all.add(bare(value)));
    String shown = all.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
    return all.size() <= MOST_LISTED
        ? shown
        : shown + " and " + (all.size() - MOST_LISTED) + " more";
  }

  /**
   * Returns a text of any length on one line: line breaks and tabs, such as those in a library's
   * message, are spaces, and all else is as {@link #visible} has it.
   */
  public static String line(String text) {
    return visible(BREAKS.matcher(text.strip()).replaceAll(" "));
  }

  /**
   * Returns a text of any length in which characters that have no look of their own (control and
   * format characters, halves of surrogate pairs) are written as Java writes them, such as
   * {@code \n} and {@code \}{@code u202e}.
   */
  public static String visible(String text) {
    if (text.codePoints().noneMatch(Quote::isInvisible)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> true;
      // U+FFFE, U+FFFF and their kin are no characters, and no XML may hold them.
      default -> (c & 0xfffe) == 0xfffe;
    };
  }

  private static void append(StringBuilder shown, int c) {
    if (!isInvisible(c)) {
      shown.appendCodePoint(c);
      return;
    }
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        Formatter formatter = new Formatter(shown, Locale.ROOT);
        for (char half : Character.toChars(c)) {
          formatter.format("\\u%04x", (int) half);
        }
      }
    }
  }
}
