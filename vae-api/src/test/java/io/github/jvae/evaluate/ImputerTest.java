package io.github.jvae.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.data.Standardization;
import io.github.jvae.data.TableSample;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Decoder;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Model;
import io.github.jvae.model.Posterior;
import io.github.jvae.objective.Iwae;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Imputation of a linear-Gaussian model, {@code x = w z + b + σ ε} with one latent dimension, where
 * every conditional is known.
 */
@DisplayName("Imputation")
class ImputerTest {
  private static final double[] W = {0.8, -1.2, 0.5, 1.5};
  private static final double[] B = {0.2, -0.5, 1, 0};
  private static final double SIGMA = 0.6;
  private static final int SAMPLES = 5000;

  private static final Columns TABLE = new Columns(List.of(
      new Column("a", ColumnKind.NUMERIC),
      new Column("b", ColumnKind.NUMERIC),
      new Column("c", ColumnKind.NUMERIC),
      new Column("d", ColumnKind.NUMERIC)));

  private static final Standardization UNITS =
      new Standardization(List.of(10.0, 0.0, -3.0, 1.0), List.of(2.0, 1.0, 0.5, 4.0));

  private static Tensor row(Tensor of, double... numbers) {
    HostTensor row = HostTensor.zeros(Shape.of(1, numbers.length));
    for (int i = 0; i < numbers.length; i++) {
      row.data()[i] = (float) numbers[i];
    }
    return of.trace().constant(row);
  }

  /** Nearer to the posterior of complete rows than the prior is, and of none with gaps. */
  private static final class Guess implements Encoder {
    @Override
    public Posterior encode(Inputs in) {
      Tensor mean = in.x().matmul(row(in.x(), W).reshape(4, 1)).multiply(0.15);
      return new DiagonalGaussian(mean, mean.multiply(0).add(Math.log(0.5)));
    }
  }

  private static final class Line implements Decoder {
    @Override
    public Tensor decode(Tensor z, Conditions conditions) {
      return z.multiply(row(z, W)).add(row(z, B));
    }
  }

  private static ModelRuntime runtime(ReferenceBackend backend, boolean masked) {
    TreeMap<String, Shape> conditions = new TreeMap<>();
    if (masked) {
      conditions.put(Inputs.MASK, Shape.of(4));
    }
    return new ModelRuntime(
        backend,
        Shape.of(4),
        conditions,
        new Model(1, new Guess(), new Line(), new StandardNormal(), Gaussian.fixed(SIGMA)),
        new Iwae(1));
  }

  /** In the data's units, as the model sees them through {@link #UNITS}. */
  private static TableSample sample() {
    double[][] seen = {{0.9, -1.3, 1.4, 1.1}, {-1, 1, 0.2, -2}, {0, 0, 0, 0}};
    boolean[] observed = {
      true, false, true, true, //
      false, true, false, false, //
      true, true, true, true
    };
    float[] numbers = new float[12];
    for (int i = 0; i < 12; i++) {
      numbers[i] = (float)
          (seen[i / 4][i % 4] * UNITS.deviations().get(i % 4) + UNITS.means().get(i % 4));
    }
    return TableSample.of(TABLE, numbers).withMask(observed);
  }

