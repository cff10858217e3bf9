package io.github.jvae.sampler;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import java.util.ArrayList;
import java.util.List;

/**
 * Which sampler to fit, and how.
 *
 * @param type one of {@link #TYPES}
 * @param components how many Gaussians a mixture has
 * @param epochs passes over the latent vectors in which a flow or a second model is trained
 * @param hidden the hidden units of a second model, from the latent vector inwards
 * @param seed of first weights, noise and the order of examples
 */
public record SamplerOptions(
    String type, int components, int epochs, List<Integer> hidden, long seed) {
  /** A mixture of Gaussians with full covariances. */
  public static final String MIXTURE = "mixture";

  /** A flow of coupling layers (Dinh et al., "Density estimation using Real NVP", 2017). */
  public static final String REAL_NVP = "real-nvp";

  /** A masked autoregressive flow (Papamakarios et al., 2017). */
  public static final String MAF = "maf";

  /**
   * A second variational autoencoder, of the latent vectors (Dai and Wipf, "Diagnosing and
   * enhancing VAE models", 2019).
   */
  public static final String TWO_STAGE = "two-stage";

  /** All of them. */
  public static final List<String> TYPES = List.of(MIXTURE, REAL_NVP, MAF, TWO_STAGE);

  private static final SamplerOptions DEFAULTS =
      new SamplerOptions(MIXTURE, 10, 50, List.of(256, 256), 1);

  /** @throws ConfigurationException that names everything that is out of range */
  public SamplerOptions {
    List<String> faults = new ArrayList<>();
    if (!TYPES.contains(type)) {
      faults.add("there is no sampler " + Quote.of(type) + ", but " + Quote.list(TYPES));
    }
    if (components < 1) {
      faults.add("a mixture has at least 1 component, not " + components);
    }
    if (epochs < 1) {
      faults.add("the epochs must be at least 1, not " + epochs);
    }
    if (hidden.isEmpty() || hidden.stream().anyMatch(units -> units < 1)) {
      faults.add("the hidden layers must have at least 1 unit each, and be some, not " + hidden);
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException("no sampler can be fitted: " + String.join("; ", faults));
    }
    hidden = List.copyOf(hidden);
  }

  /** Returns the usual options of a type of sampler. */
  public static SamplerOptions of(String type) {
    return new SamplerOptions(
        type, DEFAULTS.components, DEFAULTS.epochs, DEFAULTS.hidden, DEFAULTS.seed);
  }

  /** Returns the same with another number of Gaussians. */
  public SamplerOptions withComponents(int count) {
    return new SamplerOptions(type, count, epochs, hidden, seed);
  }

  /** Returns the same with another number of passes. */
  public SamplerOptions withEpochs(int count) {
    return new SamplerOptions(type, components, count, hidden, seed);
  }

  /** Returns the same with other hidden units of a second model. */
  public SamplerOptions withHidden(List<Integer> units) {
    return new SamplerOptions(type, components, epochs, units, seed);
  }

  /** Returns the same with another seed. */
  public SamplerOptions withSeed(long value) {
    return new SamplerOptions(type, components, epochs, hidden, value);
  }
}
