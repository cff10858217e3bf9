package io.github.jvae.bench.option;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands whose flags are needed, as making those of all would keep every one waiting. */
final class CalledCommands {
  /** Commands that tell of other commands' flags. */
  private static final Set<String> TELLING = Set.of("help", "generate-completion");

  private CalledCommands() {}

  /**
   * Returns the commands that are called or told of.
   *
   * @param arguments of the program
   */
  static Stream<CommandSpec> of(CommandLine program, String... arguments) {
    List<String> called = List.of(arguments);
    boolean all = called.stream().anyMatch(TELLING::contains);
    return program.getSubcommands().entrySet().stream()
        .filter(command -> all || called.contains(command.getKey()))
        .map(command -> command.getValue().getCommandSpec());
  }
}
