package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Tensor;
import java.util.Optional;

/** A distribution {@code q(z|x)} over latent vectors for each example of a batch. */
public interface Posterior {

  /**
   * Returns the latent vectors that stand for the distributions, [B, L]: their means, or what a
   * posterior without a mean in closed form makes of noise 0.
   */
  Tensor mean();

  /**
   * Draws a latent vector for each example, as a differentiable function of standard normal noise
   * (the reparameterisation of Kingma and Welling, "Auto-encoding variational Bayes", 2014).
   *
   * @param noise standard normal, [B, N] with the N of {@link Encoder#noiseSize}
   */
  Draw draw(Tensor noise);

  /**
   * Returns {@code log q(z|x)} of any latent vectors, in nats.
   *
   * @param z [B, L]
   * @return [B]
   * @throws VaeException if this posterior knows the log-probability of its own draws only, as a
   *     flow does whose inverse costs too much; which is the default
   */
  default Tensor logProb(Tensor z) {
    throw new ConfigurationException("a posterior of " + getClass().getSimpleName()
        + " knows the log-probability of its own draws only; use draw(noise).logProb(), or a"
        + " diagonal-gaussian posterior");
  }

  /**
   * Returns the same distributions, through whose parameters no gradient passes.
   *
   * @return empty where {@link #logProb} knows no latent vectors but the posterior's own draws,
   *     which is the default
   */
  default Optional<Posterior> detached() {
    return Optional.empty();
  }

  /**
   * Returns the logarithms of the variances of latent dimensions that are independent of each
   * other, [B, L]; empty where they are not.
   */
  default Optional<Tensor> logVariances() {
    return Optional.empty();
  }

  /**
   * Returns the divergence from the usual distribution of this posterior's {@link LatentSpace},
   * such as {@code KL(q(z|x) ‖ N(0, I))}, in nats, [B]; empty where it has no closed form, which is
   * the default.
   */
  default Optional<Tensor> klToReference() {
    return Optional.empty();
  }

  /**
   * Returns the same distributions, each several times in a row: those of B · times examples, to
   * draw more than one latent vector for each.
   *
   * @param times at least 1
   * @return empty if this posterior does not know how, which is the default: the examples are then
   *     encoded as often
   */
  default Optional<Posterior> repeat(int times) {
    return Optional.empty();
  }

  /**
   * Returns the distributions of some of the examples.
   *
   * @param begin the first of them
   * @param end the one after the last of them
   * @throws VaeException if this posterior does not know how, which is the default
   */
  default Posterior rows(int begin, int end) {
    throw new ConfigurationException("a posterior of " + getClass().getSimpleName()
        + " cannot be divided by examples, as a prior of pseudo-inputs needs it; take a"
        + " diagonal-gaussian posterior, or another prior");
  }
}
