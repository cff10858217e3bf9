package io.github.jvae;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.Covariates;
import io.github.jvae.data.Labels;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a model is told in words")
final class GivenConditionsTest {
  private static final VaeConfig CONFIG = VaeConfig.defaults()
      .withConditions(List.of(
          Labels.of("pet", new int[] {0, 1}, List.of("cat", "dog", "2, or more")),
          Labels.of("digit", new int[] {2, 1}, 3),
          Covariates.of("age", Shape.of(1), new float[2]),
          Covariates.of("pose", Shape.of(2), new float[4])));

  private static HostTensor given(VaeConfig config, String name, String words, int count) {
    return requireNonNull(GivenConditions.of(config, Map.of(name, words), count).get(name));
  }

  private static float[] given(String name, String words, int count) {
    HostTensor rows = given(CONFIG, name, words, count);
    assertThat(rows.shape().dimension(0)).isEqualTo(count);
    return rows.data();
  }

  @Test
  @DisplayName("is a class by its name, or by its number, or all in turn")
  void classes() {
    assertThat(given("pet", "dog", 2)).containsExactly(0, 1, 0, 0, 1, 0);
    assertThat(given("pet", "0", 1)).containsExactly(1, 0, 0);
    assertThat(given("pet", "2, or more", 1)).containsExactly(0, 0, 1);
    assertThat(given("digit", "1", 1)).containsExactly(0, 1, 0);
    assertThat(given("digit", "all", 4)).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0);
  }

  @Test
  @DisplayName("is measured numbers")
  void numbers() {
    assertThat(given("age", "1.5", 2)).containsExactly(1.5f, 1.5f);
    assertThat(given("pose", "-1, 2e3", 2)).containsExactly(-1, 2000, -1, 2000);
  }

  @Test
  @DisplayName(
      "is what a model that was saved without names was told before: a class by its number")
  void unnamed() {
    VaeConfig before =
        VaeConfig.defaults().withConditions(Map.of("label", List.of(4), "map", List.of(1, 2)));
    assertThat(given(before, "label", "3", 1).data()).containsExactly(0, 0, 0, 1);
    assertThat(given(before, "label", ".1,.2,.3,.4", 1).data()).containsExactly(.1f, .2f, .3f, .4f);
    assertThat(given(before, "map", "5,6", 1).shape()).isEqualTo(Shape.of(1, 1, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nose | 1 | condition 'nose': the model is told age, digit, pet, pose",
        "pet | cow | has no class 'cow'; the classes are cat, dog",
        "pet | 3 | has no class '3'; the classes are cat, dog",
        "digit | 3 | has no class '3'; the classes are 0 to 2",
        "digit | -1 | has no class '-1'; the classes are 0 to 2",
        "age | old | condition 'age' takes a number, not 'old'",
        "age | NaN | condition 'age' takes a number, not 'NaN'",
        "age | 1,2 | condition 'age' takes a number, not '1,2'",
        "age | all | condition 'age' takes a number, not 'all'",
        "pose | 1 | condition 'pose' takes 2 numbers with commas between, not '1'",
      })
  @DisplayName("is refused in one sentence that lists what is known")
  void refused(String name, String words, String told) {
    assertThatThrownBy(() -> GivenConditions.of(CONFIG, Map.of(name, words), 1))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(told);
    assertThatThrownBy(() -> GivenConditions.of(VaeConfig.defaults(), Map.of(name, words), 1))
        .hasMessageContaining("the model is told nothing beside the examples");
  }
}
