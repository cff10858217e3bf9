package io.github.jvae.bench.reproduce;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The recipes that come with this program, and those of files. */
public final class Recipes {
  /** How the file of a recipe ends. */
  public static final String ENDING = ".json";

  private static final String INDEX = "recipes.txt";

  private Recipes() {}

  /** Returns the names of those that come with this program, in the order of the index. */
  public static List<String> names() {
    return text(INDEX).lines().filter(line -> !line.isBlank()).toList();
  }

  /** Returns all that come with this program. */
  public static List<Recipe> all() {
    return names().stream().map(Recipes::shipped).toList();
  }

  /**
   * Returns a recipe.
   *
   * @param nameOrFile its name, or a file that ends in {@code .json}
   * @throws VaeException if there is none of that name, or the file holds none
   */
  public static Recipe of(String nameOrFile) {
    if (nameOrFile.endsWith(ENDING)) {
      return RecipeReader.read(Path.of(nameOrFile));
    }
    if (!names().contains(nameOrFile)) {
      throw new ConfigurationException("no recipe is called " + Quote.of(nameOrFile)
          + "; there are " + String.join(", ", names())
          + ", or give the file of one of your own, ending in " + ENDING);
    }
    return shipped(nameOrFile);
  }

  private static Recipe shipped(String name) {
    String file = name + ENDING;
    try {
      return RecipeReader.read(file, JsonFile.parse(text(file)));
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(file + " of this program is no JSON: " + e.getMessage(), e);
    }
  }

  private static String text(String file) {
    try (InputStream stream = Recipes.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is not in this program's jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
