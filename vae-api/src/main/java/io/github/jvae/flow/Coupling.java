package io.github.jvae.flow;

import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A coupling layer (Dinh et al., "Density estimation using Real NVP", 2017): one half of a vector
 * stays, and the other becomes {@code y = e^s x + t}, where a network makes s and t of the half
 * that stays: {@code log |det J| = Σ s}. Both ways take the network once.
 */
public final class Coupling implements Bijection {
  private static final String STAYS = "x";
  private static final String CONTEXT = "context";

  private final Network network;
  private final int split;
  private final boolean changesFirst;
  private final AffineForm form;
  private final @Nullable Tensor context;

  private Coupling(
      Network network, int split, boolean changesFirst, AffineForm form, @Nullable Tensor context) {
    this.network = network;
    this.split = split;
    this.changesFirst = changesFirst;
    this.form = form;
    this.context = context;
  }

  /**
   * Returns such layers that change the two halves in turns.
   *
   * @param name of the networks' parameters, before a number
   * @param count how many, at least 1
   * @param latent L, at least 2
   * @param context the extent of the context they are {@link #given}; 0 for none
   * @param hidden the units of the hidden layers of each network
   * @param form of the map of each element
   */
  public static List<Coupling> alternating(
      String name, int count, int latent, int context, List<Integer> hidden, AffineForm form) {
    int split = latent / 2;
    return IntStream.range(0, count)
        .mapToObj(number -> {
          boolean changesFirst = number % 2 == 1;
          int changed = changesFirst ? split : latent - split;
          Network.Builder network =
              Network.named(name + "." + number).input(STAYS, Shape.of(latent - changed));
          if (context > 0) {
            network.input(CONTEXT, Shape.of(context)).layers(new Layer.Join(CONTEXT));
          }
          return new Coupling(
              completed(network, changed, hidden, form), split, changesFirst, form, null);
        })
        .toList();
  }

  private static Network completed(
      Network.Builder network, int changed, List<Integer> hidden, AffineForm form) {
    for (int units : hidden) {
      network.layers(new Layer.Dense(units), new Layer.Activate(form.activation()));
    }
    return Affine.addHeads(network, new Layer.Dense(changed)).build();
  }

  @Override
  public Coupling given(Tensor numbers) {
    return new Coupling(network, split, changesFirst, form, numbers);
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
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    inputs.put(STAYS, stays);
    if (context != null) {
      inputs.put(CONTEXT, context);
    }
    return Affine.of(stays.trace().apply(network, inputs), form);
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
