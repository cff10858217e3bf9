package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.option.OptionValue;
import io.github.jvae.plugin.Kind;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A table's numbers")
class TableTransformsTest {
  private static final Columns TABLE = new Columns(List.of(
      new Column("age", ColumnKind.NUMERIC),
      new Column("visits", ColumnKind.COUNT),
      new Column("income", ColumnKind.NUMERIC),
      new Column("same", ColumnKind.NUMERIC)));

  /** The second age is a gap, and read as 0. */
  private static final TableSample PEOPLE = TableSample.of(
          TABLE, 10, 3, 1000, 7, 99, 5, 3000, 7, 30, 1, 2000, 7)
      .withMask(
          true, true, true, true, //
          false, true, true, true, //
          true, true, true, true);

  @Test
  @DisplayName("are standardized by what was observed of numeric columns, and come back")
  void standardized() {
    Standardization standardization = Standardization.of(PEOPLE);
    assertThat(standardization.means()).containsExactly(20.0, 0.0, 2000.0, 7.0);
    assertThat(standardization.deviations().get(0)).isCloseTo(10, within(1e-9));
    assertThat(standardization.deviations().get(1)).isEqualTo(1);
    assertThat(standardization.deviations().get(3)).isEqualTo(1);
    Transforms transforms = Transforms.of(standardization, new Scaling(2, 1));
    assertThat(transforms.elements(ElementKind.MIXED)).isEqualTo(ElementKind.FLOATS);
    assertThat(Transforms.of(standardization).elements(ElementKind.MIXED))
        .isEqualTo(ElementKind.MIXED);
    HostTensor seen = Batches.of(PEOPLE, 3)
        .transformed(transforms, Pass.test(1))
        .iterator()
        .next()
        .x();
    assertThat(seen.data()[0]).isEqualTo(-1);
    assertThat(seen.data()[4]).isZero();
    HostTensor back = transforms.undone(seen);
    HostTensor given = PEOPLE.tensor(0, 1, 2);
    for (int i = 0; i < 12; i++) {
      if (i != 4) {
        assertThat(back.data()[i]).isCloseTo(given.data()[i], within(1e-3f));
      }
    }
    assertThat(seen.data()[0]).as("the argument stays as it is").isEqualTo(-1);
  }

  @Test
  @DisplayName("have densities in their own units, once the stretch is counted")
  void stretch() {
    Transforms transforms = Transforms.of(Standardization.of(PEOPLE), new Scaling(2, 1));
    // A density of the standardized number is 10 / 2 times that of the age.
    assertThat(transforms.logStretch(0)).isCloseTo(Math.log(0.2), within(1e-9));
    assertThat(Transforms.of(Standardization.of(PEOPLE)).logStretch(1)).isZero();
    assertThat(Transforms.none().logStretch(0)).isZero();
  }

  @Test
  @DisplayName("are standardized only where the likelihood of their column takes any number")
  void byLikelihood() {
    VaeConfig config = VaeConfig.defaults()
        .withColumns(TABLE)
        .with(
            Kind.LIKELIHOOD,
            ComponentConfig.of("columns")
                .with(
                    "overrides",
                    new OptionValue.Items(List.of(
                        OptionValue.of("income=log-normal"), OptionValue.of("visits=gaussian")))));
    Transforms transforms = config.standardization(Vae.catalogue(), PEOPLE);
    Standardization standardization = (Standardization) transforms.chain().get(0);
    assertThat(standardization.means()).containsExactly(20.0, 3.0, 0.0, 7.0);
    assertThat(config
            .with(Kind.LIKELIHOOD, ComponentConfig.of("poisson"))
            .standardization(Vae.catalogue(), PEOPLE))
        .isEqualTo(Transforms.none());
    assertThat(VaeConfig.defaults().standardization(Vae.catalogue(), PEOPLE))
        .isEqualTo(Transforms.none());
  }

  @Test
  @DisplayName(
      "of series are standardized channel by channel, where the likelihood takes any number")
  void series() {
    Examples series =
        ArrayExamples.floats("s", Shape.of(2, 2), new float[] {1, 3, 100, 100, 5, 7, 300, 300});
    VaeConfig config = VaeConfig.defaults()
        .withInput(List.of(2, 2))
        .with(Kind.LIKELIHOOD, ComponentConfig.of("gaussian"));
    Transforms transforms = config.standardization(Vae.catalogue(), series);
    Standardization standardization = (Standardization) transforms.chain().get(0);
    assertThat(standardization.means()).containsExactly(4.0, 4.0, 200.0, 200.0);
    assertThat(standardization.deviations().get(0)).isCloseTo(Math.sqrt(5), within(1e-12));
    assertThat(standardization.deviations().get(2)).isCloseTo(100, within(1e-12));
    assertThat(config
            .with(Kind.LIKELIHOOD, ComponentConfig.of("bernoulli"))
            .standardization(Vae.catalogue(), series))
        .isEqualTo(Transforms.none());
  }

  @Test
  @DisplayName("that were all observed have a mask that hides nothing, for models that ask for one")
  void complete() {
    TableSample whole = TableSample.of(TABLE, 1, 2, 3, 4, 5, 6, 7, 8);
    Condition mask = whole.condition(Mask.NAME);
    assertThat(mask.shape()).isEqualTo(Shape.of(4));
    float[] read = new float[4];
    mask.select(new Selection.Slice(1, 1)).read(0, read, 0);
    assertThat(read).containsExactly(1, 1, 1, 1);
  }
}
