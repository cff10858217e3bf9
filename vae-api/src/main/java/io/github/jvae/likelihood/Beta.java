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
 * Independent elements between 0 and 1, such as shares, of a beta distribution with mean μ, whose
 * logit the decoder makes, and concentration φ (Ferrari and Cribari-Neto, "Beta regression for
 * modelling rates and proportions", 2004): with {@code a = μφ} and {@code b = (1 - μ)φ}
 *
 * <pre>
 * log p(x|z) = Σ (a - 1) log x + (b - 1) log(1 - x) + log Γ(φ) - log Γ(a) - log Γ(b)
 * </pre>
 *
 * <p>The variance is {@code μ (1 - μ) / (1 + φ)}. The concentration is a fixed number, one learned
 * number shared by all elements, or learned for each element by the decoder, which is the default.
 */
public final class Beta implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "beta";

  /** The parameter of a shared learned concentration: its natural logarithm, shape []. */
  public static final String SHARED_PARAMETER = "likelihood.log_concentration";

  private static final ScaleParameter.Terms CONCENTRATION = ScaleParameter.Terms.ofElements(
      NAME,
      "concentration",
      "The greater, the nearer elements are to their mean m: their variance is"
          + " m * (1 - m) / (1 + concentration).",
      SHARED_PARAMETER,
      Range.above(0),
      1);

  /** Where single precision still tells a mean from 0 and 1. */
  private static final double GREATEST_LOGIT = 12;

  private static final double LEAST_LOG = -6;
  private static final double GREATEST_LOG = 12;
  private static final double LEAST_MEAN = 1e-3;
  private static final double MOST = 1000;

  /** The number before 1. */
  private static final double LAST = 1 - 0x1p-24;

  private final ScaleParameter concentration;

  private Beta(ScaleParameter concentration) {
    this.concentration = concentration;
  }

  /**
   * Reads {@code concentration}: a number for a fixed one, {@code "learned"} for one per element
   * (the default) or {@code "shared"} for one learned number, which starts from
   * {@code initial_concentration} (default 1).
   *
   * @throws VaeException if it is something else
   */
  public static Beta of(Options options) {
    return new Beta(CONCENTRATION.of(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return CONCENTRATION.options();
  }

  /**
   * With a fixed concentration.
   *
   * @throws VaeException unless it is above 0
   */
  public static Beta fixed(double concentration) {
    return new Beta(CONCENTRATION.fixed(concentration));
  }

  /** With a learned concentration for each element, made by the decoder. */
  public static Beta perElement() {
    return new Beta(CONCENTRATION.perPixel());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Parameter> parameters() {
    return concentration.parameters();
  }

  @Override
  public Shape decoded(Shape example) {
    return concentration.decoded(example);
  }

  /** A draw takes the numbers of two gamma variables. */
  @Override
  public Shape noise(Shape example) {
    return Elements.widened(NAME, example, 2.0 * GammaDraw.NUMBERS);
  }

  @Override
  public void check(HostTensor examples) {
    Elements.require(
        NAME, "numbers between 0 and 1", examples, element -> element > 0 && element < 1);
  }

  @Override
  public boolean isDensity() {
    return true;
  }

  @Override
  public boolean takesAnyNumber(int element) {
    return false;
  }

  private Tensor logit(Tensor decoded) {
    return concentration.location(decoded).maximum(-GREATEST_LOGIT).minimum(GREATEST_LOGIT);
  }

  /** φ, kept where single precision can tell what it does. */
  private Tensor concentration(Tensor decoded) {
    return concentration
        .logarithm(decoded)
        .maximum(LEAST_LOG)
        .minimum(GREATEST_LOG)
        .exp();
  }

  /** See {@link LogGamma} for the form. */
  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    Tensor phi = concentration(decoded);
    Tensor mean = logit(decoded).sigmoid();
    Tensor rest = logit(decoded).negate().sigmoid();
    Tensor low = x.maximum(Float.MIN_NORMAL);
    Tensor high = x.negate().add(1).maximum(Float.MIN_NORMAL);
    // x - μ of whichever are the smaller numbers: those, or what they leave of 1.
    Tensor isHigh = mean.greater(0.5);
    Tensor excess = low.subtract(mean)
        .multiply(isHigh.negate().add(1))
        .add(rest.subtract(high).multiply(isHigh));
    Tensor ofLow = LogGamma.logRatio(low, mean, excess).multiply(mean);
    Tensor ofHigh = LogGamma.logRatio(high, rest, excess.negate()).multiply(rest);
    Tensor root = phi.multiply(mean).multiply(rest).log().multiply(0.5);
    return ofLow
        .add(ofHigh)
        .multiply(phi)
        .subtract(low.log())
        .subtract(high.log())
        .add(root)
        .add(LogGamma.remainder(phi))
        .subtract(LogGamma.remainder(phi.multiply(mean)))
        .subtract(LogGamma.remainder(phi.multiply(rest)))
        .subtract(Poisson.HALF_LOG_TWO_PI);
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return logit(decoded).sigmoid();
  }

  /** As the share of one gamma variable in two. */
  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    int batch = decoded.shape().dimension(0);
    Tensor mean = mean(decoded);
    Tensor phi = concentration(decoded).broadcastTo(mean.shape());
    Tensor rest = logit(decoded).negate().sigmoid();
    Tensor uniforms = uniform.reshape(batch, 2 * GammaDraw.NUMBERS, -1);
    Tensor normals = normal.reshape(batch, 2 * GammaDraw.NUMBERS, -1);
    Tensor low = GammaDraw.logarithm(
        phi.multiply(mean).reshape(batch, 1, -1),
        uniforms.slice(1, 0, GammaDraw.NUMBERS),
        normals.slice(1, 0, GammaDraw.NUMBERS));
    Tensor high = GammaDraw.logarithm(
        phi.multiply(rest).reshape(batch, 1, -1),
        uniforms.slice(1, GammaDraw.NUMBERS, 2 * GammaDraw.NUMBERS),
        normals.slice(1, GammaDraw.NUMBERS, 2 * GammaDraw.NUMBERS));
    Tensor share = low.subtract(high).sigmoid();
    return share.maximum(Float.MIN_NORMAL).minimum(LAST).reshape(mean.shape());
  }

  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double share = Math.min(Math.max(mean, LEAST_MEAN), 1 - LEAST_MEAN);
    double variance = Math.max(standardDeviation * standardDeviation, 1 / MOST / MOST);
    double fitting = share * (1 - share) / variance - 1;
    return concentration.outputs(
        Math.log(share / (1 - share)), Math.min(Math.max(fitting, 1 / MOST), MOST));
  }
}
