package io.github.jvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.VaeException;
import io.github.jvae.flow.Jacobian;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.PosteriorFamily;
import io.github.jvae.model.Rows;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.option.internal.DeclaredOptions;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.reference.Evaluation;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Families of posteriors on the whole space against quadrature and formulas. */
@DisplayName("A posterior")
class PosteriorsTest {
  private static final int BATCH = 3;

  /** A family for an extent of the latent vector. */
  private record Case(PosteriorFamily family, int latent) {

    /** Returns what the heads make of a batch, behind other inputs. */
    HostTensor[] inputs(int batch, HostTensor... first) {
      List<HostTensor> inputs = new ArrayList<>(List.of(first));
      family
          .heads(latent)
          .forEach((head, size) ->
              inputs.add(Evaluation.normal(family.name() + " " + head, 0.7, batch, size)));
      return inputs.toArray(HostTensor[]::new);
    }

    Posterior posterior(List<Tensor> in, int from) {
      Map<String, Tensor> heads = new LinkedHashMap<>();
      List<String> names = List.copyOf(family.heads(latent).keySet());
      for (int i = 0; i < names.size(); i++) {
        heads.put(names.get(i), in.get(from + i));
      }
      return family.of(heads, new Inputs(in.get(from)));
    }

    /** Evaluates what becomes of the posterior and of the first input. */
    List<double[]> evaluate(
        BiFunction<Posterior, Tensor, List<Tensor>> recorded, int batch, HostTensor first) {
      return Evaluation.of(
          family, in -> recorded.apply(posterior(in, 1), in.get(0)), inputs(batch, first));
    }

    HostTensor noise(int batch) {
      return Evaluation.normal("noise", 1, batch, family.noiseSize(latent));
    }

    @Override
    public String toString() {
      return family.name() + " of " + latent;
    }
  }

  private static FlowFamily iaf(int latent) {
    Options few = Options.none().with("hidden", OptionValue.of(List.of(16)));
    return FlowFamily.iaf(
        new DeclaredOptions("posterior iaf", List.of(FlowFamily.iafOptions())).complete(few),
        ModelContext.of(Shape.of(1, 2, 2), latent));
  }

  private static FlowFamily householder() {
    return FlowFamily.householder(
        new DeclaredOptions("posterior householder", List.of(FlowFamily.householderOptions()))
            .complete(Options.none()));
  }

  private static Case planar() {
    return new Case(
        FlowFamily.planar(
            new DeclaredOptions("posterior planar", List.of(FlowFamily.planarOptions()))
                .complete(Options.none())),
        2);
  }

  /** Those that know the density of any latent vector. */
  static Stream<Case> everywhere() {
    return IntStream.of(1, 2, 4)
        .boxed()
        .flatMap(latent -> Stream.of(
            new Case(new FullCovariance(), latent),
            new Case(householder(), latent),
            new Case(iaf(latent), latent)));
  }

