package io.github.jvae.bench.option;

import io.github.jvae.Vae;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.plugin.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Gives a command the flags of components, those of plugins too: one to name the component of each
 * kind, and one for each option that a component describes. {@link ModelOptions} makes a
 * configuration of what was given.
 */
public final class ComponentFlags {
  private ComponentFlags() {}

  /**
   * Gives the flags to the commands that make a model, if they are called or told of: to make the
   * catalogue takes a quarter of a second, which other commands need not wait for.
   */
  public static void addTo(CommandLine program, CalledCommands called) {
    called.of(program).filter(ComponentFlags::makesModel).forEach(ComponentFlags::addTo);
  }

  private static boolean makesModel(CommandSpec command) {
    return command.argGroups().stream()
        .anyMatch(
            group -> group.typeInfo() != null && group.typeInfo().getType() == ModelOptions.class);
  }

  private static void addTo(CommandSpec command) {
    try {
      ArgGroupSpec.Builder group = ArgGroupSpec.builder()
          .validate(false)
          .order(1)
          .heading("%nThe components of the model (an option chooses the component that has it,"
              + " unless another is named):%n");
      List<ComponentFlag> flags = flags(Vae.catalogue());
      Set<String> free = free(command, flags);
      for (Kind<?> kind : Kind.all()) {
        group.addArg(KindFlag.naming(kind, byDefault(kind)));
        flags.stream()
            .filter(flag -> flag.kind() == kind)
            .forEach(flag -> group.addArg(flag.spec(free)));
        group.addArg(KindFlag.options(kind));
      }
      command.addArgGroup(group.build());
    } catch (VaeException e) {
      // A plugin does not load: whoever runs this command is told when it asks for components.
      command.parser().unmatchedArgumentsAllowed(true);
    }
  }

  private static String byDefault(Kind<?> kind) {
    List<String> names = List.copyOf(ModelOptions.chosenByImages(kind));
    return switch (names.size()) {
      case 0 -> "none";
      case 1 -> names.get(0);
      default ->
        names.get(0) + " for colour images and " + names.get(1) + " for gray ones"
            + (names.size() > 2 ? ", " + names.get(2) + " for tables" : "");
    };
  }

  private static List<ComponentFlag> flags(Catalogue catalogue) {
    List<ComponentFlag> flags = new ArrayList<>();
    for (Kind<?> kind : Kind.all()) {
      Map<String, SortedMap<String, OptionDescription<?>>> options = new LinkedHashMap<>();
      catalogue.origins(kind).keySet().stream()
          .filter(component -> catalogue.isUnambiguous(kind, component))
          .forEach(component -> catalogue
              .options(kind, component)
              .forEach(option -> options
                  .computeIfAbsent(option.name(), name -> new TreeMap<>())
                  .put(component, option)));
      options.forEach(
          (option, byComponent) -> flags.add(new ComponentFlag(kind, option, byComponent)));
    }
    return flags;
  }

  /** Returns the short flags that only one of them asks for, and that the command does not have. */
  private static Set<String> free(CommandSpec command, List<ComponentFlag> flags) {
    Set<String> free = new TreeSet<>();
    Set<String> taken = new HashSet<>(command.optionsMap().keySet());
    Kind.all().forEach(kind -> taken.add(KindFlag.name(kind)));
    for (ComponentFlag flag : flags) {
      for (String name : flag.shortNames()) {
        if (taken.contains(name) || !free.add(name)) {
          taken.add(name);
          free.remove(name);
        }
      }
    }
    return free;
  }
}
