package io.github.jvae.flow;

import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A masked autoencoder (Germain et al., "MADE: masked autoencoder for distribution estimation",
 * 2015): a network of a vector x whose outputs for {@code x_i} follow from the elements before it
 * only, and from all of a context, if there is one.
 *
 * @param latent the extent of x
 * @param context the extent of the context; 0 for none
 * @param hidden the units of the hidden layers
 * @param descending whether the last element is the first in order
 * @param form what is made of the outputs
 */
record Made(int latent, int context, List<Integer> hidden, boolean descending, AffineForm form) {
  /** The input x. */
  static final String X = "x";

  /** The input that all outputs may follow from. */
  static final String CONTEXT = "context";

  Made {
    hidden = List.copyOf(hidden);
  }

  /** Returns the place in the order of each element of x, from 1. */
  List<Integer> places() {
    List<Integer> places =
        new ArrayList<>(IntStream.rangeClosed(1, latent).boxed().toList());
    if (descending) {
      Collections.reverse(places);
    }
    return places;
  }

  /** Returns the network, whose heads make an {@link Affine}. */
  Network network(String name) {
    Network.Builder network = Network.named(name).input(X, Shape.of(latent));
    List<Integer> degrees = new ArrayList<>(places());
    if (context > 0) {
      network.input(CONTEXT, Shape.of(context)).layers(new Layer.Join(CONTEXT));
      degrees.addAll(Collections.nCopies(context, 0));
    }
    for (int units : hidden) {
      List<Integer> made = degrees(units);
      network.layers(
          Layer.MaskedDense.ofDegrees(degrees, made, false), new Layer.Activate(form.activation()));
      degrees = made;
    }
    return Affine.addHeads(network, Layer.MaskedDense.ofDegrees(degrees, places(), true))
        .build();
  }

  /** Returns the degrees of hidden units in turn: those of degree 0 see nothing but the context. */
  private List<Integer> degrees(int units) {
    int lowest = context > 0 || latent == 1 ? 0 : 1;
    return IntStream.range(0, units)
        .mapToObj(unit -> lowest + unit % (latent - lowest))
        .toList();
  }
}
