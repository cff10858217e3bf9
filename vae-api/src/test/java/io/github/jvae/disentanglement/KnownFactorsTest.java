package io.github.jvae.disentanglement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.Covariates;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Factors;
import io.github.jvae.data.Labels;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.error.DataException;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The known factors")
class KnownFactorsTest {
  private static ArrayExamples examples(int count) {
    return Examples.of("rows", new float[count][2]);
  }

  private static List<String> words(KnownFactors factors) {
    return factors.list().stream().map(KnownFactor::toString).toList();
  }

  @Test
  @DisplayName("of the shapes are numbers, but for the shape, which the label repeats")
  void shapes() {
    KnownFactors factors = KnownFactors.of(Shapes.generate(1, 30, 30).test(), Set.of());
    assertThat(words(factors))
        .containsExactly("shape (4 categories)", "x", "y", "size", "rotation", "hue");
    assertThat(factors.notes()).containsExactly("label is left out: it says the same as shape");
  }

  @Test
  @DisplayName("are labels, measured conditions and factors, with what does not vary left out")
  void kinds() {
    Examples examples = examples(4)
        .with(Labels.of(Labels.NAME, new int[] {2, 0, 2, 1}, List.of()))
        .with(Covariates.of("pose", Shape.of(2), new float[] {1, 7, 2, 7, 3, 7, 4, 7}))
        .withFactors(Factors.of(List.of("a", "kind"), 0, 1, 1, 1, 0, 2, 0, 2));
    KnownFactors factors = KnownFactors.of(examples, Set.of("kind"));
    assertThat(words(factors))
        .containsExactlyInAnyOrder("label (3 categories)", "pose_0", "a", "kind (2 categories)");
    assertThat(factors.notes())
        .containsExactly("pose_1 is left out: it has the same value in all examples");
    assertThatThrownBy(() -> KnownFactors.of(examples, Set.of("b")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("there is no factor b; the factors are")
        .hasMessageContaining("kind");
  }

  @Test
  @DisplayName("are no names in disguise")
  void tooManyCategories() {
    int[] each = IntStream.range(0, 300).toArray();
    Examples examples = examples(300).with(Labels.of("number", each, List.of()));
    assertThatThrownBy(() -> KnownFactors.of(examples, Set.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("number is left out: it has 300 categories, more than 256");
  }

  @Test
  @DisplayName("are none of data without any, and finite")
  void none() {
    assertThatThrownBy(() -> KnownFactors.of(examples(4), Set.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data set 'rows' has no known factors and no labels");
    assertThatThrownBy(() -> KnownFactor.numeric("v", 1, Double.NaN))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("factor 'v': example 1 has the number NaN");
    assertThatThrownBy(() -> KnownFactor.categorical("v"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("factor 'v' needs at least one value");
  }
}
