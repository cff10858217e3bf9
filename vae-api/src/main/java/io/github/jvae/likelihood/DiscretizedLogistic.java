package io.github.jvae.likelihood;

import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.IndependentLikelihood;
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
 * <p>The decoder makes μ as it is. The scale is a fixed number, one learned number shared by all
 * pixels, or learned for each pixel and channel by the decoder. A learned scale is kept within
 * {@linkplain LogisticLevels#bounded bounds}.
 */
public final class DiscretizedLogistic implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "discretized-logistic";

  /** The parameter of a shared learned scale: its natural logarithm, shape []. */
  public static final String SHARED_PARAMETER = "likelihood.log_scale";

  /** The bounds of {@link LogisticLevels#bounded}, as they are told, in five digits. */
  private static final ScaleParameter.Terms SCALE = ScaleParameter.Terms.of(
          NAME, "scale", SHARED_PARAMETER, Range.from(0.00045594, 10), 0.05)
      .withFlag();

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
    return scale.kind() == ScaleParameter.Kind.FIXED ? logScale : LogisticLevels.bounded(logScale);
  }

  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    return LogisticLevels.logMass(x, scale.location(decoded), logScale(decoded));
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return LogisticLevels.mean(scale.location(decoded), logScale(decoded));
  }

  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    return LogisticLevels.draw(scale.location(decoded), logScale(decoded), uniform);
  }

  /** Of a logistic distribution of scale s the standard deviation is {@code π s / √3}. */
  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double deviation = Math.max(standardDeviation, ScaleParameter.LEAST_DEVIATION);
    return scale.outputs(mean, deviation * Math.sqrt(3) / Math.PI);
  }
}