  static Stream<Case> all() {
    return Stream.concat(everywhere(), Stream.of(planar()));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  @DisplayName("gives its own draw the density that it gives any vector")
  void ownDraw(Case each) {
    List<double[]> values = each.evaluate(
        (posterior, noise) -> {
          Draw draw = posterior.draw(noise);
          return List.of(draw.logProb(), posterior.logProb(draw.z()));
        },
        BATCH,
        each.noise(BATCH));
    for (int i = 0; i < BATCH; i++) {
      assertThat(values.get(0)[i]).isCloseTo(values.get(1)[i], within(1e-8));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("draws with the density that its Jacobian gives the noise")
  void density(Case each) {
    List<double[]> values = each.evaluate(
        (posterior, noise) -> {
          List<Tensor> outputs = new ArrayList<>();
          outputs.add(posterior.draw(noise).logProb());
          outputs.add(new StandardNormal().logProb(noise, Conditions.none()));
          outputs.addAll(Jacobian.record(moved -> posterior.draw(moved).z(), noise));
          return outputs;
        },
        BATCH,
        each.noise(BATCH));
    for (int i = 0; i < BATCH; i++) {
      Jacobian jacobian = Jacobian.of(values.subList(2, values.size()), i);
      double expected = values.get(1)[i] - jacobian.logDeterminant();
      assertThat(values.get(0)[i]).isCloseTo(expected, within(1e-6));
    }
  }

  static Stream<Case> small() {
    return everywhere().filter(each -> each.latent() <= 2);
  }

  @ParameterizedTest
  @MethodSource("small")
  @DisplayName("is a density, and draws have its moments")
  void moments(Case each) {
    int latent = each.latent();
    int points = 401;
    double edge = 14;
    HostTensor grid = Evaluation.grid(-edge, edge, points, latent);
    double[] logProb = each.evaluate(
            (posterior, z) -> List.of(
                posterior.repeat(grid.shape().dimension(0)).orElseThrow().logProb(z)),
            1,
            grid)
        .get(0);
    double cell = Math.pow(2 * edge / (points - 1), latent);
    double mass = 0;
    double[][] moments = new double[4][latent];
    for (int i = 0; i < logProb.length; i++) {
      double weight = Math.exp(logProb[i]) * cell;
      mass += weight;
      for (int axis = 0; axis < latent; axis++) {
        for (int power = 0; power < 4; power++) {
          moments[power][axis] += weight * Math.pow(grid.data()[latent * i + axis], power + 1);
        }
      }
    }
    assertThat(mass).isCloseTo(1, within(1e-3));
    int draws = 20_000;
    double[] z = each.evaluate(
            (posterior, noise) ->
                List.of(posterior.repeat(draws).orElseThrow().draw(noise).z()),
            1,
            each.noise(draws))
        .get(0);
    for (int axis = 0; axis < latent; axis++) {
      for (int power = 1; power <= 2; power++) {
        double sum = 0;
        for (int i = axis; i < z.length; i += latent) {
          sum += Math.pow(z[i], power);
        }
        double mean = moments[power - 1][axis];
        double error = Math.sqrt((moments[2 * power - 1][axis] - mean * mean) / draws);
        assertThat(sum / draws).isCloseTo(mean, within(4 * error));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("repeated is that of repeated examples, and stands for draws of noise 0")
  void repeated(Case each) {
    int times = 2;
    List<double[]> values = each.evaluate(
        (posterior, noise) -> {
          Posterior repeated = posterior.repeat(times).orElseThrow();
          Tensor some = noise.slice(0, 0, BATCH);
          return List.of(
              repeated.draw(noise).logProb(),
              repeated.draw(Rows.repeat(some, times)).z(),
              Rows.repeat(posterior.draw(some).z(), times),
              posterior.mean(),
              posterior.draw(some.multiply(0)).z());
        },
        BATCH,
        each.noise(BATCH * times));
    assertThat(values.get(0)).hasSize(BATCH * times);
    assertThat(values.get(1)).isEqualTo(values.get(2));
    assertThat(values.get(3)).isEqualTo(values.get(4));
  }

  @Test
  @DisplayName("of full covariance has the divergence of its formula")
  void fullCovariance() {
    int latent = 3;
    Case each = new Case(new FullCovariance(), latent);
    HostTensor[] heads = each.inputs(BATCH);
    double[] known = each.evaluate(
            (posterior, noise) -> {
              Draw unasked = new Draw(noise, () -> {
                throw new AssertionError("a closed form asks for no density");
              });
              return List.of(new StandardNormal().kl(posterior, unasked, Conditions.none()));
            },
            BATCH,
            each.noise(BATCH))
        .get(0);
    for (int i = 0; i < BATCH; i++) {
      float[] mean = heads[0].rows(i, i + 1).data();
      double[][] covariance = covariance(latent, heads[1].rows(i, i + 1).data());
      double twice = -latent - Jacobian.logDeterminant(covariance);
      for (int row = 0; row < latent; row++) {
        twice += mean[row] * (double) mean[row] + covariance[row][row];
      }
      assertThat(known[i]).isCloseTo(twice / 2, within(1e-6));
    }
  }

  /** Returns Σ = C Cᵀ. */
  private static double[][] covariance(int latent, float[] factor) {
    double[][] c = new double[latent][latent];
    int place = latent;
    for (int row = 0; row < latent; row++) {
      c[row][row] = Math.exp(factor[row] / 2);
      for (int column = 0; column < row; column++) {
        c[row][column] = c[row][row] * factor[place];
        place++;
      }
    }
    double[][] covariance = new double[latent][latent];
    for (int i = 0; i < latent; i++) {
      for (int j = 0; j < latent; j++) {
        for (int k = 0; k < latent; k++) {
          covariance[i][j] += c[i][k] * c[j][k];
        }
      }
    }
    return covariance;
  }

  @ParameterizedTest
  @MethodSource("closed")
  @DisplayName("has the divergence in closed form that draws estimate")
  void closedForm(Case each) {
    int draws = 40_000;
    List<double[]> values = each.evaluate(
        (posterior, noise) -> {
          Posterior repeated = posterior.repeat(draws).orElseThrow();
          Draw draw = repeated.draw(noise);
          StandardNormal prior = new StandardNormal();
          return List.of(
              prior.kl(posterior, draw, Conditions.none()),
              draw.logProb().subtract(prior.logProb(draw.z(), Conditions.none())));
        },
        1,
        each.noise(draws));
    double sum = 0;
    double squares = 0;
    for (double value : values.get(1)) {
      sum += value;
      squares += value * value;
    }
    double mean = sum / draws;
    double error = Math.sqrt((squares / draws - mean * mean) / draws);
    assertThat(values.get(0)).hasSize(1);
    assertThat(values.get(0)[0]).isCloseTo(mean, within(4 * error));
  }

  static Stream<Case> closed() {
    return Stream.of(
        new Case(new FullCovariance(), 1),
        new Case(new FullCovariance(), 4),
        new Case(householder(), 3));
  }

  @Test
  @DisplayName("of planar maps knows the density of its own draws only, and says so")
  void planarLogProb() {
    Case each = planar();
    assertThatThrownBy(() -> each.evaluate(
            (posterior, z) -> List.of(posterior.logProb(z)), BATCH, each.noise(BATCH)))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("own draws");
  }

  @Test
  @DisplayName("of flows takes no maps for a mistake")
  void noMaps() {
    assertThatThrownBy(
            () -> new DeclaredOptions("posterior planar", List.of(FlowFamily.planarOptions()))
                .complete(Options.none().with("maps", 0)))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("posterior planar", "maps", "from 1", "0");
  }
}
