package io.github.jvae.evaluate;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How latent vectors are to be drawn from a model's prior. Where groups are named, the name of a
 * level stands for all groups of that level.
 *
 * @param count how many
 * @param seed of the noise
 * @param conditions what the model is told of each, with one row for each
 * @param temperature what the standard deviations of normal draws are multiplied by: 1 is the
 *     prior, 0 gives the means of its normal distributions
 * @param temperatures the same of single groups, by name
 * @param fixed the groups that all latent vectors have in common; the others are drawn anew for
 *     each
 * @param like the latent vector, [1, L], that the fixed groups are those of, or one for each,
 *     [count, L]; if there is none, they are drawn once, with the noise of the first
 */
public record PriorDraws(
    int count,
    long seed,
    Map<String, HostTensor> conditions,
    double temperature,
    Map<String, Double> temperatures,
    List<String> fixed,
    Optional<HostTensor> like) {

  /**
   * Keeps copies.
   *
   * @throws ConfigurationException if there are none to draw, or a temperature is no finite number
   *     from 0
   */
  public PriorDraws {
    if (count < 1) {
      throw new ConfigurationException("at least 1 latent vector is drawn, not " + count);
    }
    requireTemperature(temperature);
    temperatures.values().forEach(PriorDraws::requireTemperature);
    conditions = Map.copyOf(conditions);
    temperatures = Map.copyOf(temperatures);
    fixed = List.copyOf(fixed);
  }

  private static void requireTemperature(double value) {
    if (!(value >= 0) || !Double.isFinite(value)) {
      throw new ConfigurationException(
          "a temperature must be a finite number, at least 0, not " + value);
    }
  }

  /** Draws of the whole prior, by a model that is told nothing. */
  public static PriorDraws of(int count, long seed) {
    return new PriorDraws(count, seed, Map.of(), 1, Map.of(), List.of(), Optional.empty());
  }

  /** The same under conditions, with one row for each latent vector. */
  public PriorDraws under(Map<String, HostTensor> told) {
    return new PriorDraws(count, seed, told, temperature, temperatures, fixed, like);
  }

  /** The same at a temperature. */
  public PriorDraws at(double value) {
    return new PriorDraws(count, seed, conditions, value, temperatures, fixed, like);
  }

  /** The same with a temperature of its own for a group. */
  public PriorDraws at(String group, double value) {
    Map<String, Double> all = new LinkedHashMap<>(temperatures);
    all.put(group, value);
    return new PriorDraws(count, seed, conditions, temperature, all, fixed, like);
  }

  /** The same with groups that all have in common. */
  public PriorDraws fixing(List<String> groups) {
    return new PriorDraws(count, seed, conditions, temperature, temperatures, groups, like);
  }

  /**
   * The same with the fixed groups of a latent vector, [1, L], such as that of an example, or of as
   * many as are drawn, [count, L].
   */
  public PriorDraws like(HostTensor latents) {
    return new PriorDraws(
        count, seed, conditions, temperature, temperatures, fixed, Optional.of(latents));
  }
}
