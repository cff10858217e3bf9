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
 * Independent positive elements whose logarithms are normal, of mean m and standard deviation σ:
 * {@code log p(x|z) = Σ -½ log 2π - log σ - (log x - m)² / (2σ²) - log x}. The decoder makes m; σ
 * is a fixed number, one learned number shared by all elements, or learned for each element by the
 * decoder, which is the default.
 */
public final class LogNormal implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "log-normal";

  /** The parameter of a shared learned σ: its natural logarithm, shape []. */
  public static final String SHARED_PARAMETER = "likelihood.log_deviation";

  private static final ScaleParameter.Terms SIGMA = ScaleParameter.Terms.ofElements(
          NAME,
          "deviation",
          "The standard deviation of an element's logarithm.",
          SHARED_PARAMETER,
          Range.above(0),
          1)
      .above(ScaleParameter.LEAST_OF_COLUMN);

  /** Log-normal means beyond this are no numbers. */
  private static final double GREATEST_LOG = 80;

  private final ScaleParameter sigma;

  private LogNormal(ScaleParameter sigma) {
    this.sigma = sigma;
  }

  /**
   * Reads {@code deviation}, σ: a number for a fixed one, {@code "learned"} for one per element
   * (the default) or {@code "shared"} for one learned number, which starts from
   * {@code initial_deviation} (default 1).
   *
   * @throws VaeException if it is something else
   */
  public static LogNormal of(Options options) {
    return new LogNormal(SIGMA.of(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return SIGMA.options();
  }

  /**
   * With a fixed σ.
   *
   * @throws VaeException unless it is above 0
   */
  public static LogNormal fixed(double sigma) {
    return new LogNormal(SIGMA.fixed(sigma));
  }

  /** With a learned σ for each element, made by the decoder. */
  public static LogNormal perElement() {
    return new LogNormal(SIGMA.perPixel());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Parameter> parameters() {
    return sigma.parameters();
  }

  @Override
  public Shape decoded(Shape example) {
    return sigma.decoded(example);
  }

  @Override
  public void check(HostTensor examples) {
    Elements.require(NAME, "numbers above 0", examples, element -> element > 0);
  }

  @Override
  public boolean isDensity() {
    return true;
  }

  @Override
  public boolean takesAnyNumber(int element) {
    return false;
  }

  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    Tensor logarithm = x.maximum(Float.MIN_NORMAL).log();
    Tensor logSigma = sigma.logarithm(decoded);
    Tensor standardized =
        logarithm.subtract(sigma.location(decoded)).multiply(logSigma.negate().exp());
    return standardized
        .square()
        .multiply(-0.5)
        .subtract(logSigma.add(Poisson.HALF_LOG_TWO_PI))
        .subtract(logarithm);
  }

  /** {@code e^(m + σ²/2)}. */
  @Override
  public Tensor mean(Tensor decoded) {
    Tensor variance = sigma.logarithm(decoded).multiply(2).exp();
    return sigma
        .location(decoded)
        .add(variance.multiply(0.5))
        .minimum(GREATEST_LOG)
        .exp();
  }

  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    Tensor spread = normal.multiply(sigma.logarithm(decoded).exp());
    return sigma.location(decoded).add(spread).minimum(GREATEST_LOG).exp();
  }

  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double positive = Math.max(mean, Float.MIN_NORMAL);
    double variance = Math.log1p(Math.pow(standardDeviation / positive, 2));
    double width = Math.max(Math.sqrt(variance), ScaleParameter.LEAST_DEVIATION);
    return sigma.outputs(Math.log(positive) - 0.5 * width * width, width);
  }
}
