package io.github.jvae.data.table;

import java.util.List;
import java.util.Optional;

/** Guesses what stands between the fields of a line. */
final class Separators {
  /** In the order of how rarely they stand for something else, such as a decimal comma. */
  private static final List<Character> USUAL = List.of('\t', ';', '|', ',');

  private static final int MOST_LINES = 20;

  private Separators() {}

  /**
   * Returns the first sign that every line has as often as the others.
   *
   * @param text the beginning of a file
   * @param whole whether the text ends with the end of a line
   * @return nothing if there is none
   */
  static Optional<Character> consistent(String text, boolean whole) {
    List<String> lines = lines(text, whole);
    return USUAL.stream()
        .filter(sign -> {
          List<Long> counts =
              lines.stream().map(line -> count(line, sign)).distinct().toList();
          return counts.size() == 1 && counts.get(0) > 0;
        })
        .findFirst();
  }

  /** Returns the likeliest sign of a table. */
  static char likeliest(String text, boolean whole) {
    return consistent(text, whole).orElseGet(() -> {
      List<String> lines = lines(text, whole);
      char best = ',';
      long most = 0;
      for (char sign : USUAL) {
        long least = lines.stream().mapToLong(line -> count(line, sign)).min().orElse(0);
        if (least > most) {
          best = sign;
          most = least;
        }
      }
      return best;
    });
  }

  /** Returns how many lines there are to judge by. */
  static int count(String text, boolean whole) {
    return lines(text, whole).size();
  }

  private static List<String> lines(String text, boolean whole) {
    List<String> lines =
        text.lines().filter(line -> !line.isBlank()).limit(MOST_LINES).toList();
    // The last one may be cut.
    boolean cut = !whole && lines.size() > 1 && lines.size() < MOST_LINES;
    return cut ? lines.subList(0, lines.size() - 1) : lines;
  }

  /** Returns how often a sign stands in a line outside of quotes. */
  private static long count(String line, char sign) {
    long count = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      count += c == sign && !quoted ? 1 : 0;
    }
    return count;
  }
}
