package io.github.jvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.option.internal.DeclaredOptions;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The likelihood of columns")
class ColumnsLikelihoodTest {
  private static final int ROWS = 3;

  private static final Columns TABLE = new Columns(List.of(
      new Column("age", ColumnKind.NUMERIC),
      new Column("colour", ColumnKind.CATEGORICAL, List.of("red", "green", "blue")),
      new Column("visits", ColumnKind.COUNT),
      new Column("height", ColumnKind.NUMERIC),
      new Column("member", ColumnKind.BINARY),
      new Column("a=b", ColumnKind.NUMERIC)));

  private static final float[] ROW = {-0.4f, 2, 7, 1.5f, 1, 0.3f};

  private static ColumnsLikelihood likelihood(Options options) {
    return ColumnsLikelihood.of(
        new DeclaredOptions("likelihood columns", List.of(ColumnsLikelihood.options()))
            .complete(options),
        ModelContext.of(Shape.of(TABLE.size()), 2).withColumns(TABLE));
  }

  private static Options overrides(String... overrides) {
    return Options.none()
        .with(
            "overrides",
            new OptionValue.Items(Arrays.stream(overrides).map(OptionValue::of).toList()));
  }

  /** What the parts are, each column's by hand, with its place among what the decoder makes. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Single(Likelihood likelihood, int... outputs) {}

  /** Normal columns come first, as the first column is one: means, then widths. */
  private static final List<Single> SINGLES = List.of(
      new Single(Gaussian.above(1e-3), 0, 2),
      new Single(Categorical.ofCategories(3), 4, 5, 6),
      new Single(NegativeBinomial.perElement(), 7, 8),
      new Single(Gaussian.above(1e-3), 1, 3),
      new Single(new Bernoulli(), 9),
      new Single(Beta.perElement(), 10, 11));

  private interface Recorded {
    Tensor of(List<Tensor> inputs);
  }

