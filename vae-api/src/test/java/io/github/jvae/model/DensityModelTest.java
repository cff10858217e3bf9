package io.github.jvae.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A density of the examples themselves")
class DensityModelTest {
  private static final DensityModel MODEL =
      DensityModel.of(Shape.of(2, 1), 2, new StandardNormal());

  @Test
  @DisplayName("has the logarithm of the prior's density for its ELBO, for any number of draws")
  void bound() {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      double[] elbo = backend
          .compile((trace, in) -> List.of(MODEL
              .bound(
                  new Inputs(in.get(0), Conditions.none()), in.get(1), DivergenceForm.CLOSED_FORM)
              .elbo()))
          .runExactly(
              HostTensor.of(Shape.of(2, 2, 1), new float[] {0, 0, 3, -4}),
              HostTensor.of(Shape.of(4, 1), new float[] {5, 6, 7, 8}))
          .get(0);
      double normaliser = -Math.log(2 * Math.PI);
      assertThat(elbo)
          .containsExactly(
              new double[] {normaliser, normaliser, normaliser - 12.5, normaliser - 12.5},
              within(1e-9));
    }
  }

  @Test
  @DisplayName("decodes to the example that its latent vector is")
  void decode() {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      HostTensor x = HostTensor.of(Shape.of(1, 2, 1), new float[] {0.5f, -2});
      HostTensor back = backend
          .evaluate(
              (trace, in) -> List.of(MODEL.decode(
                  MODEL.encode(new Inputs(in.get(0), Conditions.none())).mean(),
                  Conditions.none())),
              x)
          .get(0);
      assertThat(back).isEqualTo(x);
    }
  }

  @Test
  @DisplayName("wants as large a latent vector as an example is")
  void extent() {
    assertThatThrownBy(() -> DensityModel.of(Shape.of(2, 3), 5, new StandardNormal()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("a density of examples [2, 3] has the latent extent 6, not 5; set it to 6");
  }
}
