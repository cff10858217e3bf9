package io.github.jvae.flow;

import io.github.jvae.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * {@link Planar} maps one after another, whose u, w and b are all numbers of the example, as
 * Rezende and Mohamed have them.
 *
 * @param maps how many, at least 1
 */
public record PlanarFlow(int maps) implements ConditionalFlow {

  @Override
  public int size(int latent) {
    return maps * (2 * latent + 1);
  }

  @Override
  public Bijection given(Tensor numbers) {
    int each = numbers.shape().dimension(1) / maps;
    return new Composition(IntStream.range(0, maps)
        .mapToObj(map -> planar(numbers.slice(1, map * each, (map + 1) * each)))
        .toList());
  }

  private static Planar planar(Tensor numbers) {
    int end = numbers.shape().dimension(1);
    int latent = end / 2;
    return new Planar(
        numbers.slice(1, 0, latent),
        numbers.slice(1, latent, 2 * latent),
        numbers.slice(1, end - 1, end));
  }
}
