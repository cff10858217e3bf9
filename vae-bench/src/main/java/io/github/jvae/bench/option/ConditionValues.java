package io.github.jvae.bench.option;

import io.github.jvae.Vae;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a model is told of the images that it is to make. */
public final class ConditionValues {
  @Option(
      names = {"--given", "--condition"},
      paramLabel = "NAME=VALUE[,NAME=VALUE]",
      description = "What a model that was trained with --condition is told, such as"
          + " label=3,colour=red: a class by its name or its number from 0, all for all classes in"
          + " turn, or a measured number; several numbers with commas between. May be given several"
          + " times.")
  private List<String> given = List.of();

  /**
   * Returns the conditions of some images, [count, ...] each.
   *
   * @throws ConfigurationException if one is given that the model is not told, or is no value of it
   */
  public Map<String, HostTensor> of(Vae vae, int count) {
    Map<String, String> words = new LinkedHashMap<>();
    given.forEach(list -> split(list, words));
    return vae.conditions(words, count);
  }

  /** Returns whether anything is given. */
  public boolean isGiven() {
    return !given.isEmpty();
  }

  /** What has no name is the rest of a value with commas. */
  private static void split(String list, Map<String, String> words) {
    String last = null;
    for (String part : list.split(",", -1)) {
      int equal = part.indexOf('=');
      if (equal > 0) {
        last = part.substring(0, equal).strip();
        words.put(last, part.substring(equal + 1).strip());
      } else if (last == null) {
        throw new ConfigurationException(
            "--given must be NAME=VALUE, such as label=3, not " + Quote.of(list));
      } else {
        words.merge(last, part, (before, more) -> before + "," + more);
      }
    }
  }
}
