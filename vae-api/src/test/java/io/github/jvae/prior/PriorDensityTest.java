package io.github.jvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Prior;
import io.github.jvae.option.Options;
import io.github.jvae.option.internal.DeclaredOptions;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each prior's density by quadrature, in one and in two dimensions, and its draws by that. */
@DisplayName("A prior")
class PriorDensityTest {
  private static final int DRAWS = 40_000;
  private static final double EDGE = 12;
  private static final int CLASSES = 3;

  /** Posteriors about the first elements of an example. */
  private record FirstElements(int latent) implements Encoder {
    @Override
    public DiagonalGaussian encode(Inputs in) {
      Tensor mean = in.x().slice(1, 0, latent).multiply(4).subtract(2);
      return new DiagonalGaussian(mean, mean.multiply(0.3).subtract(1));
    }
  }

  static Stream<Arguments> priors() {
    return Stream.of(1, 2)
        .flatMap(latent -> Stream.of(
                new StandardNormal(),
                new LearnedGaussian(latent),
                new MixturePrior(5, latent),
                new MixturePrior(80, latent),
                new VampPrior(5, Shape.of(3), new FirstElements(latent)),
                new VampPrior(80, Shape.of(3), new FirstElements(latent)),
                conditional(latent))
            .map(prior -> Arguments.of(prior.name(), prior, latent)));
  }

  private static Prior conditional(int latent) {
    DeclaredOptions declared =
        new DeclaredOptions("prior conditional", List.of(ConditionalPrior.options()));
    return ConditionalPrior.of(
        declared.complete(Options.none()),
        ModelContext.of(Shape.of(1, 2, 2), latent)
            .withConditions(Map.of("label", Shape.of(CLASSES), "dose", Shape.of(2))));
  }

  /** Records what a prior makes of some inputs and of conditions, the same for all rows. */
  private interface Recorded {
    Tensor of(List<Tensor> inputs, Conditions conditions);
  }

