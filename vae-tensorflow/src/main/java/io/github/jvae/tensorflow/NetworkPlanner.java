package io.github.jvae.tensorflow;

import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans a network with as few transpositions as there can be. Images are kept [B, H, W, C] from
 * where they come in, or a vector turns into an image, to where they go out or turn into a vector,
 * if a convolution lies between; else they stay as they are. A vector made of such an image has its
 * numbers in another order than the portable one, and a dense layer next to it takes the difference
 * into the layout of its weight.
 */
final class NetworkPlanner {
  private final List<Network.Node> nodes;
  private final List<NetworkPlan.Step> steps = new ArrayList<>();
  private final Map<String, Layout> layouts = new LinkedHashMap<>();

  /** Whether the present value is an image batch with its channels last. */
  private boolean channelsLast;

  /** If the present value is a vector of pixels in [H, W, C] order, the image's [C, H, W]. */
  private @Nullable Shape pixels;

  private NetworkPlanner(Network network) {
    this.nodes = network.nodes();
    this.channelsLast = network.input().rank() == 3 && convolvesFrom(0);
  }

  static NetworkPlan plan(Network network) {
    NetworkPlanner planner = new NetworkPlanner(network);
    boolean channelsLastInput = planner.channelsLast;
    for (int i = 0; i < planner.nodes.size(); i++) {
      planner.add(i, planner.nodes.get(i));
    }
    return new NetworkPlan(
        planner.steps, planner.layouts, channelsLastInput, planner.channelsLast, planner.pixels);
  }

  /** Whether an image that is there before a node meets a convolution before it is reshaped. */
  private boolean convolvesFrom(int position) {
    for (Network.Node node : nodes.subList(position, nodes.size())) {
      if (node.layer() instanceof Layer.Flatten || node.layer() instanceof Layer.Unflatten) {
        return false;
      }
      if (node.layer() instanceof Layer.Conv2d || node.layer() instanceof Layer.TransposedConv2d) {
        return true;
      }
    }
    return false;
  }

  private void add(int position, Network.Node node) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Dense) {
      addDense(node, pixelsWantedAfter(position));
    } else if (layer instanceof Layer.Conv2d conv) {
      addKernel(node, new Convolution(node.input(), conv));
    } else if (layer instanceof Layer.TransposedConv2d conv) {
      addKernel(node, new TransposedConvolution(node.input(), node.output(), conv));
    } else if (layer instanceof Layer.Activate activate) {
      steps.add((trace, x, batch) -> Activations.record(trace, activate.function(), x));
    } else if (layer instanceof Layer.Flatten) {
      addFlatten(node);
    } else {
      addUnflatten(node, convolvesFrom(position + 1));
    }
  }

  private void addDense(Network.Node node, @Nullable Shape pixelsOut) {
    Dense dense = new Dense(node, pixels, pixelsOut);
    layouts.putAll(dense.layouts());
    steps.add(dense);
    pixels = pixelsOut;
  }

  /** The image that a dense layer's outputs turn into, if its pixels are wanted channels last. */
  private @Nullable Shape pixelsWantedAfter(int position) {
    for (int next = position + 1; next < nodes.size(); next++) {
      Network.Node node = nodes.get(next);
      if (node.layer() instanceof Layer.Unflatten) {
        return convolvesFrom(next + 1) ? reordered(node.output()) : null;
      }
      if (!(node.layer() instanceof Layer.Activate)) {
        return null;
      }
    }
    return null;
  }

  /** The image, or null if its pixels have the same order channels first and last. */
  private static @Nullable Shape reordered(Shape image) {
    return image.dimension(0) == 1 || image.size() == image.dimension(0) ? null : image;
  }

  private void addKernel(Network.Node node, Kernel.Product convolution) {
    Shape weight = ((Layer.Weighted) node.layer()).weight(node.input());
    Layout kernel = Layout.kernel(weight);
    Layout bias = Layout.portable(Shape.of(node.output().dimension(0)));
    layouts.put(node.weightName(), kernel);
    layouts.put(node.biasName(), bias);
    steps.add(new Kernel(node, kernel, bias, convolution));
  }

  private void addFlatten(Network.Node node) {
    if (node.input().rank() != 3) {
      return;
    }
    Shape image = node.input();
    Shape from = channelsLast ? image.permute(1, 2, 0) : image;
    addReshape(from, node.output());
    pixels = channelsLast ? reordered(image) : null;
    channelsLast = false;
  }

  private void addUnflatten(Network.Node node, boolean convolves) {
    Shape image = node.output();
    Shape wanted = convolves ? reordered(image) : null;
    if (channelsLast || (pixels != null && (wanted == null || !pixels.equals(wanted)))) {
      addChannelsFirst(node.input());
    }
    if (convolves && (pixels != null || wanted == null)) {
      addReshape(node.input(), image.permute(1, 2, 0));
    } else {
      addReshape(node.input(), image);
      if (convolves) {
        addTranspose(0, 2, 3, 1);
      }
    }
    channelsLast = convolves;
    pixels = null;
  }

  /** Puts the present value, an image or a vector of pixels, into the portable order. */
  private void addChannelsFirst(Shape shape) {
    Shape image = pixels == null ? shape : pixels;
    if (pixels != null) {
      addReshape(shape, image.permute(1, 2, 0));
    }
    addTranspose(0, 3, 1, 2);
    addReshape(image, shape);
    channelsLast = false;
    pixels = null;
  }

  private void addReshape(Shape from, Shape to) {
    steps.add((trace, x, batch) -> trace.reshape(x, from.prepend(batch), to.prepend(batch)));
  }

  private void addTranspose(int... order) {
    steps.add((trace, x, batch) -> trace.transpose(x, order));
  }
}
