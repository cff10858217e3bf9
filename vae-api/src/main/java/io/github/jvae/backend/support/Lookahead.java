package io.github.jvae.backend.support;

import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers that are still to come in a network, and what of them decides how a value should lie.
 *
 * @param nodes the layers of this branch
 * @param branches what comes after those: heads, or what follows a residual layer
 */
record Lookahead(List<Network.Node> nodes, List<Lookahead> branches) {

  /** What layers do to an image first: convolve it, give it another shape, or neither. */
  private enum Fate {
    CONVOLVED,
    RESHAPED,
    KEPT
  }

  /** Returns all that is to come in a network. */
  static Lookahead of(Network network) {
    List<Lookahead> heads = network.heads().values().stream()
        .map(nodes -> new Lookahead(nodes, List.of()))
        .toList();
    return new Lookahead(network.trunk(), heads);
  }

  /** Returns what comes after the next layers. */
  Lookahead after(int layers) {
    return new Lookahead(nodes.subList(layers, nodes.size()), branches);
  }

  /** Returns what comes within a branch of the next layer, and then behind that layer. */
  Lookahead within(List<Network.Node> branch) {
    return new Lookahead(branch, List.of(after(1)));
  }

  /** Returns whether an image that is there meets a convolution before it is reshaped. */
  boolean convolves() {
    return fate() == Fate.CONVOLVED;
  }

  /** Returns whether an image that is there stays one to the end, whatever its order of axes. */
  boolean keeps() {
    return fate() == Fate.KEPT;
  }

  private Fate fate() {
    for (Network.Node node : nodes) {
      Fate fate = fate(node);
      if (fate != Fate.KEPT) {
        return fate;
      }
    }
    return first(branches.stream().map(Lookahead::fate).toList());
  }

  /** Returns the fate of several branches: one that convolves is worth an order of axes. */
  private static Fate first(List<Fate> branches) {
    return branches.contains(Fate.CONVOLVED)
        ? Fate.CONVOLVED
        : branches.contains(Fate.RESHAPED) ? Fate.RESHAPED : Fate.KEPT;
  }

  private static Fate fate(Network.Node node) {
    return node.layer().accept(new FateByLayer(node));
  }

  private record FateByLayer(Network.Node node) implements Layer.Cases<Fate> {
    @Override
    public Fate dense(Layer.Dense layer) {
      return Fate.KEPT;
    }

    @Override
    public Fate conv2d(Layer.Conv2d layer) {
      return Fate.CONVOLVED;
    }

    @Override
    public Fate transposedConv2d(Layer.TransposedConv2d layer) {
      return Fate.CONVOLVED;
    }

    @Override
    public Fate conv1d(Layer.Conv1d layer) {
      return Fate.KEPT;
    }

    @Override
    public Fate transposedConv1d(Layer.TransposedConv1d layer) {
      return Fate.KEPT;
    }

    @Override
    public Fate unflatten1d(Layer.Unflatten1d layer) {
      return Fate.RESHAPED;
    }

    @Override
    public Fate activate(Layer.Activate layer) {
      return Fate.KEPT;
    }

    @Override
    public Fate flatten(Layer.Flatten layer) {
      return Fate.RESHAPED;
    }

    @Override
    public Fate unflatten(Layer.Unflatten layer) {
      return Fate.RESHAPED;
    }

    @Override
    public Fate residual(Layer.Residual layer) {
      return first(List.of(
          new Lookahead(node.body(), List.of()).fate(),
          new Lookahead(node.shortcut(), List.of()).fate()));
    }

    @Override
    public Fate join(Layer.Join layer) {
      return Fate.KEPT;
    }

    @Override
    public Fate maskedDense(Layer.MaskedDense layer) {
      return Fate.KEPT;
    }

    @Override
    public Fate upsample(Layer.Upsample layer) {
      return Fate.KEPT;
    }

    @Override
    public Fate averagePool(Layer.AveragePool layer) {
      return Fate.KEPT;
    }

    @Override
    public Fate groupNorm(Layer.GroupNorm layer) {
      return Fate.KEPT;
    }

    @Override
    public Fate layerNorm(Layer.LayerNorm layer) {
      return Fate.KEPT;
    }

    @Override
    public Fate gated(Layer.Gated layer) {
      return Fate.KEPT;
    }
  }

  /** Returns the image that features turn into, if its pixels are wanted with the channels last. */
  @Nullable
  Shape pixelsWanted() {
    for (int next = 0; next < nodes.size(); next++) {
      Layer layer = nodes.get(next).layer();
      if (layer instanceof Layer.Unflatten) {
        return after(next + 1).convolves() ? reordered(nodes.get(next).output()) : null;
      }
      if (!(layer instanceof Layer.Activate)) {
        return null;
      }
    }
    return null;
  }

  /** Returns the image, or null if its pixels have the same order channels first and last. */
  static @Nullable Shape reordered(Shape image) {
    return image.dimension(0) == 1 || image.size() == image.dimension(0) ? null : image;
  }
}
