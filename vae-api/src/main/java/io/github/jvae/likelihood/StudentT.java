package io.github.jvae.likelihood;

import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.IndependentLikelihood;
import io.github.jvae.model.Parameter;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * Independent elements of Student's t-distribution, which forgives outliers: with ν degrees of
 * freedom and {@code t = (x - x̂) / σ}
 *
 * <pre>
 * log p(x|z) = Σ log Γ((ν + 1)/2) - log Γ(ν/2) - ½ log πν - log σ - (ν + 1)/2 · log(1 + t²/ν)
 * </pre>
 *
 * <p>ν is a fixed number above 1, so that the mean exists, which is the location. The scale σ is a
 * fixed number, one learned number shared by all elements, or learned for each element by the
 * decoder.
 */
final class StudentT implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "student-t";

  /** The parameter of a shared learned scale: its natural logarithm, shape []. */
  public static final String SHARED_PARAMETER = "likelihood.log_scale";

  private static final Range FREEDOM = Range.above(1);

  private static final OptionDescription<Double> DEGREES = OptionDescription.of(
      "degrees_of_freedom",
      OptionType.number(FREEDOM),
      5.0,
      "How soon the tails fall: the fewer, the more an outlier is forgiven.");

  private static final ScaleParameter.Terms SCALE =
      ScaleParameter.Terms.of(NAME, "scale", SHARED_PARAMETER, Range.above(0), 0.1);

  private final double degrees;
  private final ScaleParameter scale;

  private StudentT(double degrees, ScaleParameter scale) {
    this.degrees = FREEDOM.require("likelihood " + NAME + ": " + DEGREES.name(), degrees);
    this.scale = scale;
  }

  /**
   * Reads {@code degrees_of_freedom} (default 5) and {@code scale}: a number for a fixed one
   * (default 0.1), {@code "learned"} for one per element, or {@code "shared"} for one learned
   * number, which starts from {@code initial_scale} (default 0.1).
   *
   * @throws VaeException if one is something else, or out of range
   */
  public static StudentT of(Options options) {
    return new StudentT(DEGREES.in(options), SCALE.of(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {DEGREES, SCALE.width(), SCALE.initial()};
  }

  /**
   * With a fixed scale.
   *
   * @throws VaeException unless the degrees of freedom are above 1 and the scale is above 0
   */
  public static StudentT fixed(double degrees, double scale) {
    return new StudentT(degrees, SCALE.fixed(scale));
  }

  /**
   * With one learned scale for all elements.
   *
   * @param initial the scale that training starts from
   * @throws VaeException unless the degrees of freedom are above 1 and the scale is above 0
   */
  public static StudentT shared(double degrees, double initial) {
    return new StudentT(degrees, SCALE.shared(initial));
  }

  /**
   * With a learned scale for each element, made by the decoder.
   *
   * @throws VaeException unless the degrees of freedom are above 1
   */
  public static StudentT perPixel(double degrees) {
    return new StudentT(degrees, SCALE.perPixel());
  }

  /**
   * With a learned scale for each element that stays above a number, so that a column which hardly
   * changes costs no more than that.
   *
   * @param least above 0 and below 0.1
   */
  static StudentT above(double degrees, double least) {
    return new StudentT(degrees, SCALE.above(least).perPixel());
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

  /** Twice as much along the first axis: an angle takes two normal numbers. */
  @Override
  public Shape noise(Shape example) {
    return Elements.widened(NAME, example, 2);
  }

  @Override
  public void check(HostTensor examples) {
    // Every real number has a density.
  }

  @Override
  public boolean isDensity() {
    return true;
  }

  private double logNormalizer() {
    return Gamma.logGamma((degrees + 1) / 2)
        - Gamma.logGamma(degrees / 2)
        - 0.5 * Math.log(Math.PI * degrees);
  }

  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    Tensor logScale = scale.logarithm(decoded);
    Tensor t = x.subtract(mean(decoded)).multiply(logScale.negate().exp());
    Tensor tails = t.square().divide(degrees).log1p().multiply(-(degrees + 1) / 2);
    return tails.subtract(logScale).add(logNormalizer());
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return scale.location(decoded);
  }

  /**
   * By the polar method, without a rejection (Bailey, "Polar generation of random variates with the
   * t-distribution", 1994): {@code √(ν (u^(-2/ν) - 1)) cos φ} of a uniform number u and a uniform
   * angle φ, which is that of two normal numbers.
   */
  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    int extent = uniform.shape().dimension(1);
    Tensor along = normal.slice(1, 0, extent / 2);
    Tensor across = normal.slice(1, extent / 2, extent);
    Tensor cosine = along.divide(along.square().add(across.square()).sqrt());
    Tensor radius = uniform
        .slice(1, 0, extent / 2)
        .log()
        .multiply(-2 / degrees)
        .expm1()
        .multiply(degrees)
        .sqrt();
    return mean(decoded)
        .add(radius.multiply(cosine).multiply(scale.logarithm(decoded).exp()));
  }

  /** The standard deviation is {@code σ √(ν / (ν - 2))} where it is finite. */
  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double deviation = Math.max(standardDeviation, ScaleParameter.LEAST_DEVIATION);
    double ratio = degrees > 2 ? Math.sqrt((degrees - 2) / degrees) : 1;
    return scale.outputs(mean, deviation * ratio);
  }
}
