package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.bench.command.ReproduceCommand.Ran;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.reproduce.Arguments;
import io.github.jvae.bench.reproduce.Circumstances;
import io.github.jvae.bench.reproduce.Finding;
import io.github.jvae.bench.reproduce.Recipe;
import io.github.jvae.bench.reproduce.Reproduction;
import io.github.jvae.bench.reproduce.ReproductionFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs a recipe to its result, from where it was stopped. */
final class FullReproduction {
  private static final String OUT = "--out";
  private static final String PRECISION = "--precision";

  private final Recipe recipe;
  private final Path out;
  private final ReproductionFolder folder;
  private final RecipeData data;
  private final Arguments asked;
  private final Arguments otherwise;
  private final InnerCommands commands;
  private final Console console;

  /**
   * @param out where the recipe gets a folder of its name
   * @param asked the options of the engine that are asked for
   * @param otherwise those of a run that begins, where they are not
   */
  FullReproduction(
      Recipe recipe,
      Path out,
      RecipeData data,
      Arguments asked,
      Arguments otherwise,
      InnerCommands commands,
      Console console) {
    this.recipe = recipe;
    this.out = out;
    this.folder = new ReproductionFolder(out.resolve(recipe.name()));
    this.data = data;
    this.asked = asked;
    this.otherwise = otherwise;
    this.commands = commands;
    this.console = console;
  }

  Ran run() {
    Reproduction before = folder.resultOf(recipe);
    String source = before == null ? data.source(recipe) : "";
    boolean isNew = !Files.exists(out);
    Arguments engine = folder.begin(recipe, asked, otherwise);
    if (before != null) {
      console.say("%s: done before, see %s", recipe.name(), folder.result());
      return told(before);
    }
    introduce();
    try {
      return ShortInterrupts.during(() -> run(source, engine), this::stopped);
    } catch (RuntimeException e) {
      folder.forgetUnlessBegun(isNew);
      throw e;
    }
  }

  private Ran run(String source, Arguments engine) {
    int code = train(source, engine);
    if (code != 0) {
      stopped();
      return new Ran(
          code, new JsonResult().put("recipe", recipe.name()).put("stopped", "while training"));
    }
    Reproduction result = evaluate(source, engine);
    result.write(folder.result());
    return told(result);
  }

  private void introduce() {
    console.say("%s: %s", recipe.name(), recipe.title());
    console.say(
        "wanted: %s within %s, %s",
        recipe.figure().text(), recipe.figure().tolerance(), recipe.figure().source());
    console.say("protocol: %s", recipe.protocol());
    console.say("budget: %s", recipe.budget());
    recipe.notes().forEach(note -> console.say("to know: %s", note));
  }

  private void stopped() {
    console.say(
        "%s: stopped; what there is of it is in %s, and the same command goes on",
        recipe.name(), folder.path());
  }

  private int train(String source, Arguments engine) {
    if (folder.isTrained(recipe)) {
      return 0;
    }
    if (folder.isBegun()) {
      List<String> resume =
          new ArrayList<>(List.of("train", "--resume", folder.model().toString()));
      resume.addAll(place(source).with(engine).without(PRECISION).words());
      return run(resume);
    }
    List<String> begin = training(source, engine);
    // What a killed process left without a model is of this recipe, and of no use.
    if (Files.exists(folder.model())) {
      begin = Stream.concat(begin.stream(), Stream.of("--overwrite")).toList();
    }
    return run(begin);
  }

  private int run(List<String> words) {
    console.say("vae %s", Arguments.line(words));
    return commands.run(words);
  }

  private List<String> training(String source, Arguments engine) {
    return recipe.training(
        source, data.options().with(engine).with(OUT, folder.model().toString()));
  }

  /** Where the data are, for a training that goes on. */
  private Arguments place(String source) {
    return Arguments.none().with("--data", source).with(data.options());
  }

  private Reproduction evaluate(String source, Arguments engine) {
    List<String> words =
        recipe.evaluation(folder.model().toString(), source, data.options().with(engine));
    console.say("vae %s", Arguments.line(words));
    long start = System.nanoTime();
    JsonNode evaluation = commands.result(words);
    double seconds = (System.nanoTime() - start) * 1e-9;
    return new Reproduction(
        recipe.name(),
        recipe.title(),
        recipe.data(),
        recipe.figure(),
        Finding.of(recipe.figure().quantity(), evaluation),
        Circumstances.of(
            folder.model(),
            seconds,
            Stream.of(training(source, engine), words)
                .map(each -> "vae " + Arguments.line(each))
                .toList()));
  }

  private Ran told(Reproduction result) {
    Finding found = result.finding();
    String unit = result.figure().quantity().unit();
    console.say(
        "%s: found %s %.3f %s, standard error %s; published %.2f: %s",
        recipe.name(),
        result.figure().quantity().text(),
        found.value(),
        unit,
        error(found.standardError()),
        result.figure().value(),
        result.verdict().words(result.figure(), found.value()));
    console.say("%s", folder.result());
    return new Ran(0, json(result));
  }

  private static String error(double standardError) {
    return String.format(Locale.ROOT, "%.3f", standardError);
  }

  /** Returns what a result's file holds. */
  static JsonResult json(Reproduction result) {
    JsonResult json = new JsonResult();
    result.toOptions().values().forEach(json::put);
    return json;
  }
}
