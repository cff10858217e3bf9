package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.compatibility.plugin.BoundedVampPrior;
import io.github.jvae.compatibility.plugin.ColumnsLikelihood;
import io.github.jvae.compatibility.plugin.LabelPrior;
import io.github.jvae.compatibility.plugin.PlanarFlow;
import io.github.jvae.error.VaeException;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.model.Component;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The components of the kit's plugin jar against exact answers, before anything is trained. */
@DisplayName("A plugin's components")
class PluginComponentsTest {
  private static final int LATENT = 2;

  /** Records what a component makes of some inputs. */
  private interface Recorded {
    Tensor of(List<Tensor> inputs);
  }

  private static double[] run(Component component, Recorded recorded, HostTensor... inputs) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      component.parameters().forEach(p -> backend.variables().create(p, p.initialValue(7)));
      return backend
          .compile((trace, in) -> List.of(recorded.of(in)))
          .runExactly(inputs)
          .get(0);
    }
  }

  private static HostTensor grid(double from, double to, int points) {
    HostTensor grid = HostTensor.zeros(Shape.of(points * points, LATENT));
    double step = (to - from) / (points - 1);
    for (int row = 0; row < points; row++) {
      for (int column = 0; column < points; column++) {
        int place = LATENT * (row * points + column);
        grid.data()[place] = (float) (from + step * row);
        grid.data()[place + 1] = (float) (from + step * column);
      }
    }
    return grid;
  }

  private static Draw drawn(PlanarFlow flow, List<Tensor> in) {
    Tensor zero = in.get(0).multiply(0);
    return flow.of(Map.of("mean", zero.add(0.3), "log_variance", zero), new Inputs(zero))
        .draw(in.get(0));
  }

  @Test
  @DisplayName("A planar flow changes the density by the determinant of its Jacobian")
  void planarFlow() {
    PlanarFlow flow = new PlanarFlow(3, LATENT);
    double step = 1e-3;
    HostTensor noise = Numbers.normal("noise", Shape.of(20, LATENT));
    HostTensor moved = HostTensor.zeros(Shape.of(80, LATENT));
    for (int i = 0; i < 80; i++) {
      for (int axis = 0; axis < LATENT; axis++) {
        double way = i % 4 / 2 == axis ? (i % 2 == 0 ? step : -step) : 0;
        moved.data()[i * LATENT + axis] = noise.data()[i / 4 * LATENT + axis] + (float) way;
      }
    }
    double[] z = run(flow, in -> drawn(flow, in).z(), moved);
    double[] logProb = run(flow, in -> drawn(flow, in).logProb(), noise);
    for (int i = 0; i < 20; i++) {
      double[][] slope = new double[LATENT][LATENT];
      for (int from = 0; from < LATENT; from++) {
        int plus = (i * 4 + 2 * from) * LATENT;
        double width = moved.data()[plus + from] - moved.data()[plus + LATENT + from];
        for (int to = 0; to < LATENT; to++) {
          slope[from][to] = (z[plus + to] - z[plus + LATENT + to]) / width;
        }
      }
      double determinant = slope[0][0] * slope[1][1] - slope[0][1] * slope[1][0];
      double normal = -Math.log(2 * Math.PI);
      for (int axis = 0; axis < LATENT; axis++) {
        normal -= 0.5 * Math.pow(noise.data()[i * LATENT + axis], 2);
      }
      assertThat(determinant).isPositive().isNotCloseTo(1, within(1e-3));
      assertThat(logProb[i]).isCloseTo(normal - Math.log(determinant), within(1e-5));
    }
  }

  /** Posteriors about the first two elements of an example. */
  private record FirstTwo() implements Encoder {
    @Override
    public DiagonalGaussian encode(Inputs in) {
      Tensor mean = in.x().slice(1, 0, 2).multiply(4).subtract(2);
      return new DiagonalGaussian(mean, mean.multiply(0.3).subtract(1));
    }
  }

  @Test
  @DisplayName("A VampPrior is a density, and draws what it is the density of")
  void vampPrior() {
    BoundedVampPrior prior = new BoundedVampPrior(5, Shape.of(3), new FirstTwo());
    int points = 301;
    double[] logProb =
        run(prior, in -> prior.logProb(in.get(0), Conditions.none()), grid(-9, 9, points));
    double area = Math.pow(18.0 / (points - 1), 2);
    HostTensor grid = grid(-9, 9, points);
    double mass = 0;
    double[] mean = new double[LATENT];
    double[] square = new double[LATENT];
    for (int i = 0; i < logProb.length; i++) {
      double weight = Math.exp(logProb[i]) * area;
      mass += weight;
      for (int axis = 0; axis < LATENT; axis++) {
        mean[axis] += weight * grid.data()[2 * i + axis];
        square[axis] += weight * Math.pow(grid.data()[2 * i + axis], 2);
      }
    }
    assertThat(mass).isCloseTo(1, within(1e-6));
    int draws = 20_000;
    double[] z = run(
        prior,
        in -> prior.sample(in.get(0), Conditions.none()),
        Numbers.normal("draws", Shape.of(draws, LATENT + 1)));
    for (int axis = 0; axis < LATENT; axis++) {
      double sum = 0;
      for (int i = 0; i < draws; i++) {
        sum += z[2 * i + axis];
      }
      double error = Math.sqrt((square[axis] - mean[axis] * mean[axis]) / draws);
      assertThat(sum / draws).isCloseTo(mean[axis], within(4 * error));
    }
  }

  @Test
  @DisplayName("A prior of labels is a unit Gaussian about its label's mean")
  void labelPrior() {
    LabelPrior prior = new LabelPrior(3, LATENT);
    HostTensor labels = HostTensor.of(Shape.of(2, 3), 0, 1, 0, 0, 0, 1);
    HostTensor noise = Numbers.normal("noise", Shape.of(2, LATENT));
    double[] logProb = run(
        prior,
        in -> {
          Conditions conditions = Conditions.of(Map.of("label", in.get(1)));
          return prior.logProb(prior.sample(in.get(0), conditions), conditions);
        },
        noise,
        labels);
    for (int i = 0; i < 2; i++) {
      double expected = -Math.log(2 * Math.PI)
          - 0.5 * (Math.pow(noise.data()[2 * i], 2) + Math.pow(noise.data()[2 * i + 1], 2));
      assertThat(logProb[i]).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  @DisplayName("A likelihood of columns is Bernoulli's on the first and Gauss' on the others")
  void columns() {
    Likelihood columns = new ColumnsLikelihood(2, 0.5);
    HostTensor x = HostTensor.of(Shape.of(1, 4), 1, 0, -0.5f, 1.25f);
    HostTensor decoded = HostTensor.of(Shape.of(1, 4), 0.3f, -1.5f, 0.25f, 2);
    double together =
        run(columns, in -> columns.logProb(new Inputs(in.get(0)), in.get(1)), x, decoded)[0];
    double first = part(new Bernoulli(), x, decoded, 0, 2);
    double rest = part(Gaussian.fixed(0.5), x, decoded, 2, 4);
    assertThat(together).isCloseTo(first + rest, within(1e-9));
    assertThatThrownBy(() -> columns.check(HostTensor.of(Shape.of(1, 4), 1, 0.5f, 0, 0)))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("column 1", "0.5");
  }

  private static double part(
      Likelihood likelihood, HostTensor x, HostTensor decoded, int begin, int end) {
    return run(
        likelihood,
        in -> likelihood.logProb(
            new Inputs(in.get(0).slice(1, begin, end)), in.get(1).slice(1, begin, end)),
        x,
        decoded)[0];
  }
}
