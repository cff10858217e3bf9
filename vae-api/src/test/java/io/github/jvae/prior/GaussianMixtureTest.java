package io.github.jvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A mixture of Gaussians")
class GaussianMixtureTest {
  private static final int LATENT = 4;
  private static final int BATCH = 6;

  private static HostTensor normal(String name, double scale, int... extents) {
    HostTensor result = HostTensor.zeros(Shape.of(extents));
    RandomStream random = RandomStream.of(2).child(name);
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] = (float) (scale * random.nextGaussian());
    }
    return result;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, 65, 500})
  @DisplayName("has the density that its formula gives, however many components it has")
  void density(int components) {
    HostTensor z = normal("z", 1.5, BATCH, LATENT);
    HostTensor mean = normal("mean", 2, components, LATENT);
    HostTensor logVariance = normal("log variance", 1, components, LATENT);
    HostTensor logWeights = normal("weights", 1, components);
    double total = 0;
    for (float weight : logWeights.data()) {
      total += Math.exp(weight);
    }
    double[] actual;
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      double logTotal = Math.log(total);
      actual = backend
          .compile((trace, in) -> List.of(new GaussianMixture(
                  new DiagonalGaussian(in.get(1), in.get(2)), in.get(3).subtract(logTotal))
              .logProb(in.get(0))))
          .runExactly(z, mean, logVariance, logWeights)
          .get(0);
    }
    for (int row = 0; row < BATCH; row++) {
      double density = 0;
      for (int k = 0; k < components; k++) {
        double log = logWeights.data()[k] - Math.log(total);
        for (int axis = 0; axis < LATENT; axis++) {
          double variance = Math.exp(logVariance.data()[k * LATENT + axis]);
          double distance = (double) z.data()[row * LATENT + axis] - mean.data()[k * LATENT + axis];
          log -= 0.5 * (Math.log(2 * Math.PI * variance) + distance * distance / variance);
        }
        density += Math.exp(log);
      }
      assertThat(actual[row]).isCloseTo(Math.log(density), within(1e-6));
    }
  }
}
