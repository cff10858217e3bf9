package io.github.jvae.flow;

import io.github.jvae.model.Network;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Bijections one after another.
 *
 * @param parts the first to be applied first; at least one
 */
public record Composition(List<? extends Bijection> parts) implements Bijection {
  public Composition {
    parts = List.copyOf(parts);
  }

  @Override
  public List<Network> networks() {
    return parts.stream().flatMap(part -> part.networks().stream()).toList();
  }

  @Override
  public Composition given(Tensor context) {
    return new Composition(parts.stream().map(part -> part.given(context)).toList());
  }

  @Override
  public Mapped forward(Tensor x) {
    return through(parts, x, Bijection::forward);
  }

  @Override
  public Mapped inverse(Tensor y) {
    List<Bijection> backwards = new ArrayList<>(parts);
    Collections.reverse(backwards);
    return through(backwards, y, Bijection::inverse);
  }

  private static Mapped through(
      List<? extends Bijection> parts,
      Tensor from,
      BiFunction<Bijection, Tensor, Mapped> direction) {
    Tensor vectors = from;
    List<Supplier<Tensor>> determinants = new ArrayList<>();
    for (Bijection part : parts) {
      Mapped mapped = direction.apply(part, vectors);
      vectors = mapped.vectors();
      determinants.add(mapped.determinant());
    }
    return new Mapped(
        vectors,
        () -> determinants.stream().map(Supplier::get).reduce(Tensor::add).orElseThrow());
  }
}
