package io.github.jvae.flow;

import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A coupling layer (Dinh et al., "Density estimation using Real NVP", 2017): one half of a vector
 * stays, and the other becomes {@code y = e^s x + t}, where a network makes s and t of the half
 * that stays: {@code log |det J| = Σ s}. Both ways take the network once.
 */
public final class Coupling implements Bijection {
  private static final String STAYS = "x";

  private final Network network;
  private final int split;
  private final boolean changesFirst;
  private final AffineForm form;

  private Coupling(Network network, int split, boolean changesFirst, AffineForm form) {
    this.network = network;
    this.split = split;
    this.changesFirst = changesFirst;
    this.form = form;
  }

  /**
   * Returns such layers that change the two halves in turns.
   *
   * @param name of the networks' parameters, before a number
   * @param count how many, at least 1
   * @param latent L, at least 2
   * @param hidden the units of the hidden layers of each network
   * @param form of the map of each element
   */
  public static List<Coupling> alternating(
      String name, int count, int latent, List<Integer> hidden, AffineForm form) {
    int split = latent / 2;
    return IntStream.range(0, count)
        .mapToObj(number -> {
          boolean changesFirst = number % 2 == 1;
          int changed = changesFirst ? split : latent - split;
          Network network = network(name + "." + number, latent - changed, changed, hidden, form);
          return new Coupling(network, split, changesFirst, form);
        })
        .toList();
  }

  private static Network network(
      String name, int stays, int changed, List<Integer> hidden, AffineForm form) {
    Network.Builder network = Network.named(name).input(STAYS, Shape.of(stays));
    for (int units : hidden) {
      network.layers(new Layer.Dense(units), new Layer.Activate(form.activation()));
    }
    return Affine.addHeads(network, new Layer.Dense(changed)).build();
  }

  @Override
  public List<Network> networks() {
    return List.of(network);
  }

  private Tensor half(Tensor vectors, boolean first) {
    return first
        ? vectors.slice(1, 0, split)
        : vectors.slice(1, split, vectors.shape().dimension(1));
  }

  private Affine affine(Tensor stays) {
    return Affine.of(stays.trace().apply(network, Map.of(STAYS, stays)), form);
  }

  private Tensor joined(Tensor stays, Tensor changed) {
    return changesFirst ? changed.concat(1, stays) : stays.concat(1, changed);
  }

  @Override
  public Mapped forward(Tensor x) {
    Tensor stays = half(x, !changesFirst);
    Affine affine = affine(stays);
    return new Mapped(joined(stays, affine.forward(half(x, changesFirst))), affine::logDeterminant);
  }

  @Override
  public Mapped inverse(Tensor y) {
    Tensor stays = half(y, !changesFirst);
    Affine affine = affine(stays);
    return new Mapped(
        joined(stays, affine.inverse(half(y, changesFirst))),
        () -> affine.logDeterminant().negate());
  }
}
