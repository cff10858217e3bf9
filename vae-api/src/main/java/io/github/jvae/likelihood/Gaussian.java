package io.github.jvae.likelihood;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Parameter;
import io.github.jvae.plugin.ComponentOptions;
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
public final class Gaussian implements Likelihood {
  /** The name in configurations. */
  public static final String NAME = "gaussian";

  /** The parameter of a shared learned σ: its natural logarithm, shape []. */
  public static final String SHARED_PARAMETER = "likelihood.log_sigma";

  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /** Where σ comes from. */
  public enum Sigma {
    /** A number that does not change. */
    FIXED,
    /** One trained number for all pixels. */
    SHARED,
    /** The decoder makes log σ for each pixel: its channels are all means, then all log σ. */
    PER_PIXEL
  }

  private final Sigma kind;
  private final double sigma;

  private Gaussian(Sigma kind, double sigma) {
    if (!(sigma > 0) || sigma == Double.POSITIVE_INFINITY) {
      throw new VaeException("likelihood gaussian: sigma must be above 0, not " + sigma);
    }
    this.kind = kind;
    this.sigma = sigma;
  }

  /**
   * Reads {@code sigma}: a number for a fixed σ (default 0.1), {@code "learned"} for one per pixel
   * or {@code "shared"} for one learned number, which starts from {@code initial_sigma} (default
   * 0.1).
   *
   * @throws VaeException if it is something else
   */
  public static Gaussian of(ComponentOptions options) {
    JsonNode sigma = options.get("sigma");
    if (sigma == null || sigma.isNumber()) {
      return fixed(options.number("sigma", 0.1));
    }
    return switch (sigma.asText()) {
      case "learned" -> perPixel();
      case "shared" -> shared(options.number("initial_sigma", 0.1));
      default ->
        throw options.fault("sigma", "must be a number above 0, \"learned\" or \"shared\"", sigma);
    };
  }

  /**
   * With a fixed σ.
   *
   * @throws VaeException unless it is above 0
   */
  public static Gaussian fixed(double sigma) {
    return new Gaussian(Sigma.FIXED, sigma);
  }

  /**
   * With one learned σ for all pixels.
   *
   * @param initial the σ that training starts from
   * @throws VaeException unless it is above 0
   */
  public static Gaussian shared(double initial) {
    return new Gaussian(Sigma.SHARED, initial);
  }

  /** With a learned σ for each pixel, made by the decoder. */
  public static Gaussian perPixel() {
    return new Gaussian(Sigma.PER_PIXEL, 1);
  }

  /** Where σ comes from. */
  public Sigma kind() {
    return kind;
  }

  /** The fixed σ, or the one a shared σ starts from. */
  public double sigma() {
    return sigma;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Parameter> parameters() {
    return kind == Sigma.SHARED
        ? List.of(new Parameter(
            SHARED_PARAMETER, Shape.scalar(), new Initializer.Constant(Math.log(sigma))))
        : List.of();
  }

  @Override
  public int channelsPerPixel() {
    return kind == Sigma.PER_PIXEL ? 2 : 1;
  }

  @Override
  public Support support() {
    return Support.REAL;
  }

  @Override
  public Tensor logProb(Tensor x, Tensor decoded) {
    int pixels = x.shape().size() / x.shape().dimension(0);
    Tensor difference = x.subtract(mean(decoded));
    return switch (kind) {
      case FIXED ->
        difference
            .square()
            .sum(1, 2, 3)
            .multiply(-0.5 / (sigma * sigma))
            .subtract(pixels * (0.5 * LOG_TWO_PI + Math.log(sigma)));
      case SHARED -> {
        Tensor logSigma = decoded.trace().parameter(SHARED_PARAMETER);
        yield difference
            .square()
            .sum(1, 2, 3)
            .multiply(logSigma.multiply(-2).exp().multiply(-0.5))
            .subtract(logSigma.add(0.5 * LOG_TWO_PI).multiply(pixels));
      }
      case PER_PIXEL -> {
        Tensor logSigma = logSigma(decoded);
        yield difference
            .multiply(logSigma.negate().exp())
            .square()
            .multiply(-0.5)
            .subtract(logSigma)
            .sum(1, 2, 3)
            .subtract(pixels * 0.5 * LOG_TWO_PI);
      }
    };
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return kind == Sigma.PER_PIXEL
        ? decoded.slice(1, 0, decoded.shape().dimension(1) / 2)
        : decoded;
  }

  private static Tensor logSigma(Tensor decoded) {
    int channels = decoded.shape().dimension(1);
    return decoded.slice(1, channels / 2, channels);
  }

  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    Tensor mean = mean(decoded);
    return switch (kind) {
      case FIXED -> mean.add(normal.multiply(sigma));
      case SHARED ->
        mean.add(normal.multiply(decoded.trace().parameter(SHARED_PARAMETER).exp()));
      case PER_PIXEL -> mean.add(normal.multiply(logSigma(decoded).exp()));
    };
  }
}
