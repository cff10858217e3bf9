package io.github.jvae.bench.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.error.ConfigurationException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The recipes for published figures")
class RecipesTest {
  private static final String WHOLE = """
      {
        "name": "small",
        "title": "A small one",
        "protocol": "Little is done.",
        "figure": {"quantity": "-log p(x)", "value": 90, "tolerance": 0.5, "source": "nobody"},
        "budget": "a minute",
        "train": {"--data": "shapes", "--epochs": 2, "--drop-last": true, "--lr": "1e-3,5=1e-4"},
        "model": "best",
        "evaluate": {"--samples": 10},
        "quick": {
          "train": {"--history-steps": 2, "--epochs": 1},
          "tolerance": 0.01, "steps": [2, 4], "losses": [100.5, 90]
        }
      }
      """;

  static List<Recipe> recipes() {
    return Recipes.all();
  }

  @Test
  @DisplayName("are all in the index, each in a file of its name, and each name is once there")
  void complete() throws IOException, URISyntaxException {
    Path index =
        Path.of(Objects.requireNonNull(Recipes.class.getResource("recipes.txt")).toURI());
    try (Stream<Path> files = Files.list(Objects.requireNonNull(index.getParent()))) {
      List<String> found = files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(Recipes.ENDING))
          .map(name -> name.substring(0, name.length() - Recipes.ENDING.length()))
          .toList();
      assertThat(Recipes.names())
          .doesNotHaveDuplicates()
          .hasSizeGreaterThan(10)
          .containsExactlyInAnyOrderElementsOf(found);
    }
    assertThat(recipes()).extracting(Recipe::name).containsExactlyElementsOf(Recipes.names());
  }

  @ParameterizedTest
  @MethodSource("recipes")
  @DisplayName("have a source, a tolerance below what they tell apart, and an early curve")
  void usable(Recipe recipe) {
    assertThat(recipe.figure().source()).isNotBlank();
    assertThat(recipe.figure().tolerance()).isLessThan(0.01 * recipe.figure().value());
    assertThat(recipe.protocol()).endsWith(".");
    EarlyCurve curve = Objects.requireNonNull(recipe.quick());
    assertThat(curve.tolerance()).isLessThanOrEqualTo(0.003);
    assertThat(curve.points()).hasSizeGreaterThan(5);
    assertThat(curve.points()).extracting(EarlyCurve.Point::step).isSorted();
    // What is recorded is of learning: the loss falls, by more than the tolerance could hide.
    double first = curve.points().get(0).loss();
    double last = curve.points().get(curve.points().size() - 1).loss();
    assertThat(last).isLessThan(first * (1 - 10 * curve.tolerance()));
    if (!recipe.hasNamedData()) {
      assertThat(recipe.obtain()).contains("IDX");
    }
  }

  private static Recipe read(String json) throws JsonProcessingException {
    return RecipeReader.read("small.json", JsonFile.parse(json));
  }

  @Test
  @DisplayName(
      "are read with their options as words, those of the short training in place of others")
  void words() throws JsonProcessingException {
    Recipe recipe = read(WHOLE);
    assertThat(recipe.figure())
        .isEqualTo(new Figure(Quantity.NEGATIVE_LOG_LIKELIHOOD, 90, 0.5, "nobody"));
    Arguments more = Arguments.none().with("--out", "a folder");
    assertThat(recipe.training("shapes", more))
        .containsExactly(
            "train",
            "--data",
            "shapes",
            "--epochs",
            "2",
            "--drop-last",
            "--lr",
            "1e-3,5=1e-4",
            "--out",
            "a folder");
    EarlyCurve curve = Objects.requireNonNull(recipe.quick());
    assertThat(recipe.shortTraining(curve, "shapes", Arguments.none()))
        .containsExactly(
            "train",
            "--data",
            "shapes",
            "--epochs",
            "1",
            "--drop-last",
            "--lr",
            "1e-3,5=1e-4",
            "--history-steps",
            "2");
    assertThat(recipe.evaluation("m", "shapes", Arguments.none()))
        .containsExactly("evaluate", "m/best", "--samples", "10", "--data", "shapes");
    assertThat(Arguments.line(recipe.training("shapes", more)))
        .endsWith("--lr 1e-3,5=1e-4 --out 'a folder'");
  }

  @Test
  @DisplayName("are told of with everything that is wrong, in one line")
  void allFaults() {
    assertThatThrownBy(() -> read("""
            {
              "name": "No Name",
              "protocol": 3,
              "figure": {"quantity": "FID", "value": "low", "tolerance": -1, "sourec": "x"},
              "budget": "a minute",
              "train": {"latent": 2, "--out": "here", "--hidden": [3]},
              "model": "worst",
              "evaluate": 5,
              "quick": {"train": {}, "tolerance": 0.01, "steps": [4, 2], "losses": [1, 2]},
              "figures": 3
            }
            """))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .doesNotContain("\n")
        .startsWith("small.json is no recipe: ")
        .contains("name must be small letters", "'No Name'")
        .contains("title is missing")
        .contains("protocol must be text, not '3'")
        .contains("figure.quantity must be one of -log p(x), -ELBO, bits/dim, not 'FID'")
        .contains("figure.value must be a number, not '\"low\"'")
        .contains("figure.tolerance must be above 0, not -1.0")
        .contains("unknown member 'figure.sourec'", "figure.source is missing")
        .contains("train has 'latent', which is no option")
        .contains("train must not have --out")
        .contains("train.--hidden must be text, a number, or true")
        .contains("train must have --data", "train must have --epochs")
        .contains("model must be best, average or best/average")
        .contains("evaluate must be an object")
        .contains("quick.steps must be whole numbers from 1 that increase, and 2.0 comes after 4")
        .contains("quick.train must have --history-steps")
        .contains("unknown member 'figures'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"evaluate\": {\"--samples\": 10} | \"evaluate\": {} | evaluate must have --samples",
        "[2, 4] | [2, 4, 6] | quick has 3 steps and 2 losses",
        "[2, 4] | [2, 4.5] | quick.steps must be whole numbers from 1",
        "[2, 4] | [0, 4] | quick.steps must be whole numbers from 1",
        "[100.5, 90] | [100.5, 0] | quick.losses must not be 0",
        "\"--epochs\": 2 | \"--epochs\": 0 | train must have --epochs, a whole number from 1",
        "\"--drop-last\": true | \"--drop-last\": false | train.--drop-last must be text",
        "\"tolerance\": 0.5 | \"tolerance\": 0 | figure.tolerance must be above 0, not 0.0",
        "\"budget\": \"a minute\" | \"budget\": \" \" | budget is missing; it must be text",
        "\"model\": \"best\" | \"notes\": \"one\" | notes must be a list of texts",
      })
  @DisplayName("are refused for one fault alone")
  void oneFault(String right, String wrong, String told) {
    assertThat(WHOLE).contains(right);
    assertThatThrownBy(() -> read(WHOLE.replace(right, wrong)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("small.json is no recipe: " + told)
        .message()
        .doesNotContain("; quick", "; train", "; figure");
  }

  @Test
  @DisplayName("are known by name or read from a file, and an unknown name tells the known ones")
  void found(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("small.json"), WHOLE);
    assertThat(Recipes.of(file.toString()).name()).isEqualTo("small");
    assertThat(Recipes.of("static-vae").figure().value()).isEqualTo(89.8);
    assertThatThrownBy(() -> Recipes.of("static"))
        .hasMessageContaining("no recipe is called 'static'; there are static-vae, ");
  }

  @Test
  @DisplayName("are written with another curve and otherwise as they were")
  void recorded() throws JsonProcessingException {
    Recipe recipe = read(WHOLE);
    EarlyCurve curve = Objects.requireNonNull(recipe.quick());
    EarlyCurve other = curve.with(List.of(new EarlyCurve.Point(2, 7.25)));
    Recipe changed = RecipeReader.read("again", recipe.withCurve(other));
    assertThat(changed.quick()).isEqualTo(other);
    assertThat(changed.json().with("quick", curve.toOptions()))
        .isEqualTo(recipe.json().with("quick", curve.toOptions()));
  }

  @Test
  @DisplayName("compare a history of training with their early curve, point by point")
  void compared() throws JsonProcessingException {
    EarlyCurve curve = Objects.requireNonNull(read(WHOLE).quick());
    List<EarlyCurve.Point> found = EarlyCurve.in(List.of(
        JsonFile.parse("{\"step\": 2, \"loss\": 100.5}"),
        JsonFile.parse("{\"step\": 4, \"loss\": 81.0}"),
        JsonFile.parse("{\"step\": 4, \"epoch\": 1, \"loss\": 5.0}")));
    assertThat(found).containsExactly(new EarlyCurve.Point(2, 100.5), new EarlyCurve.Point(4, 81));
    assertThat(curve.compare(found))
        .extracting(EarlyCurve.Comparison::share)
        .containsExactly(0.0, 0.1);
    assertThatThrownBy(() -> curve.compare(found.subList(0, 1)))
        .hasMessageContaining("tells no loss of step 4");
  }
}
