package io.github.jvae.bench.option;

import io.github.jvae.error.VaeException;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionValue;
import io.github.jvae.plugin.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A flag for the option of one name that components of one kind have.
 *
 * @param kind the kind
 * @param option the name in configurations
 * @param byComponent how each component that has it describes it
 */
record ComponentFlag(
    Kind<?> kind, String option, SortedMap<String, OptionDescription<?>> byComponent) {

  /** Returns the flag that is always there, such as {@code --likelihood.initial-sigma}. */
  String longName() {
    return KindFlag.name(kind) + "." + option.replace('_', '-');
  }

  /** Returns the short flags that components ask for. */
  Set<String> shortNames() {
    return byComponent.values().stream()
        .flatMap(description -> description.flag().stream())
        .map(flag -> "--" + flag)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Returns the option for picocli, which takes it as text.
   *
   * @param free whether a short flag is no other option's
   */
  OptionSpec spec(Set<String> free) {
    List<String> names = new ArrayList<>(shortNames());
    names.retainAll(free);
    names.add(longName());
    return new DescribedFlag(byComponent)
        .spec(names)
        .type(String.class)
        .converters(text -> checked(names.get(0), text))
        .userObject(this)
        .build();
  }

  /** Returns the components that the flag speaks of: those that asked for a short one, else all. */
  Set<String> meant() {
    Set<String> asking = byComponent.entrySet().stream()
        .filter(entry -> entry.getValue().flag().isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
    return asking.isEmpty() ? byComponent.keySet() : asking;
  }

  /**
   * Returns the value that a text stands for.
   *
   * @param flag as messages call it
   * @param component whose option it is; where that has none, what the text looks like
   * @throws VaeException if the component does not take it
   */
  OptionValue value(String flag, String component, String text) {
    OptionDescription<?> description = byComponent.get(component);
    return description == null
        ? TypedText.looksLike(text)
        : TypedText.read(flag, description.type(), text);
  }

  /** Returns a text that some component takes; which one it is for is not known yet. */
  private String checked(String flag, String text) {
    return new DescribedFlag(byComponent)
        .accepted(
            (component, description) -> {
              value(flag, component, text);
              return text;
            },
            meant());
  }
}
