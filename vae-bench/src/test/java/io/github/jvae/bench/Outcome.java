package io.github.jvae.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * What became of a command that was run in this process.
 *
 * @param code the exit code
 * @param out what it wrote to the standard output
 * @param err what it wrote to the standard error
 */
record Outcome(int code, String out, String err) {
  private static final List<String> TINY_MODEL = List.of(
      "train",
      "--threads",
      "1",
      "--limit",
      "64",
      "--batch-size",
      "16",
      "--hidden",
      "8",
      "--latent",
      "2");

  /** Returns all commands with all their flags, by name: completing tells of them all. */
  static Map<String, CommandLine> commands() {
    return VaeCommand.commandLine("generate-completion").getSubcommands();
  }

  /** Runs {@code vae} with these arguments. */
  static Outcome of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = VaeCommand.commandLine(arguments);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    int code = commandLine.execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }

  /**
   * Trains a model that takes no time: 64 shapes, 8 hidden units, 2 latent, 4 steps an epoch, the
   * prior N(0, I).
   */
  static Outcome ofTraining(String... more) {
    return ofTrainingOn("tensorflow", more);
  }

  /** As {@link #ofTraining}, on some backend. */
  static Outcome ofTrainingOn(String backend, String... more) {
    return of(trainingOn(backend, more));
  }

  /** Returns the command line of such a training. */
  static String[] trainingOn(String backend, String... more) {
    List<String> arguments = new ArrayList<>(TINY_MODEL);
    arguments.addAll(List.of("--backend", backend));
    arguments.addAll(Arrays.asList(more));
    if (arguments.stream().noneMatch(word -> word.matches("--(prior|model|resume).*"))) {
      // To a mixture of posteriors, all of which are alike after so few steps, the KL is 0.
      arguments.addAll(List.of("--prior", "standard-normal"));
    }
    return arguments.toArray(String[]::new);
  }

  /** The last line of the standard output, as JSON. */
  JsonNode json() throws JsonProcessingException {
    List<String> lines = out.lines().toList();
    return new JsonMapper().readTree(lines.get(lines.size() - 1));
  }
}
