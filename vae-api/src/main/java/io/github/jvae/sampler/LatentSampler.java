package io.github.jvae.sampler;

import io.github.jvae.data.Examples;
import io.github.jvae.tensor.HostTensor;
import java.nio.file.Path;
import java.util.Map;

/** A distribution of latent vectors that was fitted to the posteriors of a trained model. */
public interface LatentSampler extends AutoCloseable {

  /**
   * Draws latent vectors, for {@link io.github.jvae.evaluate.Inference#decode(HostTensor, Map)}.
   *
   * @param conditions what the model is told of each, by name, with one row for each vector; empty
   *     if it is told nothing
   * @return [count, L]
   * @throws io.github.jvae.error.VaeException if a condition is missing or of another shape, or
   *     nothing is known of vectors under one
   */
  HostTensor draw(int count, long seed, Map<String, HostTensor> conditions);

  /**
   * Returns the mean log-likelihood of latent vectors under this distribution, in nats per vector:
   * exact, or of a two-stage model, which knows only that, a lower bound.
   *
   * @param latents examples of shape [L], with the model's conditions
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
