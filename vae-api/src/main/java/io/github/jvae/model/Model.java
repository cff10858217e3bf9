package io.github.jvae.model;

import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * The four parts of a variational autoencoder. Its methods call them by name, so that a fault says
 * which part it is in, and check what they return.
 *
 * @param encoder {@code q(z|x)}
 * @param decoder the network of {@code p(x|z)}
 * @param prior {@code p(z)}
 * @param likelihood the distribution of {@code p(x|z)}
 */
public record Model(Encoder encoder, Decoder decoder, Prior prior, Likelihood likelihood) {

  /** The parameters of all parts. */
  public List<Parameter> parameters() {
    return Stream.of(encoder, decoder, prior, likelihood)
        .flatMap(component -> component.parameters().stream())
        .toList();
  }

  /** {@code q(z|x)} for images [B, C, H, W]. */
  public Posterior encode(Tensor x) {
    return x.trace().within("encoder", () -> encoder.encode(x));
  }

  /** A latent vector [B, L] for each image, of standard normal noise [B, L]. */
  public Tensor sample(Posterior posterior, Tensor noise) {
    return noise.trace().within("posterior", () -> posterior.sample(noise));
  }

  /** What the likelihood reads, for latent vectors [B, L]. */
  public Tensor decode(Tensor z) {
    return z.trace().within("decoder", () -> decoder.decode(z));
  }

  /** {@code log p(x|z)}, [B], in nats. */
  public Tensor logLikelihood(Tensor x, Tensor decoded) {
    String part = "likelihood " + likelihood.name();
    return perExample(part, x, x.trace().within(part, () -> likelihood.logProb(x, decoded)));
  }

  /** {@code log p(z)}, [B], in nats. */
  public Tensor logPrior(Tensor z) {
    String part = "prior " + prior.name();
    return perExample(part, z, z.trace().within(part, () -> prior.logProb(z)));
  }

  /** {@code KL(q(z|x) ‖ p(z))}, [B], in nats. */
  public Tensor kl(Posterior posterior, Tensor z) {
    String part = "prior " + prior.name();
    return perExample(part, z, z.trace().within(part, () -> prior.kl(posterior, z)));
  }

  private static Tensor perExample(String part, Tensor batch, Tensor result) {
    Shape wanted = Shape.of(batch.shape().dimension(0));
    if (!result.shape().equals(wanted)) {
      throw new ShapeException(
          part + " must return one number per example, " + wanted + ", not " + result.shape());
    }
    return result;
  }
}
