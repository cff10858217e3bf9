package io.github.jvae.bench.command;

import io.github.jvae.bench.reproduce.Arguments;
import io.github.jvae.bench.reproduce.Recipe;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the data of recipes are.
 *
 * @param folder that holds data sets; null for the usual places
 * @param path of data without a published name; null for where their name says
 */
record RecipeData(@Nullable Path folder, @Nullable Path path) {
  /**
   * Returns what {@code --data} is to be for a recipe.
   *
   * @throws VaeException if its data are not there; the message says how to get them
   */
  String source(Recipe recipe) {
    if (recipe.hasNamedData()) {
      if (path != null) {
        throw new DataException("recipe " + recipe.name() + " is of the published data set "
            + recipe.data() + "; leave out --data and name the folder that has it with --data-dir");
      }
      return recipe.data();
    }
    Path named = Path.of(recipe.data());
    Path found = path != null ? path : folder == null ? named : folder.resolve(named);
    if (!Files.exists(found)) {
      throw new DataException("recipe " + recipe.name() + " needs " + Quote.of(recipe.data())
          + ", and there is no " + Quote.path(found) + "; name it with --data, or the folder that"
          + " has it with --data-dir"
          + (recipe.obtain() == null ? "" : ". It is " + recipe.obtain()));
    }
    return found.toString();
  }

  /** Returns the options by which data sets are found, and nothing is downloaded. */
  Arguments options() {
    Arguments offline = new Arguments(Options.none().with("--offline", true));
    return folder == null ? offline : offline.with("--data-dir", folder.toString());
  }
}
