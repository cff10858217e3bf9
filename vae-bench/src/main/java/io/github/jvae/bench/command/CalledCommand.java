package io.github.jvae.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.error.VaeException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Another command of this program, with all its options, that a command calls in turn. */
final class CalledCommand {
  /** What says where data and engine are, and is told to whatever command works with a model. */
  private static final List<String> SHARED =
      List.of("--data", "--data-dir", "--offline", "--limit", "--backend", "--threads", "--device");

  /** What changes no number of a training, or none that it ought to. */
  private static final Set<String> FREE =
      Set.of("--data-dir", "--offline", "--threads", "--device", "--stacktrace");

  private final CommandLine command;
  private final OutputOptions output;

  /** @param output of the command that calls it */
  CalledCommand(String name, OutputOptions output) {
    this.command = Objects.requireNonNull(
        output.command().root().commandLine().getSubcommands().get(name), name);
    this.output = output;
  }

  /**
   * Reads its options and runs nothing.
   *
   * @throws CommandLine.ParameterException if it has no such
   */
  void parse(List<String> words) {
    command.parseArgs(words.toArray(String[]::new));
  }

  /** Returns the options that were read, with their values. */
  Map<String, List<String>> given() {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (OptionSpec option : command.getParseResult().matchedOptions()) {
      given.put(option.longestName(), option.originalStringValues());
    }
    return given;
  }

  /** Returns the options that were read, without those that change no number. */
  Map<String, List<String>> identity() {
    Map<String, List<String>> identity = given();
    identity.keySet().removeAll(FREE);
    return identity;
  }

  /** Returns the words for data and engine, as they were read. */
  List<String> shared() {
    List<String> words = new ArrayList<>();
    given().forEach((name, values) -> {
      if (SHARED.contains(name)) {
        if (values.isEmpty()) {
          words.add(name);
        }
        values.forEach(value -> words.add(name.equals("--offline") ? name : name + "=" + value));
      }
    });
    return words;
  }

  /** Runs it, and returns its exit code; with what it says where the caller says things. */
  int run(List<String> words) {
    List<String> all = new ArrayList<>(words);
    if (output.isGiven("--quiet")) {
      all.add("--quiet");
    }
    CommandLine caller = output.command().commandLine();
    // The caller's standard output may be JSON, of which there is to be one line.
    command.setOut(output.isGiven("--json") ? caller.getErr() : caller.getOut());
    return call(all);
  }

  /**
   * Runs it for its result.
   *
   * @throws VaeException as it does
   */
  JsonNode json(List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--json", "--quiet"));
    StringWriter told = new StringWriter();
    PrintWriter before = command.getOut();
    command.setOut(new PrintWriter(told, true));
    try {
      call(all);
      return new JsonMapper().readTree(told.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was just written", e);
    } finally {
      command.setOut(before);
    }
  }

  private int call(List<String> words) {
    parse(words);
    try {
      return (Integer) ((Callable<?>) command.getCommandSpec().userObject()).call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a command throws no checked exception", e);
    }
  }
}
