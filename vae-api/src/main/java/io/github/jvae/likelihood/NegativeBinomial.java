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
 * Independent counts that spread more than a Poisson distribution's: of mean μ, whose logarithm the
 * decoder makes, and dispersion r they have the variance {@code μ + μ²/r} and
 *
 * <pre>
 * log p(x|z) = Σ log Γ(x + r) - log Γ(r) - log x! + r log(r / (r + μ)) + x log(μ / (r + μ))
 * </pre>
 *
 * <p>That is a Poisson distribution whose rate has a gamma distribution; as r grows it becomes one
 * of rate μ. The dispersion is a fixed number, one learned number shared by all elements, or
 * learned for each element by the decoder, which is the default.
 */
public final class NegativeBinomial implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "negative-binomial";

  /** The parameter of a shared learned dispersion: its natural logarithm, shape []. */
  public static final String SHARED_PARAMETER = "likelihood.log_dispersion";

  private static final double LEAST_LOG = -10;
  private static final double GREATEST_LOG = 16;

  private static final ScaleParameter.Terms DISPERSION = ScaleParameter.Terms.ofElements(
      NAME,
      "dispersion",
      "r, of which a count of mean m has the variance m + m * m / r.",
      SHARED_PARAMETER,
      Range.above(0),
      1);

  private final ScaleParameter dispersion;

  private NegativeBinomial(ScaleParameter dispersion) {
    this.dispersion = dispersion;
  }

  /**
   * Reads {@code dispersion}: a number for a fixed one, {@code "learned"} for one per element (the
   * default) or {@code "shared"} for one learned number, which starts from
   * {@code initial_dispersion} (default 1).
   *
   * @throws VaeException if it is something else
   */
  public static NegativeBinomial of(Options options) {
    return new NegativeBinomial(DISPERSION.of(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return DISPERSION.options();
  }

  /**
   * With a fixed dispersion.
   *
   * @throws VaeException unless it is above 0
   */
  public static NegativeBinomial fixed(double dispersion) {
    return new NegativeBinomial(DISPERSION.fixed(dispersion));
  }

  /** With a learned dispersion for each element, made by the decoder. */
  public static NegativeBinomial perElement() {
    return new NegativeBinomial(DISPERSION.perPixel());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Parameter> parameters() {
    return dispersion.parameters();
  }

  @Override
  public Shape decoded(Shape example) {
    return dispersion.decoded(example);
  }

  /** A draw takes a gamma variable's numbers, then a Poisson variable's. */
  @Override
  public Shape noise(Shape example) {
    return Elements.widened(NAME, example, GammaDraw.NUMBERS + PoissonDraw.NUMBERS);
  }

  @Override
  public void check(HostTensor examples) {
    Elements.requireCounts(NAME, examples);
  }

  @Override
  public boolean isDensity() {
    return false;
  }

  /** r, kept where single precision can tell what it does. */
  private Tensor dispersion(Tensor decoded) {
    return dispersion
        .logarithm(decoded)
        .maximum(LEAST_LOG)
        .minimum(GREATEST_LOG)
        .exp();
  }

  /** See {@link LogGamma} for the form. */
  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    Tensor r = dispersion(decoded);
    Tensor mean = mean(decoded);
    Tensor all = x.add(r);
    Tensor next = x.add(1);
    Tensor excess = x.subtract(mean);
    Tensor ofAll = LogGamma.logRatio(all, mean.add(r), excess).multiply(all);
    Tensor ofCount = LogGamma.logRatio(next, mean, excess.add(1)).multiply(x);
    Tensor roots = r.log().subtract(all.log()).subtract(next.log()).multiply(0.5);
    return ofAll
        .subtract(ofCount)
        .add(roots)
        .add(LogGamma.remainder(all))
        .subtract(LogGamma.remainder(r))
        .subtract(LogGamma.remainder(next))
        .add(1 - Poisson.HALF_LOG_TWO_PI);
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return LogRate.rate(dispersion.location(decoded));
  }

  /** As a Poisson variable of a gamma variable's rate. */
  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    int batch = decoded.shape().dimension(0);
    Tensor mean = mean(decoded);
    Tensor r = dispersion(decoded).broadcastTo(mean.shape()).reshape(batch, 1, -1);
    Tensor numbers = uniform.reshape(batch, GammaDraw.NUMBERS + PoissonDraw.NUMBERS, -1);
    Tensor logGamma = GammaDraw.logarithm(
        r,
        numbers.slice(1, 0, GammaDraw.NUMBERS),
        normal
            .reshape(batch, GammaDraw.NUMBERS + PoissonDraw.NUMBERS, -1)
            .slice(1, 0, GammaDraw.NUMBERS));
    Tensor logRate = logGamma.subtract(r.log()).add(mean.reshape(batch, 1, -1).log());
    Tensor rest = numbers.slice(1, GammaDraw.NUMBERS, numbers.shape().dimension(1));
    return PoissonDraw.of(logRate.minimum(LogRate.GREATEST).exp(), rest).reshape(mean.shape());
  }

  /** The dispersion of a mean and a variance, up to 1000 where that spreads less than Poisson's. */
  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double excess = standardDeviation * standardDeviation - mean;
    double most = 1000;
    double fitting = excess > 0 ? Math.min(mean * mean / excess, most) : most;
    return dispersion.outputs(LogRate.of(mean), Math.max(fitting, 1 / most));
  }
}
