package io.github.jvae.sampler;

import io.github.jvae.data.Examples;
import io.github.jvae.tensor.HostTensor;
import java.nio.file.Path;

/** A distribution of latent vectors that was fitted to the posteriors of a trained model. */
public interface LatentSampler extends AutoCloseable {

  /**
   * Draws latent vectors, for {@link io.github.jvae.Vae#decode}.
   *
   * @return [count, L]
   */
  HostTensor draw(int count, long seed);

  /**
   * Returns the mean log-likelihood of latent vectors under this distribution, in nats per vector:
   * exact, or of a two-stage model, which knows only that, a lower bound.
   *
   * @param latents examples of shape [L]
   */
  double logLikelihood(Examples latents);

  /**
   * Writes what rebuilds it.
   *
   * @param folder is made if it is not there
   * @throws io.github.jvae.error.VaeException if it cannot be written
   */
  void save(Path folder);

  /** Releases native memory, if there is any. */
  @Override
  void close();
}
