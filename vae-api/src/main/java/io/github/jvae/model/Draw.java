package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Latent vectors drawn from a posterior, one for each example, with the log-probability that the
 * posterior gives them. That is recorded only if somebody asks for it, as a divergence in closed
 * form does not.
 */
public final class Draw {
  private final Tensor z;
  private final Supplier<Tensor> density;
  private @Nullable Tensor logProb;

  /**
   * Keeps a draw.
   *
   * @param z [B, L]
   * @param density records {@code log q(z|x)} in nats, [B]; asked once at most
   */
  public Draw(Tensor z, Supplier<Tensor> density) {
    this.z = z;
    this.density = density;
  }

  /** Returns the latent vectors, [B, L]. */
  public Tensor z() {
    return z;
  }

  /** Returns {@code log q(z|x)} in nats, [B]. */
  public Tensor logProb() {
    Tensor result = logProb;
    if (result == null) {
      result = density.get();
      logProb = result;
    }
    return result;
  }
}
