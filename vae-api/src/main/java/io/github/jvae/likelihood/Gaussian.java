package io.github.jvae.likelihood;

import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.IndependentLikelihood;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Parameter;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/**
 * Independent normal pixels. The standard deviation σ is a fixed number, one learned number shared
 * by all pixels, or learned for each pixel by the decoder.
 *
 * <p>{@code log p(x|z) = -D/2 log(2πσ²) - ‖x - x̂‖² / (2σ²)} for D pixel values. The first term
 * does not change the gradient of a fixed σ, but is always part of the value, so that bounds
 * compare across σ.
 */
public final class Gaussian implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "gaussian";

  /** The parameter of a shared learned σ: its natural logarithm, shape []. */
  public static final String SHARED_PARAMETER = "likelihood.log_sigma";

  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private static final ScaleParameter.Terms SIGMA = ScaleParameter.Terms.of(
          NAME, "sigma", SHARED_PARAMETER, Range.above(0), 0.1)
      .withFlag();

  private final ScaleParameter sigma;

  private Gaussian(ScaleParameter sigma) {
    this.sigma = sigma;
  }

  /**
   * Reads {@code sigma}: a number for a fixed σ (default 0.1), {@code "learned"} for one per pixel
   * or {@code "shared"} for one learned number, which starts from {@code initial_sigma} (default
   * 0.1).
   *
   * @throws VaeException if it is something else
   */
  public static Gaussian of(Options options) {
    return new Gaussian(SIGMA.of(options));
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
  public static Gaussian fixed(double sigma) {
    return new Gaussian(SIGMA.fixed(sigma));
  }

  /**
   * With one learned σ for all pixels.
   *
   * @param initial the σ that training starts from
   * @throws VaeException unless it is above 0
   */
  public static Gaussian shared(double initial) {
    return new Gaussian(SIGMA.shared(initial));
  }

  /** With a learned σ for each pixel, made by the decoder. */
  public static Gaussian perPixel() {
    return new Gaussian(SIGMA.perPixel());
  }

  /**
   * With a learned σ for each element that stays above a number, so that a column which hardly
   * changes costs no more than that.
   *
   * @param least above 0 and below 0.1
   */
  static Gaussian above(double least) {
    return new Gaussian(SIGMA.above(least).perPixel());
  }

  /** Where σ comes from. */
  public ScaleParameter.Kind kind() {
    return sigma.kind();
  }

  /** The fixed σ, or the one a shared σ starts from. */
  public double sigma() {
    return sigma.value();
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
    // Every real number has a density.
  }

  @Override
  public boolean isDensity() {
    return true;
  }

  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    Tensor logSigma = sigma.logarithm(decoded);
    Tensor standardized = x.subtract(mean(decoded)).multiply(logSigma.negate().exp());
    return standardized.square().multiply(-0.5).subtract(logSigma.add(0.5 * LOG_TWO_PI));
  }

  /** The same with the sums taken first, which leaves less to compute where σ is shared. */
  @Override
  public Tensor logProb(Inputs in, Tensor decoded) {
    Tensor difference = in.x().subtract(mean(decoded));
    return switch (kind()) {
      case FIXED ->
        in.sum(difference.square())
            .multiply(-0.5 / (sigma() * sigma()))
            .subtract(in.count().multiply(0.5 * LOG_TWO_PI + Math.log(sigma())));
      case SHARED -> {
        Tensor logSigma = sigma.logarithm(decoded);
        yield in.sum(difference.square())
            .multiply(logSigma.multiply(-2).exp().multiply(-0.5))
            .subtract(logSigma.add(0.5 * LOG_TWO_PI).multiply(in.count()));
      }
      case PER_PIXEL -> {
        Tensor logSigma = sigma.logarithm(decoded);
        Tensor squares = difference.multiply(logSigma.negate().exp()).square();
        yield in.sum(squares.multiply(-0.5).subtract(logSigma))
            .subtract(in.count().multiply(0.5 * LOG_TWO_PI));
      }
    };
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return sigma.location(decoded);
  }

  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    Tensor noise = kind() == ScaleParameter.Kind.FIXED
        ? normal.multiply(sigma())
        : normal.multiply(sigma.logarithm(decoded).exp());
    return mean(decoded).add(noise);
  }

  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    return sigma.outputs(mean, Math.max(standardDeviation, ScaleParameter.LEAST_DEVIATION));
  }
}
