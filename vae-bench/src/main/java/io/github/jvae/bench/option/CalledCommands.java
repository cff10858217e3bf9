package io.github.jvae.bench.option;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands that are called or told of. Of others a name and a description will do: to read the
 * flags of all takes longer than most of what a command that only looks something up does.
 *
 * @param arguments of the program
 */
public record CalledCommands(List<String> arguments) {
  /** Tells of the flags of all others. */
  private static final String COMPLETION = "generate-completion";

  public CalledCommands {
    arguments = List.copyOf(arguments);
  }

  /** Returns those with the flags that they declare, of a program that has all. */
  Stream<CommandSpec> of(CommandLine program) {
    return program.getSubcommands().entrySet().stream()
        .filter(command -> isCalled(command.getKey()))
        .map(command -> command.getValue().getCommandSpec());
  }

  /** Gives a program a command: with its flags if it is called. */
  public void add(Class<?> command, CommandLine program) {
    Command declared = command.getAnnotation(Command.class);
    program.addSubcommand(declared.name(), isCalled(declared.name()) ? command : outline(declared));
  }

  private boolean isCalled(String command) {
    return arguments.stream()
        .anyMatch(argument -> argument.equals(command)
            || argument.equals(COMPLETION)
            // A file of arguments, of whatever command.
            || argument.startsWith("@"));
  }

  private static CommandSpec outline(Command declared) {
    CommandSpec outline = CommandSpec.create();
    outline.usageMessage().description(declared.description()).hidden(declared.hidden());
    return outline;
  }
}
