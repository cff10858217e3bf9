package io.github.jvae.evaluate;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.PriorNoise;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The latent groups of a model, as users name them: one by one, or level by level. */
final class NamedGroups {
  private final LatentModel model;

  NamedGroups(LatentModel model) {
    this.model = model;
  }

  /**
   * Returns the names of the groups that some words stand for.
   *
   * @throws ConfigurationException if there is no such group or level
   */
  private Set<String> named(Iterable<String> words) {
    Set<String> names = new LinkedHashSet<>();
    for (String word : words) {
      List<String> meant = model.groups().stream()
          .filter(group -> group.name().equals(word) || group.level().equals(word))
          .map(LatentGroup::name)
          .toList();
      if (meant.isEmpty()) {
        throw new ConfigurationException("there is no latent group " + Quote.of(word)
            + " in this model; there " + (known().size() == 1 ? "is " : "are ")
            + String.join(", ", known()));
      }
      names.addAll(meant);
    }
    return names;
  }

  private Set<String> known() {
    Set<String> known = new LinkedHashSet<>();
    model.groups().forEach(group -> known.add(group.level()));
    model.groups().forEach(group -> known.add(group.name()));
    return known;
  }

  /**
   * Returns 1 in the places of the groups of some words and 0 elsewhere, [count, L].
   *
   * @throws ConfigurationException if there is no such group or level
   */
  HostTensor places(List<String> words, int count) {
    Set<String> names = named(words);
    HostTensor places = HostTensor.zeros(Shape.of(count, model.latent()));
    int place = 0;
    for (LatentGroup group : model.groups()) {
      if (names.contains(group.name())) {
        multiplied(places, place, group.size(), one -> 1);
      }
      place += group.size();
    }
    return places;
  }

  /** Changes some columns of all rows. */
  private static void multiplied(HostTensor rows, int from, int count, FloatChange change) {
    int width = rows.shape().dimension(1);
    for (int row = 0; row < rows.shape().dimension(0); row++) {
      for (int i = row * width + from; i < row * width + from + count; i++) {
        rows.data()[i] = change.of(rows.data()[i]);
      }
    }
  }

  /** Makes a number of a number. */
  @FunctionalInterface
  private interface FloatChange {
    float of(float number);
  }

  /**
   * Returns the noise of draws from the prior, each group's at its temperature.
   *
   * @return [count, priorNoiseSize]
   * @throws ConfigurationException if there is no such group, or it has no temperature
   */
  HostTensor noise(PriorDraws draws) {
    HostTensor noise = HostTensor.zeros(Shape.of(draws.count(), model.priorNoiseSize()));
    RandomStream.of(draws.seed()).child("sample").fillGaussian(noise.data());
    Map<String, Double> temperatures = temperatures(draws);
    if (temperatures.isEmpty()) {
      return noise;
    }
    requireScaled(temperatures.keySet());
    int place = 0;
    for (PriorNoise part : model.priorNoise()) {
      float temperature = temperatures.getOrDefault(part.group(), 1.0).floatValue();
      multiplied(noise, place, part.scaled(), number -> number * temperature);
      place += part.size();
    }
    return noise;
  }

  /** Returns the temperatures that are not 1, by the names of groups. */
  private Map<String, Double> temperatures(PriorDraws draws) {
    Map<String, Double> temperatures = new LinkedHashMap<>();
    model.groups().forEach(group -> temperatures.put(group.name(), draws.temperature()));
    // A group's own word counts more than its level's.
    for (LatentGroup group : model.groups()) {
      for (String word : List.of(group.level(), group.name())) {
        Double own = draws.temperatures().get(word);
        if (own != null) {
          temperatures.put(group.name(), own);
        }
      }
    }
    named(draws.temperatures().keySet());
    temperatures.values().removeIf(value -> value == 1);
    return temperatures;
  }

  private void requireScaled(Set<String> groups) {
    Set<String> without = new TreeSet<>(groups);
    model.priorNoise().stream()
        .filter(part -> part.scaled() > 0)
        .map(PriorNoise::group)
        .forEach(without::remove);
    if (!without.isEmpty()) {
      throw new ConfigurationException("a temperature widens or narrows normal draws, and no such"
          + " draws make the latent group " + String.join(", ", without) + " (codes of a codebook"
          + " are chosen, directions on a sphere have no width, and a plugin's prior has to say so);"
          + " leave its temperature at 1");
    }
  }
}
