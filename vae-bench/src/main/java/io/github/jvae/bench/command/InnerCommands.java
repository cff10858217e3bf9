package io.github.jvae.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Runs commands of this program within another one, as if they were typed: what they say is said,
 * and what they fail of is thrown, so that the outer command tells it.
 */
final class InnerCommands {
  private static final JsonMapper JSON = new JsonMapper();

  private final Program program;
  private final OutputOptions output;
  private @Nullable Exception failure;

  InnerCommands(Program program, OutputOptions output) {
    this.program = program;
    this.output = output;
  }

  /**
   * Runs a command.
   *
   * @return its exit code, 0 or that of a signal
   * @throws VaeException as the command does
   */
  int run(List<String> words) {
    CommandLine outer = output.command().commandLine();
    boolean json = output.isGiven("--json");
    // Of the JSON there is one line, the outer command's.
    PrintWriter out = json ? new PrintWriter(new StringWriter()) : outer.getOut();
    return run(words, json ? List.of("--json") : List.of(), out, outer.getErr());
  }

  /**
   * Runs a command for its result.
   *
   * @return the JSON that {@code --json} makes of it
   * @throws VaeException as the command does
   */
  JsonNode result(List<String> words) {
    CommandLine outer = output.command().commandLine();
    StringWriter result = new StringWriter();
    PrintWriter lines = output.isGiven("--json") ? outer.getErr() : outer.getOut();
    run(words, List.of("--json"), new PrintWriter(result, true), lines);
    try {
      return JSON.readTree(result.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was just written", e);
    }
  }

  private int run(List<String> words, List<String> more, PrintWriter out, PrintWriter err) {
    List<String> all = new ArrayList<>(words);
    all.addAll(more);
    if (output.isGiven("--quiet")) {
      all.add("--quiet");
    }
    String[] arguments = all.toArray(String[]::new);
    CommandLine inner = program.commandLine(arguments);
    inner.setOut(out);
    inner.setErr(err);
    failure = null;
    inner.setParameterExceptionHandler((fault, typed) -> failed(fault));
    inner.setExecutionExceptionHandler((fault, command, parsed) -> failed(fault));
    int code = inner.execute(arguments);
    if (failure != null) {
      throw told(words.get(0), failure);
    }
    return code;
  }

  private int failed(Exception fault) {
    failure = fault;
    return 1;
  }

  private static RuntimeException told(String command, Exception failure) {
    if (failure instanceof ParameterException) {
      return new VaeException(
          "'vae " + command + "' does not take what it is given: " + failure.getMessage(), failure);
    }
    return failure instanceof RuntimeException fault
        ? fault
        : new VaeException(String.valueOf(failure.getMessage()), failure);
  }

  /**
   * Returns what is wrong with the options of a command, of each option by itself; empty if all can
   * be read.
   *
   * @param before words of the command before its options
   * @param options the words of each option
   */
  List<String> faults(List<String> before, List<List<String>> options) {
    CommandLine reader = program.commandLine(before.get(0));
    List<String> faults = new ArrayList<>();
    for (List<String> option : options) {
      List<String> words = new ArrayList<>(before);
      words.addAll(option);
      try {
        reader.parseArgs(words.toArray(String[]::new));
      } catch (ParameterException e) {
        faults.add("'vae " + before.get(0) + "' does not take "
            + Quote.bare(String.join(" ", option)) + " ("
            + Quote.line(String.valueOf(e.getMessage()))
            + ")");
      }
    }
    return faults;
  }
}
