package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.bench.command.ReproduceCommand.Ran;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.reproduce.Arguments;
import io.github.jvae.bench.reproduce.EarlyCurve;
import io.github.jvae.bench.reproduce.Recipe;
import io.github.jvae.bench.reproduce.Recipes;
import io.github.jvae.bench.training.TemporaryFolder;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trains the first steps of a recipe, and compares their losses with its early curve. */
final class QuickReproduction {
  private static final double PERCENT = 100;

  private final Recipe recipe;
  private final RecipeData data;
  private final Arguments engine;
  private final InnerCommands commands;
  private final Console console;

  QuickReproduction(
      Recipe recipe, RecipeData data, Arguments engine, InnerCommands commands, Console console) {
    this.recipe = recipe;
    this.data = data;
    this.engine = engine;
    this.commands = commands;
    this.console = console;
  }

  /**
   * Runs it.
   *
   * @param record the folder for the recipe with what was found as its curve; null to compare
   */
  Ran run(@Nullable Path record) {
    EarlyCurve curve = recipe.quick();
    if (curve == null || (curve.points().isEmpty() && record == null)) {
      throw new VaeException("recipe " + recipe.name() + " has no early curve to compare with; "
          + (curve == null ? "add 'quick' to it" : "record one with --record"));
    }
    String source = data.source(recipe);
    try (TemporaryFolder folder = TemporaryFolder.named("vae-reproduce")) {
      return ShortInterrupts.during(
          () -> run(curve, source, folder.path().resolve("model"), record), folder::close);
    }
  }

  private Ran run(EarlyCurve curve, String source, Path model, @Nullable Path record) {
    long start = System.nanoTime();
    int code = commands.run(recipe.shortTraining(
        curve, source, data.options().with(engine).with("--out", model.toString())));
    if (code != 0) {
      console.say("%s: stopped; nothing is kept of it", recipe.name());
      return new Ran(
          code, new JsonResult().put("recipe", recipe.name()).put("stopped", "while training"));
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    List<EarlyCurve.Point> found =
        EarlyCurve.in(new ModelFolder(model).history().read());
    return record == null ? compare(curve, found, seconds) : write(curve, found, record);
  }

  private Ran compare(EarlyCurve curve, List<EarlyCurve.Point> found, double seconds) {
    List<EarlyCurve.Comparison> compared = curve.compare(found);
    console.say("%8s  %12s  %12s  %9s", "step", "recorded", "found", "apart");
    ArrayNode points = JsonNodeFactory.instance.arrayNode();
    boolean agrees = true;
    double most = 0;
    for (EarlyCurve.Comparison each : compared) {
      boolean near = each.share() <= curve.tolerance();
      agrees &= near;
      most = Math.max(most, each.share());
      console.say(
          "%8d  %12.4f  %12.4f  %7.4f %%%s",
          each.point().step(),
          each.point().loss(),
          each.found(),
          PERCENT * each.share(),
          near ? "" : "  too far");
      points.add(new JsonResult()
          .put("step", each.point().step())
          .put("recorded", (Double) each.point().loss())
          .put("found", (Double) each.found())
          .toJson());
    }
    console.say(
        "%s: %s the early curve, %.4f %% apart at most, of %.1f %% allowed; %.0f s",
        recipe.name(),
        agrees ? "learns along" : "LEAVES",
        PERCENT * most,
        PERCENT * curve.tolerance(),
        seconds);
    return new Ran(
        agrees ? 0 : 1,
        new JsonResult()
            .put("recipe", recipe.name())
            .put("agrees", BooleanNode.valueOf(agrees))
            .put("apart", (Double) most)
            .put("tolerance", (Double) curve.tolerance())
            .put("seconds", (Double) seconds)
            .put("points", points));
  }

  private Ran write(EarlyCurve curve, List<EarlyCurve.Point> found, Path into) {
    if (found.isEmpty()) {
      throw new VaeException("the short training of " + recipe.name()
          + " has fewer steps than its --history-steps; choose fewer");
    }
    Path file = into.resolve(recipe.name() + Recipes.ENDING);
    JsonFile.write(file, recipe.withCurve(curve.with(found)));
    console.say("%s: %d points recorded in %s", recipe.name(), found.size(), Quote.path(file));
    return new Ran(
        0,
        new JsonResult()
            .put("recipe", recipe.name())
            .put("recorded", found.size())
            .put("file", file.toString()));
  }
}
