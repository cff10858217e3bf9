package io.github.jvae.posterior;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentSpace;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.PosteriorFamily;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Von Mises–Fisher distributions on the unit sphere (Davidson et al., "Hyperspherical variational
 * auto-encoders", 2018), of which the encoder makes direction and concentration. As they have it, κ
 * is at least 1.
 */
final class VonMisesFisherFamily implements PosteriorFamily {
  /** The name in configurations. */
  public static final String NAME = "von-mises-fisher";

  /** The head that makes vectors in the mean directions. */
  public static final String DIRECTION = "direction";

  /** The head that makes κ, through {@code softplus + 1}. */
  public static final String CONCENTRATION = "concentration";

  /**
   * Returns the family.
   *
   * @throws ConfigurationException if there are fewer than two latent dimensions
   */
  public static VonMisesFisherFamily of(ModelContext context) {
    if (context.latent() < 2) {
      throw new ConfigurationException(
          "posterior " + NAME + " lies on the unit sphere, of which one"
              + " latent dimension leaves two points; give it at least 2 (latent)");
    }
    return new VonMisesFisherFamily();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LatentSpace space() {
    return LatentSpace.SPHERE;
  }

  @Override
  public Map<String, Integer> heads(int latent) {
    Map<String, Integer> heads = new LinkedHashMap<>();
    heads.put(DIRECTION, latent);
    heads.put(CONCENTRATION, 1);
    return Collections.unmodifiableMap(heads);
  }

  @Override
  public Posterior of(Map<String, Tensor> heads, Inputs in) {
    Tensor direction = Objects.requireNonNull(heads.get(DIRECTION));
    Tensor concentration = Objects.requireNonNull(heads.get(CONCENTRATION));
    return new VonMisesFisher(
        VonMisesFisher.unit(direction), concentration.softplus().add(1));
  }
}
