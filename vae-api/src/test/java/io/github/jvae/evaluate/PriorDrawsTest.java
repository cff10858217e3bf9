package io.github.jvae.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.plugin.Kind;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Draws from a prior")
class PriorDrawsTest {
  private static final int DRAWS = 20_000;

  private static Vae.Builder builder() {
    return Vae.builder().backend(new ReferenceModule()).input(1, 2, 3).mlp(3).latent(1);
  }

  private static Vae.Builder ladder() {
    return builder()
        .latent(2)
        .component(
            Kind.MODEL,
            ComponentConfig.of("ladder").with("blocks", new int[] {2, 1}).with("width", 4));
  }

  /** Two levels of one number each, the lower one's Gaussian linear in the upper one. */
  private static Vae.Builder linear() {
    return builder().component(Kind.MODEL, ComponentConfig.of("hvae").with("hidden", new int[0]));
  }

  /** Builds a model all of whose parameters are at random, as those of a trained one are. */
  private static Vae random(Vae.Builder builder) {
    Vae vae = builder.build();
    Map<String, HostTensor> values = new LinkedHashMap<>();
    vae.parameters().forEach((name, value) -> {
      HostTensor random = HostTensor.zeros(value.shape());
      RandomStream.of(4).child(name).fillGaussian(random.data());
      for (int i = 0; i < random.data().length; i++) {
        random.data()[i] *= 0.5f;
      }
      values.put(name, random);
    });
    vae.runtime().backend().variables().writeAll(values);
    return vae;
  }

  private static double parameter(Vae vae, String name) {
    return Objects.requireNonNull(
            vae.parameters().get(name), () -> vae.parameters().keySet() + "")
        .data()[0];
  }

