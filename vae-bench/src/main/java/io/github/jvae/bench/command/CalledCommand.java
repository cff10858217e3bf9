package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.error.VaeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private final String name;
  private final CommandLine reader;
  private final InnerCommands commands;

  /** @param output of the command that calls it */
  CalledCommand(Program program, String name, OutputOptions output) {
    this.name = name;
    this.reader = program.commandLine(name);
    // What cannot be read is told where the caller tells of faults.
    reader.setErr(output.command().commandLine().getErr());
    this.commands = new InnerCommands(program, output);
  }

  /**
   * Reads its options and runs nothing.
   *
   * @throws CommandLine.ParameterException if it has no such
   */
  void parse(List<String> words) {
    reader.parseArgs(named(words).toArray(String[]::new));
  }

  /** Returns the options that were read, with their values. */
  Map<String, List<String>> given() {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (OptionSpec option : reader.getParseResult().subcommand().matchedOptions()) {
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

  /** Runs it, and returns its exit code. */
  int run(List<String> words) {
    return commands.run(named(words));
  }

  /**
   * Runs it for its result.
   *
   * @throws VaeException as it does
   */
  JsonNode result(List<String> words) {
    return commands.result(named(words));
  }

  private List<String> named(List<String> words) {
    List<String> all = new ArrayList<>(List.of(name));
    all.addAll(words);
    return all;
  }
}
