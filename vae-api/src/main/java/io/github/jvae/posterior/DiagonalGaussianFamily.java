package io.github.jvae.posterior;

import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.PosteriorFamily;
import io.github.jvae.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Normal distributions with a diagonal covariance, of which the encoder makes mean and variance.
 */
public final class DiagonalGaussianFamily implements PosteriorFamily {
  /** The name in configurations. */
  public static final String NAME = DiagonalGaussian.NAME;

  /** The head that makes the means. */
  public static final String MEAN = "mean";

  /** The head that makes the natural logarithms of the variances. */
  public static final String LOG_VARIANCE = "log_variance";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Integer> heads(int latent) {
    Map<String, Integer> heads = new LinkedHashMap<>();
    heads.put(MEAN, latent);
    heads.put(LOG_VARIANCE, latent);
    return Collections.unmodifiableMap(heads);
  }

  @Override
  public DiagonalGaussian of(Map<String, Tensor> heads, Inputs in) {
    return of(heads);
  }

  /** Records distributions of what a network made, whatever it was made of. */
  public DiagonalGaussian of(Map<String, Tensor> heads) {
    return new DiagonalGaussian(
        Objects.requireNonNull(heads.get(MEAN)), Objects.requireNonNull(heads.get(LOG_VARIANCE)));
  }
}
