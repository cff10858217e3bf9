package io.github.jvae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.model.Objective;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The evidence lower bound")
class ElboTest {
  private static final Architecture ARCHITECTURE =
      Architecture.mlp(NetworkShapes.of(Shape.of(1, 2, 2), 2), Activation.TANH, 3);

  /** Forgets to sum over the pixels. */
  private static final class PerPixel implements Likelihood {
    @Override
    public void check(HostTensor examples) {
      // All have a density.
    }

    @Override
    public boolean isDensity() {
      return true;
    }

    @Override
    public Tensor logProb(Inputs in, Tensor decoded) {
      return in.x().subtract(decoded).square();
    }

    @Override
    public Tensor mean(Tensor decoded) {
      return decoded;
    }

    @Override
    public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
      return decoded;
    }
  }

  private static void evaluate(Likelihood likelihood, Shape noise) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      Model model = new Model(
          2,
          new NetworkEncoder(ARCHITECTURE.encoder(), new DiagonalGaussianFamily()),
          new NetworkDecoder(ARCHITECTURE.decoder()),
          new StandardNormal(),
          likelihood);
      model.parameters().forEach(p -> backend.variables().create(p, p.initialValue(0)));
      Elbo elbo = new Elbo(DivergenceForm.CLOSED_FORM);
      Computation computation = (trace, in) -> {
        Loss loss = elbo.evaluate(
            model, new Inputs(in.get(0)), in.get(1), Map.of(Objective.KL_WEIGHT, in.get(2)));
        assertThat(loss.terms().keySet()).containsExactlyElementsOf(elbo.terms(model));
        return List.of(loss.loss());
      };
      backend.evaluate(
          computation,
          HostTensor.zeros(Shape.of(5, 1, 2, 2)),
          HostTensor.zeros(noise),
          HostTensor.scalar(1));
    }
  }

  @Test
  @DisplayName("reports the terms it names, in their order")
  void terms() {
    evaluate(new Bernoulli(), Shape.of(5, 2));
  }

  @Test
  @DisplayName("names the noise it needs where it is given another")
  void wrongNoise() {
    assertThatThrownBy(() -> evaluate(new Bernoulli(), Shape.of(5, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContainingAll("noise", "[5, 2]", "[5, 3]");
  }

  @Test
  @DisplayName("names the component that does not return one number per example (R2)")
  void notPerExample() {
    assertThatThrownBy(() -> evaluate(new PerPixel(), Shape.of(5, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContainingAll("likelihood PerPixel", "[5]", "[5, 1, 2, 2]");
  }
}
