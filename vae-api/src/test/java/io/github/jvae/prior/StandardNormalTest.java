package io.github.jvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Posterior;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The standard normal prior against formulas written out by hand. */
@DisplayName("The standard normal prior")
class StandardNormalTest {
  private static final double[] MEAN = {0.5, -1};
  private static final double[] LOG_VARIANCE = {-0.5, 0.25};
  private static final double[] Z = {0.75, -2};

  /** A posterior the prior knows no closed form for. */
  private record Wrapped(DiagonalGaussian inner) implements Posterior {
    @Override
    public Tensor mean() {
      return inner.mean();
    }

    @Override
    public Draw draw(Tensor noise) {
      return inner.draw(noise);
    }

    @Override
    public Tensor logProb(Tensor z) {
      return inner.logProb(z);
    }
  }

  private static HostTensor row(double... values) {
    HostTensor result = HostTensor.zeros(Shape.of(1, values.length));
    for (int i = 0; i < values.length; i++) {
      result.data()[i] = (float) values[i];
    }
    return result;
  }

  private static List<double[]> evaluate(boolean closedForm) {
    StandardNormal prior = new StandardNormal();
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      return backend
          .compile((trace, in) -> {
            DiagonalGaussian gaussian = new DiagonalGaussian(in.get(0), in.get(1));
            Posterior posterior = closedForm ? gaussian : new Wrapped(gaussian);
            return List.of(
                prior.logProb(in.get(2), Conditions.none()),
                prior.kl(
                    posterior,
                    new Draw(in.get(2), () -> posterior.logProb(in.get(2))),
                    Conditions.none()),
                posterior.logProb(in.get(2)));
          })
          .runExactly(row(MEAN), row(LOG_VARIANCE), row(Z));
    }
  }

  @Test
  @DisplayName("has the density of N(0, I), normaliser and all")
  void density() {
    double expected = 0;
    for (double z : Z) {
      expected += Math.log(Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI));
    }
    assertThat(evaluate(true).get(0)[0]).isCloseTo(expected, within(1e-12));
  }

  @Test
  @DisplayName("knows the divergence of a diagonal Gaussian in closed form")
  void closedForm() {
    double expected = 0;
    for (int i = 0; i < MEAN.length; i++) {
      expected += 0.5 * (MEAN[i] * MEAN[i] + Math.exp(LOG_VARIANCE[i]) - 1 - LOG_VARIANCE[i]);
    }
    assertThat(evaluate(true).get(1)[0]).isCloseTo(expected, within(1e-12));
  }

  @Test
  @DisplayName("estimates the divergence of any other posterior from the one draw")
  void sampled() {
    List<double[]> values = evaluate(false);
    assertThat(values.get(1)[0]).isEqualTo(values.get(2)[0] - values.get(0)[0]);
  }

  @Test
  @DisplayName("and the posterior has the density of its Gaussian")
  void posteriorDensity() {
    double expected = 0;
    for (int i = 0; i < Z.length; i++) {
      double variance = Math.exp(LOG_VARIANCE[i]);
      expected -= 0.5 * (Math.log(2 * Math.PI * variance) + Math.pow(Z[i] - MEAN[i], 2) / variance);
    }
    assertThat(evaluate(true).get(2)[0]).isCloseTo(expected, within(1e-12));
  }
}
