package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.Shape;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The moments of pixels")
class PixelMomentsTest {
  private static final Offset<Double> CLOSE = within(1e-7);
  private static final int COUNT = 300;
  private static final Dataset DATA = data();

  private static Dataset data() {
    byte[] pixels = new byte[COUNT * 12];
    RandomStream random = RandomStream.of(3);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(1 + 20 * (i % 12));
    }
    return Dataset.of("noise", Shape.of(2, 2, 3), pixels);
  }

  /** Mean and standard deviation of some pixels, in two passes over what a model is shown. */
  private static double[] moments(Binarization how, int from, int to) {
    float[] image = new float[12];
    double[] sums = new double[2];
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < COUNT; i++) {
        how.read(DATA, i, Binarization.trainingStream(1, 0), image, 0);
        for (int j = from; j < to; j++) {
          sums[pass] += pass == 0 ? image[j] : Math.pow(image[j] - sums[0], 2);
        }
      }
      sums[pass] /= COUNT * (to - from);
    }
    return new double[] {sums[0], Math.sqrt(sums[1])};
  }

  private static void check(PixelMoments actual, int pixel, double[] expected) {
    assertThat(actual.mean(pixel)).isCloseTo(expected[0], CLOSE);
    assertThat(actual.standardDeviation(pixel)).isCloseTo(expected[1], CLOSE);
  }

  @Test
  @DisplayName("are those of the images as a model is shown them")
  void asShown() {
    for (Binarization how :
        new Binarization[] {Binarization.NONE, Binarization.THRESHOLD, Binarization.FIXED}) {
      PixelMoments moments = PixelMoments.of(DATA, how);
      assertThat(moments.shape()).isEqualTo(DATA.imageShape());
      for (int pixel = 0; pixel < 12; pixel++) {
        check(moments, pixel, moments(how, pixel, pixel + 1));
      }
    }
  }

  @Test
  @DisplayName("take coins by what they come to on average")
  void stochastic() {
    PixelMoments moments = PixelMoments.of(DATA, Binarization.STOCHASTIC);
    for (int pixel = 0; pixel < 12; pixel++) {
      double p = moments(Binarization.NONE, pixel, pixel + 1)[0];
      check(moments, pixel, new double[] {p, Math.sqrt(p * (1 - p))});
    }
  }

  @Test
  @DisplayName("can be taken of each channel, and of all pixels")
  void pooled() {
    PixelMoments moments = PixelMoments.of(DATA, Binarization.NONE);
    assertThat(moments.perChannel().shape()).isEqualTo(Shape.of(2, 1, 1));
    check(moments.perChannel(), 0, moments(Binarization.NONE, 0, 6));
    check(moments.perChannel(), 1, moments(Binarization.NONE, 6, 12));
    check(moments.overall(), 0, moments(Binarization.NONE, 0, 12));
  }

  @Test
  @DisplayName("have no spread where a pixel never changes")
  void constant() {
    Dataset white = Dataset.of("white", Shape.of(1, 1, 1), new byte[] {-1, -1, -1});
    check(PixelMoments.of(white, Binarization.NONE), 0, new double[] {1, 0});
  }
}
