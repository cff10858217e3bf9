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
 * Independent elements of a Laplace distribution, whose mode is the absolute error: {@code log
 * p(x|z) = -Σ |x - x̂| / b + log 2b}. The scale b is a fixed number, one learned number shared by
 * all elements, or learned for each element by the decoder.
 */
final class Laplace implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "laplace";

  /** The parameter of a shared learned scale: its natural logarithm, shape []. */
  public static final String SHARED_PARAMETER = "likelihood.log_scale";

  private static final ScaleParameter.Terms SCALE =
      ScaleParameter.Terms.of(NAME, "scale", SHARED_PARAMETER, Range.above(0), 0.1);

  private final ScaleParameter scale;

  private Laplace(ScaleParameter scale) {
    this.scale = scale;
  }

  /**
   * Reads {@code scale}: a number for a fixed one (default 0.1), {@code "learned"} for one per
   * element, or {@code "shared"} for one learned number, which starts from {@code initial_scale}
   * (default 0.1).
   *
   * @throws VaeException if it is something else
   */
  public static Laplace of(Options options) {
    return new Laplace(SCALE.of(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return SCALE.options();
  }

  /**
   * With a fixed scale.
   *
   * @throws VaeException unless it is above 0
   */
  public static Laplace fixed(double scale) {
    return new Laplace(SCALE.fixed(scale));
  }

  /**
   * With one learned scale for all elements.
   *
   * @param initial the scale that training starts from
   * @throws VaeException unless it is above 0
   */
  public static Laplace shared(double initial) {
    return new Laplace(SCALE.shared(initial));
  }

  /** With a learned scale for each element, made by the decoder. */
  public static Laplace perPixel() {
    return new Laplace(SCALE.perPixel());
  }

  /**
   * With a learned scale for each element that stays above a number, so that a column which hardly
   * changes costs no more than that.
   *
   * @param least above 0 and below 0.1
   */
  static Laplace above(double least) {
    return new Laplace(SCALE.above(least).perPixel());
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
    // Every real number has a density.
  }

  @Override
  public boolean isDensity() {
    return true;
  }

  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    Tensor logScale = scale.logarithm(decoded);
    Tensor distance = x.subtract(mean(decoded)).abs().multiply(logScale.negate().exp());
    return distance.add(logScale).add(Math.log(2)).negate();
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return scale.location(decoded);
  }

  /** By the inverse of the distribution function, from the uniform numbers. */
  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    Tensor centred = uniform.subtract(0.5);
    Tensor sign = centred.greater(0).multiply(2).subtract(1);
    Tensor distance = centred.abs().multiply(-2).log1p().negate();
    return mean(decoded)
        .add(sign.multiply(distance).multiply(scale.logarithm(decoded).exp()));
  }

  /** Of a Laplace distribution of scale b the standard deviation is {@code √2 b}. */
  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double deviation = Math.max(standardDeviation, ScaleParameter.LEAST_DEVIATION);
    return scale.outputs(mean, deviation / Math.sqrt(2));
  }
}
