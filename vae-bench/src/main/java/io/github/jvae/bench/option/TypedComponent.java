package io.github.jvae.bench.option;

import io.github.jvae.ComponentConfig;
import io.github.jvae.error.VaeException;
import io.github.jvae.plugin.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What was typed of the component of one kind. */
final class TypedComponent {
  private final Kind<?> kind;
  private final Map<OptionSpec, ComponentFlag> flags = new LinkedHashMap<>();
  private final Map<String, String> options = new TreeMap<>();
  private @Nullable String name;

  TypedComponent(Kind<?> kind, ParseResult parsed) {
    this.kind = kind;
    for (OptionSpec option : parsed.matchedOptions()) {
      if (option.userObject() instanceof ComponentFlag flag && flag.kind() == kind) {
        flags.put(option, flag);
      } else if (option.userObject() instanceof KindFlag flag && flag.kind() == kind) {
        take(flag, option);
      }
    }
  }

  private void take(KindFlag flag, OptionSpec option) {
    if (flag.isOption()) {
      Map<String, String> given = option.getValue();
      options.putAll(given);
    } else {
      name = option.getValue();
    }
  }

  /**
   * Returns a component's configuration with what was typed, which wins. A component that takes the
   * place of another does not inherit its options.
   *
   * @param base the configuration without it; null if it has no component of this kind
   * @return null if neither has one
   * @throws io.github.jvae.error.VaeException if a value is none of its option's type
   */
  @Nullable
  ComponentConfig over(@Nullable ComponentConfig base) {
    String type = name == null ? implied(base == null ? null : base.type()) : name;
    if (type == null && flags.isEmpty() && options.isEmpty()) {
      return null;
    }
    if (type == null) {
      throw new VaeException("options of the " + kind + " are given, but not which one is meant;"
          + " name it with " + KindFlag.name(kind));
    }
    ComponentConfig config =
        base != null && type.equals(base.type()) ? base : ComponentConfig.of(type);
    for (Map.Entry<OptionSpec, ComponentFlag> given : flags.entrySet()) {
      String text = given.getKey().getValue();
      ComponentFlag flag = given.getValue();
      config = config.with(flag.option(), flag.value(given.getKey().names()[0], type, text));
    }
    for (Map.Entry<String, String> given : options.entrySet()) {
      config = config.with(given.getKey(), TypedText.looksLike(given.getValue()));
    }
    return config;
  }

  /**
   * Returns the component that is meant where none is named: the one that has the options given, if
   * only the kind of images would have chosen another.
   */
  private @Nullable String implied(@Nullable String base) {
    if (base != null && !ModelOptions.chosenByImages(kind).contains(base)) {
      return base;
    }
    for (ComponentFlag flag : flags.values()) {
      if (base == null || !flag.byComponent().containsKey(base)) {
        Set<String> candidates = flag.meant();
        List<String> complete = candidates.stream().filter(each -> hasAll(each)).toList();
        List<String> fitting = complete.isEmpty() ? List.copyOf(candidates) : complete;
        return fitting.size() == 1 ? fitting.get(0) : base;
      }
    }
    return base;
  }

  private boolean hasAll(String component) {
    return flags.values().stream().allMatch(flag -> flag.byComponent().containsKey(component));
  }
}
