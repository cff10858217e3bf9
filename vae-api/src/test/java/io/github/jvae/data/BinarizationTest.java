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
  private static void read(
      Binarization how, ImageExamples data, int index, Pass pass, float[] target) {
    data.read(index, target, 0);
    how.in(pass).apply(index, target, 0, target.length);
  }

  @Test
  @DisplayName("by coins tosses those it always has, of every level: models are compared on it")
  void coinsForever() {
    byte[] ramp = new byte[256];
    for (int i = 0; i < 256; i++) {
      ramp[i] = (byte) i;
    }
    ImageExamples data = ImageExamples.of("ramp", Shape.of(1, 16, 16), ramp).subset(0, 0, 0);
    float[] read = new float[256];
    for (int epoch = 0; epoch < 500; epoch++) {
      read(Binarization.STOCHASTIC, data, 2, Pass.training(7, epoch), read);
      RandomStream coins = RandomStream.of(7).child("binarize").child(epoch).child(2);
      check(coins, read);
      read(Binarization.STOCHASTIC, data, 1, Pass.test(epoch), read);
      check(RandomStream.of(epoch).child("binarize test").child(0).child(1), read);
    }
  }

  /** Of levels 0 to 255: 16 bits of a long are a coin, in units of 2^-16 rounded to the nearest. */
  private static void check(RandomStream coins, float[] read) {
    long bits = 0;
    for (int level = 0; level < 256; level++) {
      bits = level % 4 == 0 ? coins.nextLong() : bits >>> 16;
      boolean one = (bits & 0xFFFF) < (level * 65536 + 127) / 255;
      assertThat(read[level]).isEqualTo(one ? 1 : 0);
    }
  }

  @Test
  @DisplayName("refuses numbers that are no grey values")
  void refusesCounts() {
    assertThatThrownBy(() -> Binarization.THRESHOLD.elements(ElementKind.COUNTS))
        .hasMessage("the transform binarize needs numbers from 0 to 1, as of images, not counts");
  }

  @Test
  @DisplayName("is called none, threshold, stochastic or fixed")
  void names() {
    assertThat(Binarization.of("Stochastic")).isEqualTo(Transforms.of(Binarization.STOCHASTIC));
    assertThat(Binarization.of("none")).isEqualTo(Transforms.none());
    assertThat(Binarization.THRESHOLD).hasToString("threshold");
    assertThatThrownBy(() -> Binarization.of("dither"))
        .hasMessage("there is no binarization 'dither'; choose one of [none, threshold,"
            + " stochastic, fixed]");
  }

  @Test
  @DisplayName("by threshold turns at one half")
  void threshold() {
    ImageExamples data =
        ImageExamples.of("d", Shape.of(1, 1, 4), new byte[] {0, 127, (byte) 128, (byte) 255});
    float[] read = new float[4];
    read(Binarization.THRESHOLD, data, 0, Pass.test(1), read);
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
    ImageExamples data = ImageExamples.of("ramp", Shape.of(1, 16, 16), pixels);
    double[] ones = new double[256];
    float[] read = new float[256];
    for (int epoch = 0; epoch < repeats; epoch++) {
      read(Binarization.STOCHASTIC, data, 0, Pass.training(7, epoch), read);
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
    ImageExamples data = ImageExamples.of("gray", Shape.of(1, 100, 1000), gray);
    float[] read = new float[gray.length];
    read(Binarization.STOCHASTIC, data, 0, Pass.test(3), read);
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
    ImageExamples data = ImageExamples.of("gray", Shape.of(1, 28, 28), gray);
    float[] first = coins(data, Pass.training(1, 0));
    assertThat(coins(data, Pass.training(1, 0))).isEqualTo(first);
    assertThat(coins(data, Pass.training(1, 1))).isNotEqualTo(first);
    assertThat(coins(data, Pass.training(2, 0))).isNotEqualTo(first);
    assertThat(coins(data, Pass.test(1))).isNotEqualTo(first);
    assertThat(coins(data, Pass.test(1))).isEqualTo(coins(data, Pass.test(1)));
  }

  private static float[] coins(ImageExamples data, Pass pass) {
    float[] read = new float[data.shape().size()];
    read(Binarization.STOCHASTIC, data, 0, pass, read);
    return read;
  }

  private static float[] fixed(ImageExamples data, int index, Pass pass) {
    float[] read = new float[data.shape().size()];
    read(Binarization.FIXED, data, index, pass, read);
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
    ImageExamples data = ImageExamples.of("gray", Shape.of(1, 28, 28), pixels);
    ImageExamples reversed =
        data.subset(IntStream.range(0, count).map(i -> count - 1 - i).toArray());
    for (int i = 0; i < count; i++) {
      float[] read = fixed(data, i, Pass.training(1, 0));
      assertThat(fixed(data, i, Pass.training(2, 7))).isEqualTo(read);
      assertThat(fixed(reversed, count - 1 - i, Pass.test(3))).isEqualTo(read);
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
    ImageExamples data = ImageExamples.of("gray", Shape.of(1, 10, 10), pixels);
    double[] ones = new double[100];
    for (int i = 0; i < images; i++) {
      float[] read = fixed(data, i, Pass.test(0));
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
    float[] read = fixed(ImageExamples.of("gray", Shape.of(1, 8, 8), gray), 0, Pass.test(0));
    StringBuilder bits = new StringBuilder();
    for (float value : read) {
      bits.append(value == 1 ? '1' : '0');
    }
    assertThat(bits)
        .hasToString("1110001110001111000001111100001001001011101100111100101110001001");
  }
}
