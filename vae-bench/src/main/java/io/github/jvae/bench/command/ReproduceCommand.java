package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.reproduce.Arguments;
import io.github.jvae.bench.reproduce.Recipe;
import io.github.jvae.bench.reproduce.Recipes;
import io.github.jvae.bench.reproduce.Reproduction;
import io.github.jvae.bench.reproduce.ResultsTable;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae reproduce}. */
@Command(
    name = "reproduce",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Comes to published figures again: trains as a recipe says, evaluates, and tells whether the"
          + " figure is met. What runs are 'vae train' and 'vae evaluate', with the options that"
          + " are told.",
      "",
      "Ctrl-C ends training after the step under way and saves it; the same command goes on from"
          + " there. Nothing is downloaded.",
      ""
    })
public final class ReproduceCommand implements Callable<Integer> {
  private static final String ROW = "%-18s %-16s %-16s %s";
  private static final List<String> ENGINE =
      List.of("--backend", "--threads", "--device", "--precision");

  private final Program program;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Recipes by name, see --list, or files of your own that end in .json.")
  private List<String> names = List.of();

  @Option(names = "--list", description = "List the recipes that come with this program.")
  private boolean list;

  @Option(names = "--all", description = "Run all of them, one after another.")
  private boolean all;

  @Option(
      names = "--quick",
      description = "Train only the first steps, on a part of the data, and compare the loss with"
          + " the recipe's early curve: a check of learning itself. Nothing is kept.")
  private boolean quick;

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description = "With --quick: in place of comparing, write the recipes to DIR with what was"
          + " found as their early curves.")
  private @Nullable Path record;

  @Option(
      names = "--report",
      arity = "1..*",
      paramLabel = "FOLDER",
      description = "Print the results in these folders as a table in Markdown.")
  private List<Path> report = List.of();

  @Option(
      names = "--into",
      paramLabel = "FILE",
      description = "With --report: put the table into this page, between its marks.")
  private @Nullable Path page;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where each recipe gets a folder of its name, with the training in model and"
          + " result.json. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("reproduced");

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "A folder that holds the data sets.")
  private @Nullable Path dataFolder;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "Where the data of the recipe are, if they have no published name. Default:"
          + " what the recipe calls them, in --data-dir.")
  private @Nullable Path dataPath;

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  /** @param program whose other commands are run */
  public ReproduceCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    requireOneWay();
    Console console = output.console();
    if (list) {
      return list(console);
    }
    if (!report.isEmpty()) {
      return report(console);
    }
    List<Recipe> recipes = all ? Recipes.all() : names.stream().map(Recipes::of).toList();
    engine.builder(output);
    InnerCommands commands = new InnerCommands(program, output);
    recipes.forEach(recipe -> requireOptions(recipe, commands));
    RecipeData data = new RecipeData(dataFolder, dataPath);
    if (recipes.size() > 1 && dataPath != null) {
      throw output.usage("--data goes with one recipe; --data-dir is for several");
    }
    Arguments asked = asked();
    Arguments otherwise = Arguments.none().with("--backend", engine.backend(output));
    return each(
        recipes,
        recipe -> quick
            ? new QuickReproduction(recipe, data, otherwise.with(asked), commands, console)
                .run(record)
            : new FullReproduction(recipe, out, data, asked, otherwise, commands, console).run(),
        console);
  }

  /** Runs one recipe. */
  private interface Runner {
    /** Returns what came of it. */
    Ran run(Recipe recipe);
  }

  /**
   * What came of a recipe.
   *
   * @param code the exit code: 0, 1 if it was a failure, or that of a signal
   * @param json what to tell of it
   */
  record Ran(int code, JsonResult json) {}

  private int each(List<Recipe> recipes, Runner runner, Console console) {
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    int code = 0;
    for (Recipe recipe : recipes) {
      Ran ran = recipes.size() == 1 ? runner.run(recipe) : orFailure(recipe, runner);
      results.add(ran.json().toJson());
      if (ran.code() > 1) {
        code = ran.code();
        break;
      }
      code = Math.max(code, ran.code());
    }
    console.result(new JsonResult().put("results", results));
    return code;
  }

  /** One that fails, such as for want of data, keeps none of the others from running. */
  private Ran orFailure(Recipe recipe, Runner runner) {
    try {
      return runner.run(recipe);
    } catch (VaeException e) {
      String failure = Quote.line(String.valueOf(e.getMessage()));
      output
          .command()
          .commandLine()
          .getErr()
          .println("vae reproduce: " + recipe.name() + ": " + failure);
      return new Ran(1, new JsonResult().put("recipe", recipe.name()).put("failure", failure));
    }
  }

  private void requireOneWay() {
    List<String> ways = new ArrayList<>();
    if (!names.isEmpty()) {
      ways.add("NAME");
    }
    for (String way : List.of("--list", "--all", "--report")) {
      if (output.isGiven(way)) {
        ways.add(way);
      }
    }
    if (ways.isEmpty()) {
      throw output.usage("name a recipe, or give --list, --all or --report");
    }
    if (ways.size() > 1) {
      throw output.usage("give one of " + String.join(" and ", ways));
    }
    requireTogether("--record", "--quick");
    requireTogether("--into", "--report");
    for (String other : List.of("--report", "--list", "--out")) {
      requireApart("--quick", other, "which keeps nothing");
    }
    for (String other : List.of("--out", "--data", "--data-dir")) {
      requireApart("--report", other, "which runs nothing");
      requireApart("--list", other, "which runs nothing");
    }
  }

  private void requireTogether(String option, String with) {
    if (output.isGiven(option) && !output.isGiven(with)) {
      throw output.usage(option + " goes with " + with);
    }
  }

  private void requireApart(String option, String other, String why) {
    if (output.isGiven(option) && output.isGiven(other)) {
      throw output.usage(other + " does not go with " + option + ", " + why + "; leave it out");
    }
  }

  /** All that is wrong with a recipe's options is told before anything runs. */
  private static void requireOptions(Recipe recipe, InnerCommands commands) {
    Arguments train = recipe.quick() == null
        ? recipe.train()
        : recipe.train().with(recipe.quick().train());
    List<String> faults = Stream.concat(
            commands.faults(List.of("train"), each(train)).stream(),
            commands.faults(List.of("evaluate", "model"), each(recipe.evaluate())).stream())
        .toList();
    if (!faults.isEmpty()) {
      throw new ConfigurationException(
          "recipe " + recipe.name() + ": " + String.join("; ", faults));
    }
  }

  private static List<List<String>> each(Arguments arguments) {
    return arguments.options().names().stream().map(arguments::words).toList();
  }

  /** The options of the engine as they were typed. */
  private Arguments asked() {
    Arguments asked = Arguments.none();
    for (String name : ENGINE) {
      if (output.isGiven(name)) {
        asked = asked.with(
            name,
            output
                .command()
                .commandLine()
                .getParseResult()
                .matchedOption(name)
                .originalStringValues()
                .get(0));
      }
    }
    return asked;
  }

  private static int list(Console console) {
    List<Recipe> recipes = Recipes.all();
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    console.say(ROW, "recipe", "data", "figure", "source");
    for (Recipe recipe : recipes) {
      console.say(
          ROW,
          recipe.name(),
          recipe.data(),
          recipe.figure().text(),
          recipe.figure().source());
      console.say("  %s", recipe.title());
      console.say("  budget: %s", recipe.budget());
      results.add(new JsonResult()
          .put("recipe", recipe.name())
          .put("title", recipe.title())
          .put("protocol", recipe.protocol())
          .put("data", recipe.data())
          .put("quantity", recipe.figure().quantity().text())
          .put("figure", (Double) recipe.figure().value())
          .put("tolerance", (Double) recipe.figure().tolerance())
          .put("source", recipe.figure().source())
          .put("budget", recipe.budget())
          .put("notes", notes(recipe))
          .toJson());
    }
    console.result(new JsonResult().put("recipes", results));
    return 0;
  }

  private static ArrayNode notes(Recipe recipe) {
    ArrayNode notes = JsonNodeFactory.instance.arrayNode();
    recipe.notes().forEach(notes::add);
    return notes;
  }

  private int report(Console console) {
    List<Reproduction> results = ResultsTable.find(report);
    List<String> table = ResultsTable.markdown(results);
    table.forEach(line -> console.say(line));
    if (page != null) {
      ResultsTable.put(page, table);
    }
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    results.forEach(result -> json.add(FullReproduction.json(result).toJson()));
    console.result(new JsonResult().put("results", json));
    return 0;
  }
}
