package io.github.jvae.architecture;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Initialization;
import io.github.jvae.model.Layer;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual networks for images (He et al., "Identity mappings in deep residual networks", 2016, of
 * which the blocks are, without their normalisation). The encoder begins with a convolution; each
 * stage is some blocks, and a convolution of stride 2 leads from one to the next. A dense layer
 * comes before the heads. The decoder is the mirror image, and gives back odd heights and widths.
 *
 * <p>What a block adds starts small: the first weights of its last convolution are divided by the
 * square root of the number of blocks (Child, "Very deep VAEs generalize autoregressive models and
 * can outperform them on images", 2021), so that a network of any depth starts as a shallow one.
 *
 * @param channels of each stage, from the image inwards; at least one
 * @param blocks of each stage
 * @param dense units next to the latent vector
 * @param activation the function before each convolution
 */
record ResNet(List<Integer> channels, int blocks, int dense, Activation activation) {
  private static final int IMAGE_RANK = 3;
  private static final int SMALLEST_SIDE = 2;

  /** Halves an image's sides: a kernel of 4, a stride of 2 and a padding of 1. */
  private static final Layer.Conv2d HALVING = new Layer.Conv2d(1, 4, 2, 1);

  ResNet {
    channels = List.copyOf(channels);
    if (channels.isEmpty()) {
      throw new ConfigurationException("a resnet architecture needs at least one number of"
          + " channels, such as 32,64,128; without stages it is mlp");
    }
  }

  /**
   * Returns the networks.
   *
   * @throws ConfigurationException if the examples are no images, or too small for so many stages
   */
  Architecture of(NetworkShapes shapes, Initialization initialization) {
    List<Shape> sizes = sizes(shapes.example());
    return new Architecture(shapes, encoder(shapes), decoder(shapes, sizes))
        .with(initialization)
        .withResidualScale(1 / Math.sqrt((double) blocks * channels.size()));
  }

  /** Returns the images of each stage, [channels, height, width]. */
  private List<Shape> sizes(Shape image) {
    if (image.rank() != IMAGE_RANK) {
      throw new ConfigurationException("a resnet architecture takes images [channels, height,"
          + " width], not " + image + "; for other examples take mlp");
    }
    List<Shape> sizes = new ArrayList<>(List.of(image.with(0, channels.get(0))));
    for (int stage = 1; stage < channels.size(); stage++) {
      Shape above = sizes.get(stage - 1);
      if (Math.min(above.dimension(1), above.dimension(2)) < SMALLEST_SIDE) {
        throw new ConfigurationException("images of " + image.dimension(1) + "x"
            + image.dimension(2) + " are too small for a resnet architecture of "
            + channels.size() + " stages, each of half the size; use at most " + stage
            + " of them (channels)");
      }
      sizes.add(HALVING.withOutputs(channels.get(stage)).output(above));
    }
    return sizes;
  }

  private List<Layer> encoder(NetworkShapes shapes) {
    List<Layer> layers = new ArrayList<>();
    layers.add(convolution(channels.get(0)));
    for (int stage = 0; stage < channels.size(); stage++) {
      if (stage > 0) {
        layers.add(HALVING.withOutputs(channels.get(stage)));
      }
      addBlocks(layers, channels.get(stage));
    }
    layers.add(new Layer.Activate(activation));
    layers.add(new Layer.Flatten());
    layers.addAll(shapes.joins());
    layers.addAll(activation.after(new Layer.Dense(dense)));
    return layers;
  }

  private List<Layer> decoder(NetworkShapes shapes, List<Shape> sizes) {
    Shape deepest = sizes.get(sizes.size() - 1);
    List<Layer> layers = new ArrayList<>(shapes.joins());
    layers.addAll(activation.after(new Layer.Dense(dense)));
    layers.add(new Layer.Dense(deepest.size()));
    layers.add(
        new Layer.Unflatten(deepest.dimension(0), deepest.dimension(1), deepest.dimension(2)));
    for (int stage = channels.size() - 1; stage >= 0; stage--) {
      addBlocks(layers, channels.get(stage));
      if (stage > 0) {
        layers.add(HALVING.transposed(channels.get(stage - 1), sizes.get(stage - 1)));
      }
    }
    layers.add(new Layer.Activate(activation));
    layers.add(convolution(shapes.decoded().dimension(0)));
    return layers;
  }

  private void addBlocks(List<Layer> layers, int width) {
    for (int block = 0; block < blocks; block++) {
      layers.add(new Layer.Residual(List.of(
          new Layer.Activate(activation),
          convolution(width),
          new Layer.Activate(activation),
          convolution(width))));
    }
  }

  private static Layer.Conv2d convolution(int width) {
    return new Layer.Conv2d(width, 3, 1, 1);
  }
}
