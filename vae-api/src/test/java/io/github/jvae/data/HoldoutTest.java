package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is held out for validation")
class HoldoutTest {
  private static final DataParts DATA = new DataParts("d", numbers(40), numbers(5), "here");

  private static final DataParts OWN = DATA.withValidation(DATA.train(), numbers(7));

  private static Examples numbers(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return ArrayExamples.floats("d", Shape.of(1), values);
  }

  private static List<Float> values(Examples examples) {
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      values.add(examples.tensor(i).item());
    }
    return values;
  }

  private static List<Float> heldOut(Holdout how, DataParts data, long seed) {
    Optional<Examples> part = how.apply(data, seed).validation();
    return part.map(HoldoutTest::values).orElse(List.of());
  }

  @Test
  @DisplayName("is a tenth of the training part, never trained on, and follows from the seed")
  void tenth() {
    DataParts parts = Holdout.standard().apply(DATA, 1);
    List<Float> train = values(parts.train());
    List<Float> validation = values(parts.validation().orElseThrow());
    assertThat(validation).hasSize(4).isSorted().doesNotContainAnyElementsOf(train);
    assertThat(train).hasSize(36).isSorted();
    assertThat(values(parts.test())).isEqualTo(values(DATA.test()));
    assertThat(heldOut(Holdout.standard(), DATA, 1)).isEqualTo(validation);
    assertThat(heldOut(Holdout.standard(), DATA, 2)).isNotEqualTo(validation);
  }

  @Test
  @DisplayName("is the data set's own validation part, if it has one and no other is asked for")
  void own() {
    assertThat(Holdout.standard().apply(OWN, 1)).isEqualTo(OWN);
    assertThat(heldOut(new Holdout.Count(9), OWN, 1)).hasSize(9);
    assertThat(heldOut(new Holdout.Fraction(0.5), OWN, 1)).hasSize(20);
    assertThat(Holdout.none().apply(OWN, 1).validation()).isEmpty();
  }

  @Test
  @DisplayName("is at least one of two or more examples, and none of a single one")
  void few() {
    for (int size = 1; size < 12; size++) {
      DataParts few = new DataParts("d", numbers(size), numbers(1), "here");
      assertThat(heldOut(Holdout.standard(), few, 1)).as("%d", size).hasSize(size < 2 ? 0 : 1);
    }
  }

  @Test
  @DisplayName("never empties a part")
  void refusals() {
    assertThatThrownBy(() -> new Holdout.Count(40).apply(DATA, 1))
        .hasMessage("40 held out of the 40 training examples of data set 'd' would leave no"
            + " training part; choose another number with --validation, or 0 for none");
    assertThatThrownBy(() -> new Holdout.Fraction(0.01).apply(DATA, 1))
        .hasMessageStartingWith("0.01 held out of the 40 training examples")
        .hasMessageContaining("would leave no validation part");
    assertThatThrownBy(() -> new DataParts("d", numbers(2), numbers(1), "here")
            .withValidation(numbers(2), ArrayExamples.floats("d", Shape.of(2), new float[2])))
        .hasMessageContaining("floats of [1] but validation examples are floats of [2]");
    assertThatThrownBy(() -> DATA.part(Part.VALIDATION))
        .hasMessage("data set 'd' has no validation part");
  }

  @Test
  @DisplayName("is read as it is written")
  void words() {
    for (Holdout how : Arrays.asList(
        Holdout.standard(), Holdout.none(), new Holdout.Count(5000), new Holdout.Fraction(1e-4))) {
      assertThat(Holdout.parse("it", how.toString())).isEqualTo(how);
    }
    for (String wrong : List.of("", "-1", "1.0", "0.0", "NaN", "ten", "1e9", "0x1", "9999999999")) {
      assertThatThrownBy(() -> Holdout.parse("it", wrong))
          .hasMessageStartingWith("it must be a number of examples, a fraction between 0 and 1");
    }
  }
}