  private static void checkMoments(HostTensor z, int column, double mean, double variance) {
    int width = z.shape().dimension(1);
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    for (int i = 0; i < DRAWS; i++) {
      double difference = z.data()[i * width + column] - mean;
      sum += difference;
      squares += difference * difference;
      fourths += Math.pow(difference, 4);
    }
    assertThat(sum / DRAWS).isCloseTo(0, within(4 * Math.sqrt(variance / DRAWS) + 1e-6));
    double error = Math.sqrt((fourths / DRAWS - variance * variance) / DRAWS);
    assertThat(squares / DRAWS).isCloseTo(variance, within(4 * error + 1e-6));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0.6, 0.6", "1.5, 0.3", "0, 0.7"})
  @DisplayName("of two linear levels have the moments that theory gives at their temperatures")
  void linearMoments(double upper, double lower) {
    try (Vae vae = random(linear())) {
      HostTensor z =
          vae.inference().sampleLatents(PriorDraws.of(DRAWS, 3).at(lower).at("z2", upper));
      double slope = parameter(vae, "between.mean.weight");
      double mean = parameter(vae, "between.mean.bias");
      double logSlope = parameter(vae, "between.log_variance.weight");
      double log = parameter(vae, "between.log_variance.bias");
      checkMoments(z, 0, 0, upper * upper);
      // E[exp(a z + c)] of a normal z is exp(c + a² Var(z) / 2).
      double inner = Math.exp(log + logSlope * logSlope * upper * upper / 2);
      checkMoments(z, 1, mean, slope * slope * upper * upper + lower * lower * inner);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  @DisplayName("of a mixture choose a component as before, and draw around it at the temperature")
  void mixture(double temperature) {
    try (Vae vae = random(builder().prior(ComponentConfig.of("mixture").with("components", 3)))) {
      float[] means = vae.parameters().get("prior.means").data();
      float[] logVariances = vae.parameters().get("prior.log_variances").data();
      float[] logits = vae.parameters().get("prior.logits").data();
      double all = 0;
      double mean = 0;
      double square = 0;
      for (int k = 0; k < 3; k++) {
        double weight = Math.exp(logits[k]);
        all += weight;
        mean += weight * means[k];
        square +=
            weight * (means[k] * means[k] + temperature * temperature * Math.exp(logVariances[k]));
      }
      mean /= all;
      HostTensor z = vae.inference().sampleLatents(PriorDraws.of(DRAWS, 3).at(temperature));
      checkMoments(z, 0, mean, square / all - mean * mean);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard-normal", "diagonal-gaussian", "mixture", "vamp", "real-nvp"})
  @DisplayName("are at temperature 1 those of the seed, to the last bit")
  void one(String prior) {
    try (Vae vae = random(builder().latent(2).prior(ComponentConfig.of(prior)))) {
      HostTensor noise = HostTensor.zeros(Shape.of(5, vae.runtime().model().priorNoiseSize()));
      RandomStream.of(7).child("sample").fillGaussian(noise.data());
      HostTensor wanted = vae.runtime()
          .backend()
          .evaluate(
              (trace, in) -> List.of(
                  vae.runtime().model().sample(in.get(0), vae.runtime().conditions(List.of()))),
              noise)
          .get(0);
      assertThat(vae.inference().sampleLatents(5, 7)).isEqualTo(wanted);
      assertThat(vae.inference().sampleLatents(PriorDraws.of(5, 7).at(1).at("z", 1)))
          .isEqualTo(wanted);
      assertThat(vae.inference().sampleLatents(PriorDraws.of(5, 7).at(0.5))).isNotEqualTo(wanted);
    }
  }

  @Test
  @DisplayName("are means at temperature 0, of some groups if only theirs is")
  void zero() {
    try (Vae vae = random(ladder())) {
      HostTensor means = vae.inference().sampleLatents(PriorDraws.of(3, 1).at(0));
      assertThat(means.rows(0, 1)).isEqualTo(means.rows(2, 3));
      HostTensor upper = vae.inference().sampleLatents(PriorDraws.of(3, 1).at("1x2", 0));
      LatentGroup top = vae.runtime().model().groups().get(0);
      assertThat(top.level()).isEqualTo("1x2");
      for (int row = 0; row < 3; row++) {
        assertThat(columns(upper, row, 0, top.size())).isEqualTo(columns(means, 0, 0, top.size()));
      }
      assertThat(upper.rows(0, 1)).isNotEqualTo(upper.rows(1, 2));
    }
  }

  private static HostTensor columns(HostTensor z, int row, int from, int end) {
    HostTensor some = HostTensor.zeros(Shape.of(end - from));
    System.arraycopy(z.data(), row * z.shape().dimension(1) + from, some.data(), 0, end - from);
    return some;
  }

  @Test
  @DisplayName("have fixed groups in common, and draw each of the others anew")
  void fixed() {
    try (Vae vae = random(ladder())) {
      List<LatentGroup> groups = vae.runtime().model().groups();
      for (LatentGroup fixed : groups) {
        HostTensor z =
            vae.inference().sampleLatents(PriorDraws.of(4, 2).fixing(List.of(fixed.name())));
        int place = 0;
        for (LatentGroup group : groups) {
          HostTensor first = columns(z, 0, place, place + group.size());
          for (int row = 1; row < 4; row++) {
            HostTensor other = columns(z, row, place, place + group.size());
            assertThat(other.equals(first)).isEqualTo(group.equals(fixed));
          }
          place += group.size();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hvae", "ladder"})
  @DisplayName("given groups that the same noise drew are the same draws")
  void consistent(String model) {
    try (Vae vae = random(model.equals("hvae") ? linear() : ladder())) {
      HostTensor z = vae.inference().sampleLatents(3, 5);
      for (LatentGroup group : vae.runtime().model().groups()) {
        HostTensor again = vae.inference()
            .sampleLatents(PriorDraws.of(3, 5).fixing(List.of(group.name())).like(z));
        for (int i = 0; i < z.data().length; i++) {
          assertThat(again.data()[i]).isCloseTo(z.data()[i], within(1e-6f));
        }
      }
    }
  }

  @Test
  @DisplayName("below a fixed group are drawn given it")
  void givenAbove() {
    try (Vae vae = random(linear())) {
      HostTensor like = HostTensor.of(Shape.of(1, 2), 1.5f, -9);
      HostTensor z = vae.inference()
          .sampleLatents(PriorDraws.of(DRAWS, 3).fixing(List.of("z2")).like(like));
      double mean =
          parameter(vae, "between.mean.bias") + 1.5 * parameter(vae, "between.mean.weight");
      double log = parameter(vae, "between.log_variance.bias")
          + 1.5 * parameter(vae, "between.log_variance.weight");
      assertThat(z.data()[0]).isEqualTo(1.5f);
      checkMoments(z, 1, mean, Math.exp(log));
    }
  }

  @Test
  @DisplayName("of what has no temperature, or is no group, are refused in one sentence")
  void refused() {
    try (Vae vae = builder()
        .latent(3)
        .component(Kind.POSTERIOR, ComponentConfig.of("von-mises-fisher"))
        .prior(ComponentConfig.of("hyperspherical-uniform"))
        .build()) {
      assertThatThrownBy(() -> vae.inference().sampleLatents(PriorDraws.of(2, 1).at(0.5)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContainingAll("temperature", "latent group z", "sphere", "at 1");
      assertThat(vae.inference().sampleLatents(PriorDraws.of(2, 1).at(1)))
          .isEqualTo(vae.inference().sampleLatents(2, 1));
      assertThatThrownBy(
              () -> vae.inference().sampleLatents(PriorDraws.of(2, 1).fixing(List.of("y"))))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage("there is no latent group 'y' in this model; there is z");
      assertThatThrownBy(() -> vae.inference()
              .sampleLatents(
                  PriorDraws.of(3, 1).fixing(List.of("z")).like(HostTensor.zeros(Shape.of(2, 3)))))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("3", "not of 2");
    }
    for (double temperature : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> PriorDraws.of(1, 1).at(temperature))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("at least 0, not " + temperature);
    }
    assertThatThrownBy(() -> PriorDraws.of(0, 1)).hasMessageContaining("at least 1");
  }
}
