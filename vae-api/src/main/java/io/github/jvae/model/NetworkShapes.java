package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.tensor.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the networks of a model have to take and to make.
 *
 * @param example the shape of one example, such as [channels, height, width]
 * @param input the shape of what the encoder's network sees of it: the example, unless that is a
 *     row of a table, see {@link ColumnFeatures}
 * @param latent the extent of the latent vector
 * @param decoded what the decoder makes for an example, see {@link Likelihood#decoded}
 * @param heads what the encoder makes, see {@link PosteriorFamily#heads}
 * @param conditions the shapes of what is known of an example beside, by name; a network that wants
 *     one has a layer that joins it
 */
public record NetworkShapes(
    Shape example,
    Shape input,
    int latent,
    Shape decoded,
    Map<String, Integer> heads,
    SortedMap<String, Shape> conditions) {

  /** @throws ConfigurationException if the latent vector has no dimension */
  public NetworkShapes {
    if (latent < 1) {
      throw new ConfigurationException(
          "the latent vector needs at least 1 dimension, not " + latent);
    }
    heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
    conditions = Collections.unmodifiableSortedMap(new TreeMap<>(conditions));
  }

  /**
   * Returns the shapes of a model with a diagonal Gaussian posterior and a decoder that makes as
   * much as an example has, without conditions.
   */
  public static NetworkShapes of(Shape example, int latent) {
    Map<String, Integer> heads = new LinkedHashMap<>();
    heads.put("mean", latent);
    heads.put("log_variance", latent);
    return new NetworkShapes(example, example, latent, example, heads, new TreeMap<>());
  }

  /** Returns the same for an encoder that sees something else than the example. */
  public NetworkShapes withInput(Shape shape) {
    return new NetworkShapes(example, shape, latent, decoded, heads, conditions);
  }

  /**
   * Returns layers that join the conditions, all but a mask: that is as large as the example, and
   * of use to a network that expects it only.
   */
  public List<Layer> joins() {
    return conditions.keySet().stream()
        .filter(name -> !name.equals(Inputs.MASK))
        .<Layer>map(Layer.Join::new)
        .toList();
  }

  /** Returns the same for a decoder that makes something else. */
  public NetworkShapes withDecoded(Shape shape) {
    return new NetworkShapes(example, input, latent, shape, heads, conditions);
  }

  /** Returns the same for an encoder that makes something else. */
  public NetworkShapes withHeads(Map<String, Integer> sizes) {
    return new NetworkShapes(example, input, latent, decoded, sizes, conditions);
  }

  /** Returns the same for a model with conditions. */
  public NetworkShapes withConditions(Map<String, Shape> shapes) {
    return new NetworkShapes(example, input, latent, decoded, heads, new TreeMap<>(shapes));
  }
}
