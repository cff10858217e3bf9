package io.github.jvae.posterior;

import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.PosteriorFamily;
import io.github.jvae.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Normal distributions with any covariance {@code Σ = C Cᵀ}, of which the encoder makes the mean
 * and the lower triangular factor C.
 */
final class FullCovariance implements PosteriorFamily {
  /** The name in configurations. */
  public static final String NAME = "full-covariance";

  /** The head that makes the means. */
  public static final String MEAN = "mean";

  /**
   * The head that makes C: first the natural logarithms of the squares of its diagonal, then what
   * is below that, row by row, each in units of its row's diagonal.
   */
  public static final String FACTOR = "factor";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Integer> heads(int latent) {
    Map<String, Integer> heads = new LinkedHashMap<>();
    heads.put(MEAN, latent);
    heads.put(FACTOR, Math.toIntExact(latent * (latent + 1L) / 2));
    return Collections.unmodifiableMap(heads);
  }

  @Override
  public Posterior of(Map<String, Tensor> heads, Inputs in) {
    Tensor mean = Objects.requireNonNull(heads.get(MEAN));
    Tensor factor = Objects.requireNonNull(heads.get(FACTOR));
    int latent = mean.shape().dimension(1);
    DiagonalGaussian diagonal = new DiagonalGaussian(mean, factor.slice(1, 0, latent));
    return latent == 1
        ? diagonal
        : new FullGaussian(diagonal, factor.slice(1, latent, factor.shape().dimension(1)));
  }
}
