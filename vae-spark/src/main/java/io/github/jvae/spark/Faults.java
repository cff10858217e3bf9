package io.github.jvae.spark;

import io.github.jvae.error.VaeException;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The sentence in what Spark throws on the driver where a task has failed. */
final class Faults {
  private static final Pattern OWN =
      Pattern.compile("io\\.github\\.jvae\\.error\\.\\w+: ([^\\r\\n]+)");
  private static final Pattern ANY = Pattern.compile("[\\w.$]+(?:Exception|Error): [^\\r\\n]+");

  private Faults() {}

  /**
   * Returns what to throw in place of a failure: with jvae's sentence, if a task has one to tell,
   * else with that of whatever was thrown in a task.
   */
  static VaeException of(Exception failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof VaeException fault) {
        return new VaeException(String.valueOf(fault.getMessage()), failure);
      }
    }
    // Of a barrier stage there is only the text of the first task that failed.
    String text = String.valueOf(failure.getMessage());
    String sentence = first(OWN, 1, text)
        .or(() -> first(ANY, 0, text).map(thrown -> "training failed in a task: " + thrown))
        .orElse("training failed in Spark: " + text.lines().findFirst().orElse(""));
    return new VaeException(sentence, failure);
  }

  private static Optional<String> first(Pattern pattern, int group, String text) {
    List<String> found = pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(group))
        .toList();
    return found.stream()
        .filter(sentence -> !sentence.contains(Link.LOST))
        .findFirst()
        .or(() -> found.stream().findFirst());
  }
}
