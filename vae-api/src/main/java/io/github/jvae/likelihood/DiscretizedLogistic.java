package io.github.jvae.likelihood;

import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Parameter;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/**
 * Independent pixels of 256 levels: a logistic distribution of mean μ and scale s, of which each
 * level takes what falls nearest to it, and black and white the tails (Kingma et al., "Improving
 * variational inference with inverse autoregressive flow", 2016; Salimans et al., "PixelCNN++",
 * 2017, with one component). A probability and not a density, so that bits per dimension compare
 * with those of other models of the same images.
 *
 * <p>With {@code a = (x - μ + 1/510) / s} and {@code b = (x - μ - 1/510) / s} a level between black
 * and white has the mass
 *
 * <pre>
 * σ(a) - σ(b) = σ(a) · σ(-b) · (1 - e^(b - a))
 * </pre>
 *
 * whose logarithm is a sum of three numbers that are never above 0: nothing cancels and nothing is
 * infinite, however far x is from μ. Black has {@code σ(a)}, white {@code σ(-b)}.
 *
 * <p>The decoder makes μ as it is. The scale is a fixed number, one learned number shared by all
 * pixels, or learned for each pixel and channel by the decoder. The logarithm of a learned scale is
 * kept between -7 - ln 2 (PixelCNN++'s limit on its pixels from -1 to 1: a ninth of a level here)
 * and ln 10, where only black and white are left.
 */
public final class DiscretizedLogistic implements Likelihood {
  /** The name in configurations. */
  public static final String NAME = "discretized-logistic";

  /** The parameter of a shared learned scale: its natural logarithm, shape []. */
  public static final String SHARED_PARAMETER = "likelihood.log_scale";

  private static final int WHITE = 255;
  private static final double HALF_STEP = 0.5 / WHITE;
  private static final double LEAST_LOG_SCALE = -7 - Math.log(2);
  private static final double GREATEST_LOG_SCALE = Math.log(10);

  /** Those bounds as they are told, in five digits. */
  private static final ScaleParameter.Terms SCALE =
      ScaleParameter.Terms.of(NAME, "scale", SHARED_PARAMETER, Range.from(0.00045594, 10), 0.05);

  private final ScaleParameter scale;

  private DiscretizedLogistic(ScaleParameter scale) {
    this.scale = scale;
  }

  /**
   * Reads {@code scale}: a number for a fixed one (default 0.05), {@code "learned"} for one per
   * pixel and channel, or {@code "shared"} for one learned number, which starts from
   * {@code initial_scale} (default 0.05). Pixels count from 0 to 1.
   *
   * @throws VaeException if it is something else, or out of range
   */
  public static DiscretizedLogistic of(Options options) {
    return new DiscretizedLogistic(SCALE.of(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return SCALE.options();
  }

  /**
   * With a fixed scale.
   *
   * @throws VaeException unless it is from e^-7 / 2 to 10
   */
  public static DiscretizedLogistic fixed(double scale) {
    return new DiscretizedLogistic(SCALE.fixed(scale));
  }

  /**
   * With one learned scale for all pixels.
   *
   * @param initial the scale that training starts from
   * @throws VaeException unless it is from e^-7 / 2 to 10
   */
  public static DiscretizedLogistic shared(double initial) {
    return new DiscretizedLogistic(SCALE.shared(initial));
  }

  /** With a learned scale for each pixel and channel, made by the decoder. */
  public static DiscretizedLogistic perPixel() {
    return new DiscretizedLogistic(SCALE.perPixel());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Parameter> parameters() {
    return scale.parameters();
  }

  @Override
  public Shape decoded(Shape example) {
    return scale.decoded(example);
  }

  @Override
  public void check(HostTensor examples) {
    Elements.requireLevels(name(), examples);
  }

  @Override
  public boolean isDensity() {
    return false;
  }

  private Tensor logScale(Tensor decoded) {
    Tensor logScale = scale.logarithm(decoded);
    return scale.kind() == ScaleParameter.Kind.FIXED
        ? logScale
        : logScale.maximum(LEAST_LOG_SCALE).minimum(GREATEST_LOG_SCALE);
  }

  @Override
  public Tensor logProb(Inputs in, Tensor decoded) {
    Tensor x = in.x();
    Tensor inverse = logScale(decoded).negate().exp();
    Tensor centred = x.subtract(scale.location(decoded)).multiply(inverse);
    Tensor halfStep = inverse.multiply(HALF_STEP);
    Tensor notBelow = x.greater(HALF_STEP);
    Tensor notAbove = x.greater(1 - HALF_STEP).negate().add(1);
    Tensor below = halfStep.add(centred).logSigmoid().multiply(notAbove);
    Tensor above = halfStep.subtract(centred).logSigmoid().multiply(notBelow);
    Tensor within = halfStep.multiply(-2).expm1().negate().log();
    return in.sum(below.add(above).add(within.multiply(notAbove.multiply(notBelow))));
  }

  /**
   * The expected value of a logistic variable that is clipped to [0, 1],
   *
   * <pre>
   * ∫ σ((μ - t) / s) dt from 0 to 1 = s · (softplus(μ/s) - softplus((μ - 1)/s))
   * </pre>
   *
   * of which the expected level is the sum by the midpoint rule over 255 steps: they differ by less
   * than half a level, and by next to nothing where a scale is larger than a level.
   */
  @Override
  public Tensor mean(Tensor decoded) {
    Tensor mean = scale.location(decoded);
    Tensor logScale = logScale(decoded);
    Tensor inverse = logScale.negate().exp();
    Tensor white = mean.multiply(inverse).softplus();
    Tensor black = mean.subtract(1).multiply(inverse).softplus();
    return white.subtract(black).multiply(logScale.exp());
  }

  /**
   * By the inverse of the distribution function, from the uniform numbers. Tensors have no
   * rounding: the level is found bit by bit, by eight comparisons, which clips it as well.
   */
  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    Tensor logit = uniform.log().subtract(uniform.negate().log1p());
    Tensor value = scale.location(decoded).add(logit.multiply(logScale(decoded).exp()));
    Tensor rest = value.multiply(WHITE).add(0.5);
    Tensor level = decoded.trace().scalar(0);
    for (int bit = (WHITE + 1) / 2; bit > 0; bit /= 2) {
      Tensor part = rest.greater(bit).multiply(bit);
      rest = rest.subtract(part);
      level = level.add(part);
    }
    return level.divide(WHITE);
  }

  /** Of a logistic distribution of scale s the standard deviation is {@code π s / √3}. */
  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double deviation = Math.max(standardDeviation, ScaleParameter.LEAST_DEVIATION);
    return scale.outputs(mean, deviation * Math.sqrt(3) / Math.PI);
  }
}
