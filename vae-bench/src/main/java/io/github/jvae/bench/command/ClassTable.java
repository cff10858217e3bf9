package io.github.jvae.bench.command;

import io.github.jvae.bench.console.Console;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Labels;
import io.github.jvae.data.Part;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many examples of each class the parts of a data set have.
 *
 * @param train the part whose conditions they are
 * @param parts all that there are, in order
 */
record ClassTable(Examples train, Map<Part, Examples> parts) {

  static ClassTable of(DataParts data) {
    Map<Part, Examples> parts = new EnumMap<>(Part.class);
    parts.put(Part.TRAIN, data.train());
    data.validation().ifPresent(validation -> parts.put(Part.VALIDATION, validation));
    parts.put(Part.TEST, data.test());
    return new ClassTable(data.train(), parts);
  }

  /** Tells each class of each condition on a line, or that there are none. */
  void tell(Console console) {
    List<Labels> conditions = labels(train);
    if (conditions.isEmpty()) {
      console.say("no classes: no condition of these examples is a class");
    }
    for (Labels condition : conditions) {
      Map<Part, int[]> counts = new EnumMap<>(Part.class);
      parts.forEach((part, examples) -> labels(examples).stream()
          .filter(same -> same.name().equals(condition.name()))
          .forEach(same -> counts.put(part, same.counts())));
      for (int label = 0; label < condition.classes(); label++) {
        int number = label;
        console.say(
            "%s=%s: %s",
            condition.name(),
            condition.className(label),
            counts.entrySet().stream()
                .map(part -> part.getValue()[number] + " " + part.getKey())
                .collect(Collectors.joining(", ")));
      }
    }
  }

  private static List<Labels> labels(Examples examples) {
    return examples.conditions().stream()
        .filter(Labels.class::isInstance)
        .map(condition -> (Labels) condition)
        .toList();
  }
}