  private static double[] run(Recorded recorded, HostTensor... inputs) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      return backend
          .compile((trace, in) -> List.of(recorded.of(in)))
          .runExactly(inputs)
          .get(0);
    }
  }

  private static HostTensor decoded() {
    HostTensor decoded = HostTensor.zeros(Shape.of(ROWS, 12));
    RandomStream.of(5).child("decoded").fillUniform(decoded.data(), -1, 1);
    return decoded;
  }

  private static HostTensor rows() {
    HostTensor rows = HostTensor.zeros(Shape.of(ROWS, ROW.length));
    for (int i = 0; i < ROWS; i++) {
      System.arraycopy(ROW, 0, rows.data(), i * ROW.length, ROW.length);
    }
    return rows;
  }

  private static HostTensor places(HostTensor all, int... places) {
    int width = all.shape().dimension(1);
    HostTensor some = HostTensor.zeros(Shape.of(ROWS, places.length));
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < places.length; i++) {
        some.data()[row * places.length + i] = all.data()[row * width + places[i]];
      }
    }
    return some;
  }

  @Test
  @DisplayName(
      "is the sum of its columns' own likelihoods, each of its kind, over what was observed")
  void sum() {
    ColumnsLikelihood likelihood = likelihood(overrides("a=b=beta"));
    assertThat(likelihood.decoded(Shape.of(6))).isEqualTo(Shape.of(12));
    double[] each =
        run(in -> likelihood.logProbs(new Inputs(in.get(0)), in.get(1)), rows(), decoded());
    for (int column = 0; column < SINGLES.size(); column++) {
      Single single = SINGLES.get(column);
      double[] expected = run(
          in -> single.likelihood().logProb(new Inputs(in.get(0)), in.get(1)),
          places(rows(), column),
          places(decoded(), single.outputs()));
      for (int row = 0; row < ROWS; row++) {
        assertThat(each[row * SINGLES.size() + column])
            .as(TABLE.get(column).name())
            .isCloseTo(expected[row], within(1e-9));
      }
    }
    HostTensor mask = HostTensor.zeros(Shape.of(ROWS, 6));
    int[] observed = {0, 2, 5, 6, 7, 14};
    Arrays.stream(observed).forEach(place -> mask.data()[place] = 1);
    double[] logProb = run(
        in -> likelihood.logProb(
            new Inputs(in.get(0), Conditions.of(Map.of(Inputs.MASK, in.get(2)))), in.get(1)),
        rows(),
        decoded(),
        mask);
    for (int row = 0; row < ROWS; row++) {
      int from = row * 6;
      double expected = Arrays.stream(observed)
          .filter(place -> place >= from && place < from + 6)
          .mapToDouble(place -> each[place])
          .sum();
      assertThat(logProb[row]).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  @DisplayName("expects and draws what each column's likelihood does, in the order of the columns")
  void meanAndSample() {
    ColumnsLikelihood likelihood = likelihood(overrides("a=b=beta"));
    HostTensor noise = HostTensor.zeros(likelihood.noise(Shape.of(6)).prepend(ROWS));
    RandomStream.of(6).child("uniform").fillUniform(noise.data(), 0.1, 0.9);
    double[] means = run(in -> likelihood.mean(in.get(0)), decoded());
    double[] draws =
        run(in -> likelihood.sample(in.get(0), in.get(1), in.get(1)), decoded(), noise);
    int[] noiseOf = {1, 1, 40, 1, 1, 14};
    int[] noiseFrom = {0, 2, 3, 1, 43, 44};
    for (int column = 0; column < SINGLES.size(); column++) {
      Single single = SINGLES.get(column);
      HostTensor outputs = places(decoded(), single.outputs());
      int from = noiseFrom[column];
      HostTensor own =
          places(noise, IntStream.range(from, from + noiseOf[column]).toArray());
      double[] mean = run(in -> single.likelihood().mean(in.get(0)), outputs);
      double[] draw =
          run(in -> single.likelihood().sample(in.get(0), in.get(1), in.get(1)), outputs, own);
      for (int row = 0; row < ROWS; row++) {
        assertThat(means[row * 6 + column]).isCloseTo(mean[row], within(1e-9));
        assertThat(draws[row * 6 + column]).isCloseTo(draw[row], within(1e-9));
      }
    }
  }

  @Test
  @DisplayName("starts each column from outputs of its own mean")
  void outputs() {
    ColumnsLikelihood likelihood = likelihood(overrides("a=b=log-normal"));
    double[] means = {0.2, 1, 12, -1, 0.25, 3};
    double[] outputs =
        likelihood.outputsFor(Shape.of(6), means, new double[] {1, 1, 8, 0.5, 0.4, 1});
    HostTensor decoded = HostTensor.zeros(Shape.of(1, outputs.length));
    for (int i = 0; i < outputs.length; i++) {
      decoded.data()[i] = (float) outputs[i];
    }
    double[] expected = run(in -> likelihood.mean(in.get(0)), decoded);
    for (int column : new int[] {0, 2, 3, 4, 5}) {
      assertThat(expected[column]).isCloseTo(means[column], within(1e-3));
    }
  }

  @Test
  @DisplayName("names the column of a number that has no probability, unless it was not observed")
  void support() {
    ColumnsLikelihood likelihood = likelihood(overrides("age=log-normal"));
    assertThatThrownBy(() -> likelihood.check(rows()))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("column 'age'", "log-normal", "above 0", "-0.4");
    HostTensor mask = HostTensor.zeros(rows().shape());
    Arrays.fill(mask.data(), 1);
    IntStream.range(0, ROWS).forEach(row -> mask.data()[row * 6] = 0);
    assertThatCode(() -> likelihood.check(rows(), mask)).doesNotThrowAnyException();
    assertThat(likelihood.takesAnyNumber(0)).isFalse();
    assertThat(likelihood.takesAnyNumber(2)).isFalse();
    assertThat(likelihood.takesAnyNumber(3)).isTrue();
    assertThat(likelihood.isDensity()).isTrue();
  }

  private static void refused(Options options, String... parts) {
    assertThatThrownBy(() -> likelihood(options))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("likelihood columns")
        .hasMessageContainingAll(parts);
  }

  @Test
  @DisplayName("refuses columns and distributions that there are not, or that do not fit")
  void refusals() {
    refused(overrides("size=poisson"), "no column 'size'", "age", "height");
    refused(overrides("age"), "'age'", "such as age=poisson");
    refused(overrides("age=normal"), "'normal'", "gaussian, gaussian-mixture");
    refused(overrides("colour=poisson"), "'colour' is categorical", "categorical");
    refused(overrides("member=gaussian"), "'member' is binary", "bernoulli");
    refused(Options.none().with("numeric", "categorical"), "'age' is numeric", "laplace");
    refused(Options.none().with("numeric", "cauchy"), "numeric", "gaussian");
    assertThatThrownBy(() -> ColumnsLikelihood.of(
            new DeclaredOptions("likelihood columns", List.of(ColumnsLikelihood.options()))
                .complete(Options.none()),
            ModelContext.of(Shape.of(3), 2)))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("likelihood columns", "table");
  }
}
