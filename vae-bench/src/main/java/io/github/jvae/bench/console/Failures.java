package io.github.jvae.bench.console;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells failures in one line each on the standard error: {@code vae train: what is wrong; how to
 * mend it}. Exit code 1 for a failure, 2 for a fault in what was typed.
 */
public final class Failures
    implements IExecutionStrategy, IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final String STACK_TRACE = "--stacktrace";
  private static final int LONGEST = 4000;

  /** Has this tell what goes wrong in a command line. */
  public void installIn(CommandLine commandLine) {
    commandLine.setExecutionStrategy(this);
    commandLine.setExecutionExceptionHandler(this);
    commandLine.setParameterExceptionHandler(this);
  }

  /** Runs a command; picocli itself would let errors such as those of memory pass. */
  @Override
  public int execute(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      CommandLine command =
          parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
      throw new ExecutionException(command, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    Throwable cause = cause(failure);
    tell(command, message(cause), cause);
    return ExitCode.SOFTWARE;
  }

  /** The failure itself, out of what the libraries it passed through have wrapped it in. */
  private static Throwable cause(Exception failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof VaeException || isExhaustion(t) || t instanceof LinkageError) {
        return t;
      }
    }
    return failure;
  }

  private static boolean isExhaustion(Throwable failure) {
    return failure instanceof OutOfMemoryError || failure instanceof StackOverflowError;
  }

  @Override
  public int handleParseException(ParameterException fault, String[] arguments) {
    CommandLine command = fault.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String help = command.getParent() == null
        ? name + " --help"
        : command.getParent().getCommandSpec().qualifiedName() + " help "
            + command.getCommandName();
    tell(command, cut(reason(fault), arguments) + "; see '" + help + "'", fault);
    return ExitCode.USAGE;
  }

  /** picocli repeats whole what was typed. */
  private static String cut(String reason, String... arguments) {
    String result = reason;
    for (String argument : arguments) {
      for (String typed : new String[] {argument, argument.substring(argument.indexOf('=') + 1)}) {
        if (typed.length() > Quote.LONGEST) {
          result = result.replace(typed, Quote.bare(typed));
        }
      }
    }
    return Quote.middle(Quote.line(result), LONGEST);
  }

  private static String reason(ParameterException fault) {
    String reason = String.valueOf(fault.getMessage());
    if (fault instanceof UnmatchedArgumentException unmatched) {
      String suggestions = String.join(", ", unmatched.getSuggestions());
      return suggestions.isEmpty() ? reason : reason + ", did you mean " + suggestions + "?";
    }
    return reason;
  }

  private static void tell(CommandLine command, String message, Throwable cause) {
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(Terminal.legible(name + ": " + Quote.line(message)));
    ParseResult parsed = command.getParseResult();
    if (parsed != null && parsed.hasMatchedOption(STACK_TRACE)) {
      cause.printStackTrace(err);
    }
    err.flush();
  }

  private static String message(Throwable failure) {
    if (failure instanceof VaeException) {
      return String.valueOf(failure.getMessage());
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory (" + failure.getMessage() + "); give Java more with"
          + " VAE_JAVA_OPTS=-Xmx8g, or choose a smaller --batch-size or --limit";
    }
    if (failure instanceof StackOverflowError) {
      return "the stack is full, by nested input or a very deep network; give Java more with"
          + " VAE_JAVA_OPTS=-Xss16m";
    }
    if (failure instanceof LinkageError) {
      return "a library is missing or does not fit this machine (" + failure
          + "); see 'vae backends'";
    }
    return "internal error: " + failure + "; run it again with --stacktrace and report it";
  }
}
