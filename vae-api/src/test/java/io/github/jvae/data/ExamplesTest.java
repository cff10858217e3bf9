package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Examples of any kind")
class ExamplesTest {
  private static final Shape ROW = Shape.of(3);

  private static final ArrayExamples TABLE = ArrayExamples.floats(
          "people", ROW, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
      .with(Labels.of("label", new int[] {0, 2, 1, 2}, List.of("a", "b", "c")))
      .with(Covariates.of("age", Shape.of(2), new float[] {1, 2, 3, 4, 5, 6, 7, 8}))
      .withMask(Mask.of(ROW, new boolean[] {
        true, true, true, false, true, true, true, true, false, true, false, false
      }))
      .withFactors(Factors.of(List.of("tens"), 0, 10, 20, 30));

  @Test
  @DisplayName("may be rows of a table, whose hidden numbers read as 0")
  void table() {
    assertThat(TABLE.size()).isEqualTo(4);
    assertThat(TABLE.shape()).isEqualTo(ROW);
    assertThat(TABLE.elements()).isEqualTo(ElementKind.FLOATS);
    assertThat(TABLE.tensor(1, 3)).isEqualTo(HostTensor.of(Shape.of(2, 3), 0, 5, 6, 10, 0, 0));
    assertThat(TABLE).hasToString("people: 4 examples of [3]");
  }

  @Test
  @DisplayName("may be counts, in any number of axes")
  void volumes() {
    ArrayExamples volumes = ArrayExamples.counts("cells", Shape.of(1, 2, 1, 2), new int[8]);
    assertThat(volumes.size()).isEqualTo(2);
    assertThat(volumes.elements()).isEqualTo(ElementKind.COUNTS);
    assertThatThrownBy(() -> ArrayExamples.counts("cells", ROW, new int[] {0, 0, 0, 0, -7, 0}))
        .isInstanceOf(VaeException.class)
        .hasMessage(
            "data set 'cells': number 1 of example 1 is -7, but counts are from 0 to 16777216");
  }

  @Test
  @DisplayName("show views with their own conditions, mask and factors")
  void views() {
    Examples view = TABLE.slice(1, 4).subset(2, 0).limit(2);
    assertThat(view.tensor(0, 1)).isEqualTo(TABLE.tensor(3, 1));
    assertThat(view.labels().orElseThrow().label(1)).isEqualTo(2);
    assertThat(view.mask().orElseThrow().isObserved(1, 0)).isFalse();
    assertThat(view.factors().orElseThrow().column("tens")).containsExactly(30, 10);
    assertThat(view.sha256()).isEqualTo(TABLE.subset(3, 1).sha256());
    assertThat(view.sha256()).isNotEqualTo(TABLE.subset(1, 3).sha256());
    assertThatThrownBy(() -> TABLE.subset(4)).hasMessageContaining("has no example 4; it has 4");
  }

  @Test
  @DisplayName("have another fingerprint for each kind, shape, number and mask")
  void fingerprints() {
    float[] ones = {1, 1, 1, 1};
    Examples table = ArrayExamples.floats("t", Shape.of(2), ones);
    ArrayExamples counts = ArrayExamples.of("t", Shape.of(2), ElementKind.COUNTS, ones);
    assertThat(List.of(
            table.sha256(),
            counts.sha256(),
            ArrayExamples.floats("t", Shape.of(2, 1), ones).sha256(),
            ArrayExamples.floats("t", Shape.of(2), new float[] {1, 1, 1, 0}).sha256(),
            ArrayExamples.floats("t", Shape.of(2), ones)
                .withMask(Mask.of(Shape.of(2), new boolean[] {true, true, true, false}))
                .sha256()))
        .doesNotHaveDuplicates();
    assertThat(ArrayExamples.floats("u", Shape.of(2), ones).sha256()).isEqualTo(table.sha256());
  }

  @Test
  @DisplayName("hand on to a batch the conditions that are asked for, and only those")
  void batches() {
    Batch all = Batches.of(TABLE, 4)
        .withConditions(List.of("label", "age", Mask.NAME))
        .shuffled(1, 0)
        .iterator()
        .next();
    for (int row = 0; row < 4; row++) {
      int index = all.indices()[row];
      assertThat(all.x().rows(row, row + 1)).isEqualTo(TABLE.tensor(index));
      float[] oneHot = new float[3];
      oneHot[new int[] {0, 2, 1, 2}[index]] = 1;
      assertThat(condition(all, "label", row)).containsExactly(oneHot);
      assertThat(condition(all, "age", row)).containsExactly(2 * index + 1, 2 * index + 2);
    }
    assertThat(all.mask().orElseThrow().shape()).isEqualTo(Shape.of(4, 3));
    assertThat(all.conditions()).containsOnlyKeys("label", "age", "mask");
    assertThat(Batches.of(TABLE, 4).iterator().next().conditions()).isEmpty();
  }

  private static float[] condition(Batch batch, String name, int row) {
    return Objects.requireNonNull(batch.conditions().get(name))
        .rows(row, row + 1)
        .data();
  }

  @Test
  @DisplayName("leave at 0 what was not observed, whatever a transform would make of it")
  void maskedTransforms() {
    Batch batch = Batches.of(TABLE, 4)
        .transformed(Transforms.of(new Scaling(1, 100)), Pass.test(1))
        .iterator()
        .next();
    assertThat(batch.x().data())
        .containsExactly(101, 102, 103, 0, 105, 106, 107, 108, 0, 110, 0, 0);
  }

  @Test
  @DisplayName("are refused before anything runs where a model could not take them")
  void requirements() {
    Map<String, Shape> mask = Map.of(Mask.NAME, ROW);
    TABLE.requireFor(ROW, Map.of(Mask.NAME, ROW, "label", Shape.of(3)));
    assertThatThrownBy(() -> TABLE.requireFor(Shape.of(4), mask))
        .hasMessage("data set 'people' has examples of [3], but the model takes [4]");
    assertThatThrownBy(() -> TABLE.requireFor(ROW, Map.of()))
        .hasMessageContaining("numbers that were not observed, but the model asks for no mask");
    assertThatThrownBy(() -> TABLE.requireFor(ROW, Map.of(Mask.NAME, ROW, "label", Shape.of(10))))
        .hasMessage(
            "condition 'label' of data set 'people' has shape [3], but the model takes [10]");
    assertThatThrownBy(() -> Batches.of(TABLE, 2).withConditions(List.of("colour")))
        .hasMessage("data set 'people' has no condition 'colour'; it has label, age, mask");
    assertThatThrownBy(() -> Batches.of(ArrayExamples.floats("bare", ROW, new float[3]), 1)
            .withConditions(List.of("label")))
        .hasMessage("data set 'bare' has no condition 'label'; it has none");
  }

  @Test
  @DisplayName("name the number, label or mask that is not in order")
  void refusals() {
    assertThatThrownBy(() -> ArrayExamples.floats("t", ROW, new float[4]))
        .hasMessage("data set 't': 4 numbers do not make whole examples of shape [3] (3 each)");
    assertThatThrownBy(() -> ArrayExamples.floats("t", ROW, new float[] {0, Float.NaN, 0}))
        .hasMessage("data set 't': number 1 of example 0 is NaN, which is none of floats; where a"
            + " number is missing, put 0 and a mask");
    assertThatThrownBy(() -> ArrayExamples.of("t", ROW, ElementKind.BINARY, new float[] {0, 1, 2}))
        .hasMessage("data set 't': number 2 of example 0 is 2.0, which is none of binary");
    assertThatThrownBy(() -> Labels.of("label", new int[] {0, 3}, 3))
        .hasMessageContaining("example 1 has label 3, but there are 3 classes");
    assertThatThrownBy(() -> TABLE.with(Labels.of("label", new int[4], 1)))
        .hasMessage("data set 'people' cannot have two conditions named 'label'");
    assertThatThrownBy(() -> TABLE.with(Labels.of("other", new int[3], 1)))
        .hasMessage("data set 'people' has 4 examples, but 'other' is of 3");
    assertThatThrownBy(() -> Covariates.of("age", ROW, new float[] {0, 0, Float.NaN}))
        .hasMessageContaining("example 0 has the number NaN");
    assertThatThrownBy(() -> Mask.of(ROW, new boolean[] {true, false, false, false, false, false}))
        .hasMessage("the mask hides everything of example 1, which then says nothing; leave that"
            + " example out");
    assertThatThrownBy(
            () -> TABLE.withMask(Mask.of(Shape.of(1), new boolean[] {true, true, true, true})))
        .hasMessage("data set 'people' has examples of [3], but the mask is of [1]");
    assertThatThrownBy(() -> TABLE.withFactors(Factors.of(List.of("x"), 1)))
        .hasMessageContaining("has 4 examples but factors of 1");
    assertThatThrownBy(() -> ImageExamples.requireShape(TABLE, "a picture"))
        .hasMessage("a picture needs images of [channels, height, width], but data set 'people'"
            + " has examples of [3]");
  }

  @Test
  @DisplayName("have one-hot vectors of classes by name or number, and list those there are")
  void oneHot() {
    Labels labels = TABLE.labels().orElseThrow();
    assertThat(labels.oneHot("c", "0")).isEqualTo(HostTensor.of(Shape.of(2, 3), 0, 0, 1, 1, 0, 0));
    assertThatThrownBy(() -> labels.oneHot("d"))
        .hasMessage("condition 'label' has no class 'd'; the classes are a, b, c");
    assertThatThrownBy(() -> Labels.of("label", new int[] {0, 1}, List.of()).oneHot("2"))
        .hasMessage("condition 'label' has no class '2'; the classes are 0 to 1");
  }
}
