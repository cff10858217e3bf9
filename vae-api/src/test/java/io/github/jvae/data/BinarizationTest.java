package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Binarization")
class BinarizationTest {
  @Test
  @DisplayName("is called none, threshold or stochastic")
  void names() {
    assertThat(Binarization.of("Stochastic")).isEqualTo(Binarization.STOCHASTIC);
    assertThat(Binarization.THRESHOLD).hasToString("threshold");
    assertThatThrownBy(() -> Binarization.of("dither"))
        .hasMessage(
            "there is no binarization 'dither'; choose one of [none, threshold, stochastic]");
  }

  @Test
  @DisplayName("by threshold turns at one half")
  void threshold() {
    Dataset data = Dataset.of("d", Shape.of(1, 1, 4), new byte[] {0, 127, (byte) 128, (byte) 255});
    float[] read = new float[4];
    Binarization.THRESHOLD.read(data, 0, RandomStream.of(1), read, 0);
    assertThat(read).containsExactly(0, 0, 1, 1);
  }

  @Test
  @DisplayName("by coins makes a pixel 1 as often as its value says, and 0 and 255 never vary")
  void frequencies() {
    int repeats = 200_000;
    byte[] pixels = new byte[256];
    for (int i = 0; i < 256; i++) {
      pixels[i] = (byte) i;
    }
    Dataset data = Dataset.of("ramp", Shape.of(1, 16, 16), pixels);
    double[] ones = new double[256];
    float[] read = new float[256];
    for (int epoch = 0; epoch < repeats; epoch++) {
      Binarization.STOCHASTIC.read(data, 0, Binarization.trainingStream(7, epoch), read, 0);
      for (int i = 0; i < 256; i++) {
        ones[i] += read[i];
      }
    }
    assertThat(ones[0]).isZero();
    assertThat(ones[255]).isEqualTo(repeats);
    for (int i = 0; i < 256; i++) {
      double p = i / 255.0;
      double deviation = Math.sqrt(p * (1 - p) / repeats);
      assertThat(ones[i] / repeats).isCloseTo(p, within(4.5 * deviation + 1e-12));
    }
  }

  @Test
  @DisplayName("by coins is independent from pixel to pixel")
  void independence() {
    byte[] gray = new byte[100_000];
    Arrays.fill(gray, (byte) 128);
    Dataset data = Dataset.of("gray", Shape.of(1, 100, 1000), gray);
    float[] read = new float[gray.length];
    Binarization.STOCHASTIC.read(data, 0, Binarization.testStream(3), read, 0);
    for (int lag = 1; lag <= 4; lag++) {
      double sum = 0;
      for (int i = lag; i < read.length; i++) {
        sum += (read[i] - 0.502) * (read[i - lag] - 0.502);
      }
      assertThat(sum / read.length / 0.25).as("lag %d", lag).isCloseTo(0, within(0.015));
    }
  }

  @Test
  @DisplayName("by coins changes with epoch and seed, and is fixed for testing")
  void streams() {
    byte[] gray = new byte[784];
    Arrays.fill(gray, (byte) 128);
    Dataset data = Dataset.of("gray", Shape.of(1, 28, 28), gray);
    float[] first = coins(data, Binarization.trainingStream(1, 0));
    assertThat(coins(data, Binarization.trainingStream(1, 0))).isEqualTo(first);
    assertThat(coins(data, Binarization.trainingStream(1, 1))).isNotEqualTo(first);
    assertThat(coins(data, Binarization.trainingStream(2, 0))).isNotEqualTo(first);
    assertThat(coins(data, Binarization.testStream(1))).isNotEqualTo(first);
    assertThat(coins(data, Binarization.testStream(1)))
        .isEqualTo(coins(data, Binarization.testStream(1)));
  }

  private static float[] coins(Dataset data, RandomStream stream) {
    float[] read = new float[data.imageShape().size()];
    Binarization.STOCHASTIC.read(data, 0, stream, read, 0);
    return read;
  }
}
