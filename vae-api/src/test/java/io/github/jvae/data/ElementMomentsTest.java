package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.Shape;
import java.util.BitSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The moments of elements")
class ElementMomentsTest {
  private static final Offset<Double> CLOSE = within(1e-7);
  private static final int COUNT = 300;
  private static final ImageExamples DATA = data();

  private static ImageExamples data() {
    byte[] pixels = new byte[COUNT * 12];
    RandomStream random = RandomStream.of(3);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(1 + 20 * (i % 12));
    }
    return ImageExamples.of("noise", Shape.of(2, 2, 3), pixels);
  }

  /** Mean and standard deviation of some pixels, in two passes over what a model is shown. */
  private static double[] moments(Transforms how, int from, int to) {
    float[] image = new float[12];
    double[] sums = new double[2];
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < COUNT; i++) {
        DATA.read(i, image, 0);
        how.in(Pass.training(1, 0)).apply(i, image, 0, 12);
        for (int j = from; j < to; j++) {
          sums[pass] += pass == 0 ? image[j] : Math.pow(image[j] - sums[0], 2);
        }
      }
      sums[pass] /= COUNT * (to - from);
    }
    return new double[] {sums[0], Math.sqrt(sums[1])};
  }

  private static void check(ElementMoments actual, int pixel, double[] expected) {
    assertThat(actual.mean(pixel)).isCloseTo(expected[0], CLOSE);
    assertThat(actual.standardDeviation(pixel)).isCloseTo(expected[1], CLOSE);
  }

  @Test
  @DisplayName("are those of the images as a model is shown them")
  void asShown() {
    for (String word : new String[] {"none", "threshold", "fixed"}) {
      Transforms how = Binarization.of(word);
      ElementMoments moments = ElementMoments.of(DATA, how);
      assertThat(moments.shape()).isEqualTo(DATA.shape());
      for (int pixel = 0; pixel < 12; pixel++) {
        check(moments, pixel, moments(how, pixel, pixel + 1));
      }
    }
  }

  @Test
  @DisplayName("take coins by what they come to on average")
  void stochastic() {
    ElementMoments moments = ElementMoments.of(DATA, Transforms.of(Binarization.STOCHASTIC));
    for (int pixel = 0; pixel < 12; pixel++) {
      double p = moments(Transforms.none(), pixel, pixel + 1)[0];
      check(moments, pixel, new double[] {p, Math.sqrt(p * (1 - p))});
    }
  }

  @Test
  @DisplayName("can be taken of each channel, and of all pixels")
  void pooled() {
    ElementMoments moments = ElementMoments.of(DATA, Transforms.none());
    assertThat(moments.perChannel().shape()).isEqualTo(Shape.of(2, 1, 1));
    check(moments.perChannel(), 0, moments(Transforms.none(), 0, 6));
    check(moments.perChannel(), 1, moments(Transforms.none(), 6, 12));
    check(ElementMoments.ofAll(DATA), 0, moments(Transforms.none(), 0, 12));
  }

  @Test
  @DisplayName("leave out what was not observed, and are of series, large numbers and none alike")
  void gaps() {
    float[] values = {1e6f, 7, 0, 1e6f + 2, 0, 0};
    BitSet observed = new BitSet();
    observed.set(0);
    observed.set(1);
    observed.set(3);
    Examples series = ArrayExamples.floats("s", Shape.of(3, 1), values)
        .withMask(Mask.of(Shape.of(3, 1), 2, observed));
    ElementMoments moments = ElementMoments.of(series);
    assertThat(moments.shape()).isEqualTo(Shape.of(3, 1));
    check(moments, 0, new double[] {1e6 + 1, 1});
    check(moments, 1, new double[] {7, 0});
    check(moments, 2, new double[] {0, 0});
    check(moments.perChannel(), 0, new double[] {1e6 + 1, 1});
    check(
        ElementMoments.of(series, Transforms.of(Standardization.of(series))), 0, new double[] {0, 1
        });
  }

  @Test
  @DisplayName("have no spread where a pixel never changes")
  void constant() {
    ImageExamples white = ImageExamples.of("white", Shape.of(1, 1, 1), new byte[] {-1, -1, -1});
    check(ElementMoments.of(white, Transforms.none()), 0, new double[] {1, 0});
  }
}
