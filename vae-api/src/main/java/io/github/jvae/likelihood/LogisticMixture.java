package io.github.jvae.likelihood;

import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * Independent pixels of 256 levels, each a mixture of {@linkplain LogisticLevels discretised
 * logistic distributions} (Salimans et al., "PixelCNN++", 2017). The channels of a pixel have the
 * component in common, and the mean of a channel follows those before it, linearly: {@code m_c =
 * μ_c + Σ_j<c tanh(a_cj) (x_j - ½)}. Elements of examples that are no images are independent of
 * each other.
 *
 * <p>For each pixel of C channels the decoder makes, for every component, a logit, C means, C
 * logarithms of scales and C (C - 1) / 2 coefficients; all pixels of the first number come first.
 * Means and scales count as in PixelCNN++, for pixels from -1 to 1.
 *
 * <p>Where not all channels of a pixel were observed, those that were not count as ½ for those
 * after them.
 */
final class LogisticMixture implements Likelihood {
  /** The name in configurations. */
  public static final String NAME = "logistic-mixture";

  private static final OptionDescription<Integer> COMPONENTS = OptionDescription.of(
      "components",
      OptionType.wholeNumber(1),
      10,
      "How many logistic distributions are mixed for a pixel.");

  private static final int IMAGE_RANK = 3;

  private final int components;

  /** @param components how many distributions are mixed for a pixel, at least 1 */
  public LogisticMixture(int components) {
    this.components = components;
  }

  /** Reads {@code components} (default 10). */
  public static LogisticMixture of(Options options) {
    return new LogisticMixture(COMPONENTS.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {COMPONENTS};
  }

  @Override
  public String name() {
    return NAME;
  }

  private static boolean isImage(Shape example) {
    return example.rank() == IMAGE_RANK;
  }

  /** Of a pixel of C channels: 1 + 2 C + C (C - 1) / 2 numbers for each component. */
  @Override
  public Shape decoded(Shape example) {
    double channels = example.dimension(0);
    return isImage(example)
        ? Elements.withExtent(NAME, example, components * (channels + 1) * (channels + 2) / 2)
        : Elements.widened(NAME, example, 3.0 * components);
  }

  /** One more for each pixel, to choose the component. */
  @Override
  public Shape noise(Shape example) {
    return isImage(example)
        ? example.with(0, example.dimension(0) + 1)
        : Elements.widened(NAME, example, 2);
  }

  @Override
  public void check(HostTensor examples) {
    Elements.requireLevels(NAME, examples);
  }

  @Override
  public boolean isDensity() {
    return false;
  }

  @Override
  public Tensor logProb(Inputs in, Tensor decoded) {
    PixelMixture mixture = PixelMixture.of(decoded, components);
    Tensor logMass = mixture.logMass(mixture.channels(in.x()), in.mask().map(mixture::channels));
    return logMass.sum(1);
  }

  /**
   * The expected levels, of which those of the second channel on are right only as far as none of
   * the channels before is clipped to black or white: their means stand for them.
   */
  @Override
  public Tensor mean(Tensor decoded) {
    PixelMixture mixture = PixelMixture.of(decoded, components);
    return mixture.arranged(mixture.mean());
  }

  /** By inverses of distribution functions: the component, then channel after channel. */
  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    PixelMixture mixture = PixelMixture.of(decoded, components);
    Tensor each = uniform.reshape(mixture.batch(), mixture.channels() + 1, -1);
    return mixture.arranged(mixture.sample(each));
  }

  /**
   * Even components whose means are spread as the quantiles of a logistic distribution, and that
   * together have the standard deviation; channels do not follow each other yet.
   */
  @Override
  public double[] outputsFor(Shape example, double[] means, double[] standardDeviations) {
    int channels = isImage(example) ? example.dimension(0) : 1;
    int pixels = example.size() / channels;
    double[] outputs = new double[decoded(example).size()];
    for (int i = 0; i < means.length; i++) {
      double deviation = Math.max(standardDeviations[i], ScaleParameter.LEAST_DEVIATION);
      Spread spread = Spread.of(components, deviation);
      int channel = i / pixels;
      for (int k = 0; k < components; k++) {
        int mean = ((1 + channel) * components + k) * pixels + i % pixels;
        int logScale = mean + channels * components * pixels;
        outputs[mean] = 2 * (means[i] + spread.offset(k)) - 1;
        outputs[logScale] = Math.log(2 * spread.scale());
      }
    }
    return outputs;
  }

  /**
   * How components lie about a mean.
   *
   * @param components how many
   * @param width the scale of the logistic distribution whose quantiles their means are
   * @param scale of each of them
   */
  private record Spread(int components, double width, double scale) {
    private static final double VARIANCE_OF_UNIT_SCALE = Math.PI * Math.PI / 3;

    static Spread of(int components, double deviation) {
      double width = deviation / Math.sqrt(VARIANCE_OF_UNIT_SCALE);
      Spread spread = new Spread(components, width, 0);
      double variance = 0;
      for (int k = 0; k < components; k++) {
        variance += spread.offset(k) * spread.offset(k) / components;
      }
      double left = deviation * deviation - variance;
      return new Spread(components, width, Math.sqrt(left / VARIANCE_OF_UNIT_SCALE));
    }

    double offset(int component) {
      double place = (component + 0.5) / components;
      return width * Math.log(place / (1 - place));
    }
  }
}
