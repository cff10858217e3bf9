package io.github.jvae.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.prior.HypersphericalUniform;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The standard model")
class ModelTest {
  private static final int BATCH = 3;
  private static final int LATENT = 2;

  /** The example itself is the mean, and the condition "shift" is added to it. */
  private record Shifted(boolean repeats) implements Encoder {
    @Override
    public Posterior encode(Inputs in) {
      Tensor mean = in.x().add(in.conditions().get("shift"));
      DiagonalGaussian gaussian = new DiagonalGaussian(mean, mean.multiply(0.5).negate());
      return repeats ? gaussian : new Unrepeatable(gaussian);
    }
  }

  /** A Gaussian that knows nothing but its draws. */
  private record Unrepeatable(DiagonalGaussian inner) implements Posterior {
    @Override
    public Tensor mean() {
      return inner.mean();
    }

    @Override
    public Draw draw(Tensor noise) {
      return inner.draw(noise);
    }
  }

  private record Identity() implements Decoder {
    @Override
    public Tensor decode(Tensor z, Conditions conditions) {
      return z.multiply(conditions.get("shift"));
    }
  }

  private static Model model(boolean repeats) {
    return new Model(
        LATENT, new Shifted(repeats), new Identity(), new StandardNormal(), Gaussian.fixed(0.5));
  }

  private static HostTensor normal(String name, int... extents) {
    HostTensor result = HostTensor.zeros(Shape.of(extents));
    RandomStream.of(1).child(name).fillGaussian(result.data());
    return result;
  }

  private static double[] bounds(boolean repeats, DivergenceForm form, HostTensor noise) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      return backend
          .compile((trace, in) -> List.of(model(repeats)
              .bound(
                  new Inputs(in.get(0), Conditions.of(Map.of("shift", in.get(1)))), in.get(2), form)
              .elbo()))
          .runExactly(normal("x", BATCH, LATENT), normal("shift", BATCH, LATENT), noise)
          .get(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "has the bound of several draws in a row, whether or not its posterior can be repeated")
  void severalDraws(DivergenceForm form) {
    int draws = 4;
    HostTensor noise = normal("noise", BATCH * draws, LATENT);
    double[] together = bounds(true, form, noise);
    assertThat(together).hasSize(BATCH * draws).doesNotHaveDuplicates();
    for (int draw = 0; draw < draws; draw++) {
      HostTensor one = HostTensor.zeros(Shape.of(BATCH, LATENT));
      for (int i = 0; i < one.data().length; i++) {
        one.data()[i] = noise.data()[(i / LATENT * draws + draw) * LATENT + i % LATENT];
      }
      double[] apart = bounds(true, form, one);
      for (int example = 0; example < BATCH; example++) {
        assertThat(together[example * draws + draw]).isCloseTo(apart[example], within(1e-12));
      }
    }
    if (form == DivergenceForm.SAMPLED) {
      assertThat(bounds(false, form, noise)).containsExactly(together, within(1e-12));
    }
  }

  @Test
  @DisplayName("refuses noise that is no whole number of draws for each example")
  void wrongNoise() {
    assertThatThrownBy(() -> bounds(true, DivergenceForm.SAMPLED, normal("noise", 7, LATENT)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContainingAll("noise", "[6, 2]", "[7, 2]");
  }

  @Test
  @DisplayName("says which condition a component misses, and which there are")
  void missingCondition() {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      assertThatThrownBy(() -> backend.evaluate(
              (trace, in) -> List.of(model(true)
                  .encode(new Inputs(in.get(0), Conditions.of(Map.of("label", in.get(0)))))
                  .mean()),
              normal("x", BATCH, LATENT)))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("shift", "label");
    }
  }

  @Test
  @DisplayName("says what to use where a posterior cannot give the log-probability of any z")
  void unknownDensity() {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      assertThatThrownBy(() -> backend.evaluate(
              (trace, in) -> List.of(
                  new Unrepeatable(new DiagonalGaussian(in.get(0), in.get(0))).logProb(in.get(0))),
              normal("x", BATCH, LATENT)))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("Unrepeatable", "draw(noise).logProb()");
    }
  }

  @Test
  @DisplayName("tells what each dimension adds to the divergence where the prior knows it")
  void divergences() {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      List<double[]> values = backend
          .compile((trace, in) -> {
            Inputs inputs = new Inputs(in.get(0), Conditions.of(Map.of("shift", in.get(1))));
            Encoded encoded = model(true).encode(inputs);
            Draw draw = new Draw(in.get(0), () -> in.get(0).sum(1));
            return List.of(
                encoded.divergence().orElseThrow().sum(1),
                model(true).kl(model(true).posterior(inputs), draw, inputs.conditions()));
          })
          .runExactly(normal("x", BATCH, LATENT), normal("shift", BATCH, LATENT));
      assertThat(values.get(0)).containsExactly(values.get(1), within(1e-12));
    }
    assertThat(Optional.of(model(false)).map(LatentModel::latent)).contains(LATENT);
  }

  @Test
  @DisplayName("has posterior and prior on the same space, or is refused")
  void spaces() {
    Encoder sphere = new Encoder() {
      @Override
      public Posterior encode(Inputs in) {
        throw new AssertionError("nothing is recorded");
      }

      @Override
      public LatentSpace space() {
        return LatentSpace.SPHERE;
      }
    };
    assertThat(new Model(
                LATENT, sphere, new Identity(), new HypersphericalUniform(), Gaussian.fixed(1))
            .latent())
        .isEqualTo(LATENT);
    assertThatThrownBy(() ->
            new Model(LATENT, sphere, new Identity(), new StandardNormal(), Gaussian.fixed(1)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("unit sphere", "standard-normal", "hyperspherical-uniform");
    assertThatThrownBy(() -> new Model(
            LATENT,
            new Shifted(true),
            new Identity(),
            new HypersphericalUniform(),
            Gaussian.fixed(1)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("unit sphere");
  }
}