  /** With every parameter at random, so that none is where it starts. */
  private static double[] run(Prior prior, Recorded recorded, HostTensor... inputs) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      prior.parameters().forEach(p -> {
        HostTensor value = HostTensor.zeros(p.shape());
        RandomStream random = RandomStream.of(5).child(p.name());
        for (int i = 0; i < value.data().length; i++) {
          value.data()[i] = (float) (0.6 * random.nextGaussian());
        }
        backend.variables().create(p, value);
      });
      int rows = inputs[0].shape().dimension(0);
      return backend
          .compile((trace, in) -> List.of(recorded.of(
              in,
              Conditions.of(
                  prior instanceof ConditionalPrior
                      ? Map.of(
                          "label",
                          trace
                              .constant(HostTensor.of(Shape.of(1, CLASSES), 0, 1, 0))
                              .broadcastTo(Shape.of(rows, CLASSES)),
                          "dose",
                          trace.scalar(0.7).broadcastTo(Shape.of(rows, 2)))
                      : Map.of()))))
          .runExactly(inputs)
          .get(0);
    }
  }

  /** Points of a grid with what each stands for in an integral. */
  private record Grid(HostTensor points, double area) {
    static Grid of(int latent) {
      int side = latent == 1 ? 2001 : 241;
      double step = 2 * EDGE / (side - 1);
      int count = latent == 1 ? side : side * side;
      HostTensor points = HostTensor.zeros(Shape.of(count, latent));
      for (int i = 0; i < count; i++) {
        int rest = i;
        for (int axis = 0; axis < latent; axis++) {
          points.data()[i * latent + axis] = (float) (-EDGE + step * (rest % side));
          rest /= side;
        }
      }
      return new Grid(points, Math.pow(step, latent));
    }

    double sum(IntToDoubleFunction integrand) {
      return area
          * IntStream.range(0, points.shape().dimension(0))
              .mapToDouble(integrand)
              .sum();
    }

    double at(int point, int axis) {
      return points.data()[point * points.shape().dimension(1) + axis];
    }
  }

  private static double[] logDensity(Prior prior, Grid grid) {
    return run(prior, (in, known) -> prior.logProb(in.get(0), known), grid.points());
  }

  private static HostTensor noise(String name, int columns) {
    HostTensor noise = HostTensor.zeros(Shape.of(DRAWS, columns));
    RandomStream.of(3).child(name).fillGaussian(noise.data());
    return noise;
  }

  @ParameterizedTest(name = "{0}, {2} dimension(s)")
  @MethodSource("priors")
  @DisplayName("has a density that integrates to 1, and draws what it is the density of")
  void draws(String name, Prior prior, int latent) {
    Grid grid = Grid.of(latent);
    double[] logDensity = logDensity(prior, grid);
    assertThat(grid.sum(i -> Math.exp(logDensity[i]))).isCloseTo(1, within(1e-5));
    double[] z = run(
        prior,
        (in, known) -> prior.sample(in.get(0), known),
        noise("draws", prior.noiseSize(latent)));
    for (int first = 0; first < latent; first++) {
      int a = first;
      checkMoment(grid, logDensity, z, latent, point -> point[a]);
      for (int second = 0; second <= first; second++) {
        int b = second;
        checkMoment(grid, logDensity, z, latent, point -> point[a] * point[b]);
      }
      checkMoment(grid, logDensity, z, latent, point -> Math.pow(point[a], 3));
    }
  }

  private interface Statistic {
    double of(double[] point);
  }

  private static void checkMoment(
      Grid grid, double[] logDensity, double[] z, int latent, Statistic statistic) {
    double expected = grid.sum(i -> Math.exp(logDensity[i]) * value(grid, i, latent, statistic));
    double square =
        grid.sum(i -> Math.exp(logDensity[i]) * Math.pow(value(grid, i, latent, statistic), 2));
    double sum = 0;
    double[] point = new double[latent];
    for (int i = 0; i < DRAWS; i++) {
      System.arraycopy(z, i * latent, point, 0, latent);
      sum += statistic.of(point);
    }
    double error = Math.sqrt((square - expected * expected) / DRAWS);
    assertThat(sum / DRAWS).isCloseTo(expected, within(4 * error));
  }

  private static double value(Grid grid, int place, int latent, Statistic statistic) {
    double[] point = new double[latent];
    for (int axis = 0; axis < latent; axis++) {
      point[axis] = grid.at(place, axis);
    }
    return statistic.of(point);
  }

  @ParameterizedTest(name = "{0}, {2} dimension(s)")
  @MethodSource("priors")
  @DisplayName("has the divergence that quadrature gives, in the mean where it is sampled")
  void divergence(String name, Prior prior, int latent) {
    double mean = 0.4;
    double logVariance = -0.9;
    Grid grid = Grid.of(latent);
    double[] logDensity = logDensity(prior, grid);
    double expected = grid.sum(i -> {
      double logPosterior = 0;
      for (int axis = 0; axis < latent; axis++) {
        double distance = grid.at(i, axis) - mean;
        logPosterior -= 0.5
            * (Math.log(2 * Math.PI) + logVariance + distance * distance / Math.exp(logVariance));
      }
      return Math.exp(logPosterior) * (logPosterior - logDensity[i]);
    });
    double[] kl = run(
        prior,
        (in, known) -> {
          Tensor zero = in.get(0).multiply(0);
          DiagonalGaussian q = new DiagonalGaussian(zero.add(mean), zero.add(logVariance));
          return prior.kl(q, q.draw(in.get(0)), known);
        },
        noise("posterior", latent));
    double average = IntStream.range(0, DRAWS).mapToDouble(i -> kl[i]).average().orElseThrow();
    double square =
        IntStream.range(0, DRAWS).mapToDouble(i -> kl[i] * kl[i]).average().orElseThrow();
    double error = Math.sqrt(Math.max(0, square - average * average) / DRAWS);
    boolean isGaussian = prior instanceof GaussianPrior || prior instanceof StandardNormal;
    assertThat(error < 1e-6).isEqualTo(isGaussian);
    assertThat(average).isCloseTo(expected, within(4 * error + 1e-5));
  }
}
