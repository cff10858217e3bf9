package io.github.jvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Inputs;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A mixture of discretised logistics over the channels of a pixel")
class LogisticMixtureTest {
  private static final int COMPONENTS = 3;
  private static final LogisticMixture MIXTURE = new LogisticMixture(COMPONENTS);

  private interface Recorded {
    Tensor of(List<Tensor> inputs);
  }

  private static double[] run(Recorded recorded, HostTensor... inputs) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      return backend
          .compile((trace, in) -> List.of(recorded.of(in)))
          .runExactly(inputs)
          .get(0);
    }
  }

  private static double logProb(HostTensor x, HostTensor decoded) {
    return run(in -> MIXTURE.logProb(new Inputs(in.get(0)), in.get(1)), x, decoded)[0];
  }

  private static HostTensor levels(Shape shape) {
    HostTensor x = HostTensor.zeros(shape);
    RandomStream.of(3).child("x").fillUniform(x.data(), 0, 1);
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = Math.round(255 * x.data()[i]) / 255f;
    }
    return x;
  }

  /** What a decoder made of an example; scales are a few levels, so that little is clipped. */
  private static HostTensor decoded(Shape example) {
    Shape made = MIXTURE.decoded(example);
    HostTensor result = HostTensor.zeros(made.prepend(1));
    int channels = example.dimension(0);
    int each = COMPONENTS * example.size() / channels;
    RandomStream random = RandomStream.of(3).child("decoded");
    for (int i = 0; i < result.data().length; i++) {
      int number = i / each;
      if (number == 0) {
        result.data()[i] = (float) random.nextGaussian();
      } else if (number <= channels) {
        result.data()[i] = (float) (0.3 * random.nextGaussian());
      } else if (number <= 2 * channels) {
        result.data()[i] = (float) (-2 + 0.1 * random.nextGaussian());
      } else {
        result.data()[i] = (float) (1 + 0.3 * random.nextGaussian());
      }
    }
    return result;
  }

  /** The formula of PixelCNN++, for pixels from -1 to 1, one pixel at a time. */
  private static double definition(HostTensor x, HostTensor decoded, Shape example) {
    int channels = example.dimension(0);
    int pixels = example.size() / channels;
    double sum = 0;
    for (int p = 0; p < pixels; p++) {
      double mass = 0;
      double total = 0;
      for (int k = 0; k < COMPONENTS; k++) {
        double weight = Math.exp(number(decoded, 0, k, p, pixels));
        total += weight;
        for (int c = 0; c < channels; c++) {
          double level = 2.0 * Math.rint(255 * x.data()[c * pixels + p]) / 255 - 1;
          double mean = number(decoded, 1 + c, k, p, pixels);
          for (int j = 0; j < c; j++) {
            double before = 2.0 * Math.rint(255 * x.data()[j * pixels + p]) / 255 - 1;
            int place = 1 + 2 * channels + c * (c - 1) / 2 + j;
            mean += Math.tanh(number(decoded, place, k, p, pixels)) * before;
          }
          double scale = Math.exp(number(decoded, 1 + channels + c, k, p, pixels));
          double high =
              level > 0.999 ? Double.POSITIVE_INFINITY : (level - mean + 1.0 / 255) / scale;
          double low =
              level < -0.999 ? Double.NEGATIVE_INFINITY : (level - mean - 1.0 / 255) / scale;
          // From the tail that is the smaller, where a difference keeps its digits.
          weight *= low > 0 ? sigmoid(-low) - sigmoid(-high) : sigmoid(high) - sigmoid(low);
        }
        mass += weight;
      }
      sum += Math.log(mass / total);
    }
    return sum;
  }

  private static double number(HostTensor decoded, int which, int k, int pixel, int pixels) {
    return decoded.data()[(which * COMPONENTS + k) * pixels + pixel];
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  @DisplayName("is PixelCNN++'s, coupling of channels included, for images of any channels")
  void definition() {
    for (int channels : new int[] {1, 2, 3, 4}) {
      Shape example = Shape.of(channels, 2, 3);
      HostTensor x = levels(example.prepend(1));
      HostTensor decoded = decoded(example);
      assertThat(logProb(x, decoded)).isCloseTo(definition(x, decoded, example), within(1e-4));
    }
  }

  /** The masses of all 256 x 256 levels of a pixel of two channels. */
  private static double[] masses(HostTensor decoded) {
    int count = 256 * 256;
    HostTensor x = HostTensor.zeros(Shape.of(2, 1, count));
    for (int i = 0; i < count; i++) {
      x.data()[i] = Math.floorDiv(i, 256) / 255f;
      x.data()[count + i] = i % 256 / 255f;
    }
    // Each pair of levels is a pixel of its own, so that none is summed with another.
    double[] logMass = run(
        in -> {
          PixelMixture mixture =
              PixelMixture.of(in.get(1).broadcastTo(in.get(1).shape().with(3, count)), COMPONENTS);
          Tensor images = in.get(0).reshape(1, 2, 1, count);
          return mixture.logMass(mixture.channels(images), Optional.empty());
        },
        x,
        decoded);
    double[] masses = new double[count];
    for (int i = 0; i < count; i++) {
      masses[i] = Math.exp(logMass[i]);
    }
    return masses;
  }

  @Test
  @DisplayName("sums to 1 over both channels, and its mean and its draws are those of the sum")
  void joint() {
    Shape pixel = Shape.of(2, 1, 1);
    HostTensor decoded = decoded(pixel);
    double[] masses = masses(decoded);
    double total = 0;
    double[] mean = new double[2];
    double product = 0;
    double squares = 0;
    for (int i = 0; i < masses.length; i++) {
      double first = Math.floorDiv(i, 256) / 255.0;
      double second = i % 256 / 255.0;
      total += masses[i];
      mean[0] += masses[i] * first;
      mean[1] += masses[i] * second;
      product += masses[i] * first * second;
      squares += masses[i] * first * second * first * second;
    }
    assertThat(total).isCloseTo(1, within(1e-5));
    double[] expected = run(in -> MIXTURE.mean(in.get(0)), decoded);
    assertThat(expected[0]).isCloseTo(mean[0], within(1e-4));
    assertThat(expected[1]).isCloseTo(mean[1], within(2e-3));

    int count = 40_000;
    Shape noise = MIXTURE.noise(Shape.of(2, 1, count));
    HostTensor uniform = HostTensor.zeros(noise.prepend(1));
    RandomStream.of(4).child("uniform").fillUniform(uniform.data(), 0x1p-25, 1 - 0x1p-24);
    double[] drawn = run(
        in -> MIXTURE.sample(
            in.get(0).broadcastTo(in.get(0).shape().with(3, count)), in.get(1), in.get(1)),
        decoded,
        uniform);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += drawn[i] * drawn[count + i];
      assertThat(drawn[i] * 255).isCloseTo(Math.rint(drawn[i] * 255), within(1e-9));
    }
    // Not the product of the means: the channels hang together.
    assertThat(product).isNotCloseTo(mean[0] * mean[1], within(5e-3));
    double error = Math.sqrt((squares - product * product) / count);
    assertThat(sum / count).isCloseTo(product, within(4 * error));
  }

  @Test
  @DisplayName("takes nothing from channels that were not observed, and 0 from hidden pixels")
  void masks() {
    Shape example = Shape.of(3, 1, 2);
    HostTensor decoded = decoded(example);
    HostTensor mask = HostTensor.of(example.prepend(1), 1, 0, 0, 0, 1, 0);
    HostTensor x = levels(example.prepend(1));
    double first = masked(x, decoded, mask);
    for (int i = 0; i < mask.data().length; i++) {
      x.data()[i] = mask.data()[i] == 0 ? 1 - x.data()[i] : x.data()[i];
    }
    assertThat(masked(x, decoded, mask)).isCloseTo(first, within(1e-12));
    assertThat(first).isNegative();
    HostTensor nothing = HostTensor.zeros(example.prepend(1));
    assertThat(masked(x, decoded, nothing)).isCloseTo(0, within(1e-12));
  }

  private static double masked(HostTensor x, HostTensor decoded, HostTensor mask) {
    return run(
        in -> MIXTURE.logProb(
            new Inputs(in.get(0), Conditions.of(Map.of(Inputs.MASK, in.get(2)))), in.get(1)),
        x,
        decoded,
        mask)[0];
  }
}
