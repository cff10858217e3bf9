package io.github.jvae.bench.option;

import io.github.jvae.data.DataFormat;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives commands that read data the flags of how a path is read: one for each option that a format
 * of data describes, those of plugins too. {@link DataOptions} takes what they are given.
 */
public final class ReadingFlags {
  private ReadingFlags() {}

  /** Gives the flags to the commands that read data, if they are called or told of. */
  public static void addTo(CommandLine program, CalledCommands called) {
    called.of(program).forEach(command -> {
      OptionSpec folder = command.findOption(DataOptions.FOLDER);
      // A command that hands the flag to others reads no data itself.
      if (folder != null && owner(folder) instanceof DataOptions owner) {
        addTo(command, owner);
      }
    });
  }

  private static Object owner(OptionSpec option) {
    try {
      Object owner = option.scope().get();
      return Objects.requireNonNull(owner);
    } catch (Exception e) {
      throw new IllegalStateException("picocli does not tell whose " + option + " is", e);
    }
  }

  private static void addTo(CommandSpec command, DataOptions owner) {
    Map<String, SortedMap<String, OptionDescription<?>>> options = new LinkedHashMap<>();
    try {
      for (DataFormat format : DataSource.standard().formats()) {
        for (OptionDescription<?> option : format.options()) {
          options
              .computeIfAbsent(option.name(), name -> new TreeMap<>())
              .put(format.name(), option);
        }
      }
    } catch (VaeException e) {
      // A plugin does not load: whoever runs this command is told when it asks for data.
      command.parser().unmatchedArgumentsAllowed(true);
    }
    ArgGroupSpec.Builder group = ArgGroupSpec.builder()
        .validate(false)
        .order(2)
        .heading("%nHow the data of a path are read (each names the formats that it goes with):%n");
    options.forEach((option, byFormat) ->
        group.addArg(flag(command, owner, option, new DescribedFlag(byFormat))));
    if (!options.isEmpty()) {
      command.addArgGroup(group.build());
    }
  }

  private static OptionSpec flag(
      CommandSpec command, DataOptions owner, String option, DescribedFlag described) {
    String word = option.replace('_', '-');
    String name = command.findOption("--" + word) == null ? "--" + word : "--data." + word;
    ISetter setter = new ISetter() {
      @Override
      @SuppressWarnings("TypeParameterUnusedInFormals") // picocli's own.
      public <T> T set(T value) {
        owner.read(option, (OptionValue) value);
        return value;
      }
    };
    return described
        .spec(List.of(name))
        .type(OptionValue.class)
        .converters(text -> described.accepted(
            (format, description) -> TypedText.read(name, description.type(), text), List.of()))
        .setter(setter)
        .build();
  }
}
