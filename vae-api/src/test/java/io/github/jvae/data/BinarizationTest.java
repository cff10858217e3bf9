package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Binarization")
class BinarizationTest {
  @Test
  @DisplayName("is called none, threshold, stochastic or fixed")
  void names() {
    assertThat(Binarization.of("Stochastic")).isEqualTo(Binarization.STOCHASTIC);
    assertThat(Binarization.THRESHOLD).hasToString("threshold");
    assertThatThrownBy(() -> Binarization.of("dither"))
        .hasMessage("there is no binarization 'dither'; choose one of [none, threshold,"
            + " stochastic, fixed]");
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

  private static float[] fixed(Dataset data, int index, RandomStream coins) {
    float[] read = new float[data.imageShape().size()];
    Binarization.FIXED.read(data, index, coins, read, 0);
    return read;
  }

  @Test
  @DisplayName("that is fixed depends on the image alone: not on seed, epoch, place or part")
  void fixedOnce() {
    int count = 50;
    byte[] pixels = new byte[count * 784];
    RandomStream random = RandomStream.of(5);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(256);
    }
    Dataset data = Dataset.of("gray", Shape.of(1, 28, 28), pixels);
    Dataset reversed =
        data.subset(IntStream.range(0, count).map(i -> count - 1 - i).toArray());
    for (int i = 0; i < count; i++) {
      float[] read = fixed(data, i, Binarization.trainingStream(1, 0));
      assertThat(fixed(data, i, Binarization.trainingStream(2, 7))).isEqualTo(read);
      assertThat(fixed(reversed, count - 1 - i, Binarization.testStream(3))).isEqualTo(read);
      assertThat(read).containsOnly(0, 1);
    }
  }

  @Test
  @DisplayName(
      "that is fixed makes pixels 1 as often as their values say, other ones in each image")
  void fixedFrequencies() {
    int images = 4_000;
    byte[] pixels = new byte[images * 100];
    for (int i = 0; i < images; i++) {
      Arrays.fill(pixels, i * 100, (i + 1) * 100, (byte) 64);
      // Something that makes each image another one, and is no coin.
      pixels[i * 100] = (byte) i;
      pixels[i * 100 + 1] = (byte) (i >> 8);
    }
    Dataset data = Dataset.of("gray", Shape.of(1, 10, 10), pixels);
    double[] ones = new double[100];
    for (int i = 0; i < images; i++) {
      float[] read = fixed(data, i, Binarization.testStream(0));
      for (int j = 0; j < 100; j++) {
        ones[j] += read[j];
      }
    }
    double p = 64 / 255.0;
    for (int j = 2; j < 100; j++) {
      assertThat(ones[j] / images)
          .as("pixel %d", j)
          .isCloseTo(p, within(4.5 * Math.sqrt(p * (1 - p) / images)));
    }
  }

  @Test
  @DisplayName("that is fixed has always been the same: models are compared on it")
  void fixedForever() {
    byte[] gray = new byte[64];
    Arrays.fill(gray, (byte) 128);
    float[] read = fixed(Dataset.of("gray", Shape.of(1, 8, 8), gray), 0, RandomStream.of(0));
    StringBuilder bits = new StringBuilder();
    for (float value : read) {
      bits.append(value == 1 ? '1' : '0');
    }
    assertThat(bits)
        .hasToString("1110001110001111000001111100001001001011101100111100101110001001");
  }
}
