package io.github.jvae.bench.reproduce;

import io.github.jvae.bench.training.OutputContents;
import io.github.jvae.bench.training.Resumption;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one recipe: {@code run.json}, which says what is run, the training's own folder,
 * and {@code result.json} once there is a result. Whoever comes back goes on where it was stopped.
 *
 * @param path where it is
 */
public record ReproductionFolder(Path path) {
  private static final String RUN = "run.json";
  private static final String MODEL = "model";
  private static final String RECIPE = "recipe";
  private static final String OPTIONS = "options";
  private static final String ENGINE = "engine";
  private static final Set<String> OURS = Set.of(RUN, MODEL, Reproduction.FILE);

  /** Returns the training's folder. */
  public Path model() {
    return path.resolve(MODEL);
  }

  /** Returns the file of the result. */
  public Path result() {
    return path.resolve(Reproduction.FILE);
  }

  /**
   * Returns what came of it, if it has come to its end.
   *
   * @throws VaeException if the file is damaged, or of another recipe
   */
  public @Nullable Reproduction resultOf(Recipe recipe) {
    if (!Files.exists(result())) {
      return null;
    }
    Reproduction result = Reproduction.read(result());
    if (!result.recipe().equals(recipe.name())) {
      throw FileFault.of(
          result(),
          "is of the recipe " + Quote.of(result.recipe()) + ", not of " + recipe.name(),
          "name another folder with --out");
    }
    return result;
  }

  /**
   * Begins a run, or goes on with one.
   *
   * @param asked the options of the engine that are asked for; empty for those it began with
   * @param otherwise those of a run that begins, where none are asked for
   * @return those that it runs with
   * @throws VaeException if the folder holds other things, another recipe, or a run of other engine
   *     options, or it cannot be written
   */
  public Arguments begin(Recipe recipe, Arguments asked, Arguments otherwise) {
    requireOurs();
    Path file = path.resolve(RUN);
    if (Files.exists(file)) {
      return goOn(file, recipe, asked);
    }
    Arguments engine = otherwise.with(asked);
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new VaeException(
          "cannot make the folder " + Quote.path(path) + ": " + FileFault.reason(e)
              + "; choose another with --out",
          e);
    }
    JsonFile.write(
        file,
        Options.none()
            .with(RECIPE, recipe.name())
            .with(OPTIONS, recipe.fingerprint())
            .with(ENGINE, engine.options()));
    return engine;
  }

  /**
   * Leaves nothing of a run that could not begin: where there is no training yet.
   *
   * @param around whether the folder around was made for it too
   */
  public void forgetUnlessBegun(boolean around) {
    try {
      if (OutputContents.of(path).names().equals(List.of(RUN))) {
        Files.delete(path.resolve(RUN));
        Files.delete(path);
        Path parent = path.getParent();
        if (around && parent != null && OutputContents.of(parent).names().isEmpty()) {
          Files.delete(parent);
        }
      }
    } catch (IOException e) {
      // What stays says which recipe it was, and the same command begins anew.
    }
  }

  private void requireOurs() {
    OutputContents contents = OutputContents.of(path);
    contents.names().stream()
        .filter(name -> !OURS.contains(name) && !name.startsWith("."))
        .findFirst()
        .ifPresent(name -> {
          throw contents.foreign(name, "run of a recipe");
        });
  }

  private Arguments goOn(Path file, Recipe recipe, Arguments asked) {
    Options run = JsonFile.read(file);
    JsonMembers members = JsonMembers.of(run);
    String known = FileFault.within(file, () -> String.valueOf(members.text(RECIPE)));
    if (!known.equals(recipe.name())) {
      throw other("holds a run of the recipe " + Quote.of(known) + ", not of " + recipe.name());
    }
    if (!recipe.fingerprint().equals(run.get(OPTIONS))) {
      throw other("holds a run of " + known + " with other options than the recipe has now");
    }
    if (!(run.get(ENGINE) instanceof Options engine)) {
      throw FileFault.of(
          file, "says no engine", "remove the folder " + Quote.path(path) + " to begin anew");
    }
    Arguments begun = new Arguments(engine);
    for (String name : asked.options().names()) {
      OptionValue before = engine.get(name);
      if (!asked.text(name).equals(begun.text(name))) {
        throw other("holds a run " + (before == null ? "without " : "with ") + name
            + (before == null ? "" : " " + begun.text(name)) + ", not with " + asked.text(name)
            + ": leave it out to go on");
      }
    }
    return begun;
  }

  private VaeException other(String fault) {
    return new VaeException(Quote.path(path) + " " + fault + "; or name another folder with --out");
  }

  /** Returns whether there is a model that was not trained to its end. */
  public boolean isBegun() {
    return new ModelFolder(model()).exists();
  }

  /**
   * Returns whether training has come to its end.
   *
   * @throws VaeException if the training's folder is damaged
   */
  public boolean isTrained(Recipe recipe) {
    return isBegun() && Resumption.of(model()).state().epoch() >= recipe.epochs();
  }
}