  /** The mean and the variance of what is missing, as the model sees it. */
  private static double[] conditional(double[] x, boolean[] observed, int missing) {
    double precision = 1;
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      if (observed[i]) {
        precision += W[i] * W[i] / (SIGMA * SIGMA);
        sum += W[i] * (x[i] - B[i]) / (SIGMA * SIGMA);
      }
    }
    double w = W[missing];
    return new double[] {w * sum / precision + B[missing], w * w / precision + SIGMA * SIGMA};
  }

  private static List<Imputation> impute(int samples) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults());
        Imputer imputer = new Imputer(runtime(backend, true), Transforms.of(UNITS))) {
      List<Imputation> rows = new ArrayList<>();
      imputer.impute(sample(), samples, 3, rows::add);
      return rows;
    }
  }

  @Test
  @DisplayName("of a linear-Gaussian model has the conditional means and variances, in the data's"
      + " own units, within four standard errors")
  void exact() {
    TableSample data = sample();
    List<Imputation> rows = impute(SAMPLES);
    assertThat(rows).hasSize(3);
    for (int row = 0; row < 3; row++) {
      Imputation imputation = rows.get(row);
      assertThat(imputation.index()).isEqualTo(row);
      assertThat(imputation.effectiveSampleSize()).isBetween(SAMPLES / 20.0, (double) SAMPLES);
      double[] seen = new double[4];
      boolean[] observed = new boolean[4];
      for (int i = 0; i < 4; i++) {
        observed[i] = imputation.isObserved(i);
        seen[i] = (data.tensor(row).data()[i] - UNITS.means().get(i))
            / UNITS.deviations().get(i);
      }
      for (int i = 0; i < 4; i++) {
        if (observed[i]) {
          assertThat((float) imputation.mean(i)).isEqualTo(data.tensor(row).data()[i]);
          assertThat(imputation.variance(i)).isZero();
          continue;
        }
        double deviation = UNITS.deviations().get(i);
        double[] expected = conditional(seen, observed, i);
        double variance = expected[1] * deviation * deviation;
        double size = imputation.effectiveSampleSize();
        assertThat(imputation.mean(i))
            .isCloseTo(
                expected[0] * deviation + UNITS.means().get(i),
                within(4 * Math.sqrt(variance / size)));
        assertThat(imputation.variance(i))
            .isCloseTo(variance, within(4 * variance * Math.sqrt(2 / size)));
      }
    }
  }

  @Test
  @DisplayName("rests on weights whose mean is the density of what was observed alone")
  void density() {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults());
        LogLikelihoodEstimator estimator =
            new LogLikelihoodEstimator(runtime(backend, true), Proposal.POSTERIOR)) {
      TableSample data = sample();
      for (int row = 0; row < 3; row++) {
        double precision = 1;
        double along = 0;
        double rest = 0;
        int count = 0;
        for (int i = 0; i < 4; i++) {
          if (data.mask().orElseThrow().isObserved(row, i)) {
            double seen = (data.tensor(row).data()[i] - UNITS.means().get(i))
                    / UNITS.deviations().get(i)
                - B[i];
            precision += W[i] * W[i] / (SIGMA * SIGMA);
            along += W[i] * seen / (SIGMA * SIGMA);
            rest += seen * seen / (SIGMA * SIGMA);
            count++;
          }
        }
        double expected = -0.5
            * (count * Math.log(2 * Math.PI * SIGMA * SIGMA)
                + Math.log(precision)
                + rest
                - along * along / precision);
        LogLikelihoodEstimate estimate = estimator.estimate(
            data.slice(row, row + 1), SAMPLES, Transforms.of(UNITS), 5, done -> {});
        assertThat(estimate.logLikelihood())
            .isCloseTo(expected, within(4 * estimate.samplingError() + 1e-4));
      }
    }
  }

  @Test
  @DisplayName("keeps what was observed, and draws gaps as often as their weights say")
  void drawn() {
    Imputation imputation = impute(SAMPLES).get(0);
    double sum = 0;
    double squares = 0;
    int count = 2000;
    RandomStream random = RandomStream.of(8);
    for (int i = 0; i < count; i++) {
      float[] row = imputation.drawn(random);
      assertThat(row[0]).isEqualTo(sample().tensor(0).data()[0]);
      sum += row[1];
      squares += row[1] * row[1];
    }
    double variance = imputation.variance(1);
    double mean = sum / count;
    assertThat(mean).isCloseTo(imputation.mean(1), within(4 * Math.sqrt(variance / count) + 0.05));
    assertThat(squares / count - mean * mean)
        .isCloseTo(variance, within(4 * variance * Math.sqrt(2.0 / count) + 0.05));
    assertThat(imputation.expected(TABLE)[1]).isEqualTo((float) imputation.mean(1));
  }

  @Test
  @DisplayName("does not depend on how the draws are divided, but for its seed")
  void reproducible() {
    double[] once = means(impute(100));
    assertThat(means(impute(100))).isEqualTo(once);
  }

  private static double[] means(List<Imputation> rows) {
    return rows.stream().mapToDouble(row -> row.mean(1)).toArray();
  }

  @Test
  @DisplayName("needs a model that is told which numbers were observed, and draws")
  void refusals() {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      assertThatThrownBy(() -> new Imputer(runtime(backend, false), Transforms.none()))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("not told which numbers were observed", "--condition mask");
      try (Imputer imputer = new Imputer(runtime(backend, true), Transforms.none())) {
        assertThatThrownBy(() -> imputer.impute(sample(), 0, 1, row -> {}))
            .isInstanceOf(VaeException.class)
            .hasMessageContaining("at least 1 draw");
      }
    }
  }
}
