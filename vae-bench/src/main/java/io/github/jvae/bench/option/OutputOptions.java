package io.github.jvae.bench.option;

import io.github.jvae.bench.console.Console;
import io.github.jvae.error.Range;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command takes: help, and how much is said in which form. */
public final class OutputOptions {
  @SuppressWarnings("NullAway.Init") // Set by picocli before anything is parsed.
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it.
  private boolean help;

  @Option(
      names = "--json",
      description = "End with the result as one line of JSON; it is all that goes to standard"
          + " output, everything else goes to standard error.")
  private boolean json;

  @Option(names = "--quiet", description = "Say nothing but failures, and the JSON.")
  private boolean quiet;

  @Option(names = "--stacktrace", description = "Show where in the program a failure came from.")
  @SuppressWarnings(
      "UnusedVariable") // Whoever tells the failure asks picocli whether it was given.
  private boolean stackTrace;

  /** Where the command says what it does. */
  public Console console() {
    CommandLine commandLine = command.commandLine();
    return new Console(commandLine.getOut(), commandLine.getErr(), json, quiet);
  }

  /** The command that these options were given to. */
  public CommandSpec command() {
    return command;
  }

  /** A fault in what was typed, to be thrown: it ends the program with exit code 2. */
  public ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /**
   * Checks the number that an option was given.
   *
   * @throws ParameterException if it is out of range, with the range and the number
   */
  public void require(Range range, String option, double value) {
    if (!range.holds(value)) {
      throw usage(range.fault(option, value));
    }
  }

  /** Whether an option was given, as opposed to left at its default. */
  public boolean isGiven(String name) {
    return command.commandLine().getParseResult().hasMatchedOption(name);
  }
}
