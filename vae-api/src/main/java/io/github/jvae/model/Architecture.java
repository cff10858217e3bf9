package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The networks of a variational autoencoder, as data.
 *
 * <p>The encoder's layers end in a vector, from which dense heads make what the posterior is made
 * of. The decoder's layers take the latent vector and end in what the likelihood reads. Either may
 * join conditions ({@link Layer.Join}).
 */
public final class Architecture {
  private static final int IMAGE_RANK = 3;
  private static final int SERIES_RANK = 2;

  private final NetworkShapes shapes;
  private final Network encoder;
  private final Network decoder;

  /**
   * Places layers.
   *
   * @param shapes what the networks take and make
   * @param encoder the layers before the heads
   * @param decoder all layers of the decoder
   * @throws ConfigurationException if the layers do not fit one another or the shapes
   */
  public Architecture(NetworkShapes shapes, List<Layer> encoder, List<Layer> decoder) {
    this(shapes, encoder(shapes, encoder), decoder(shapes, decoder));
    if (!this.decoder.output().equals(shapes.decoded())) {
      throw new ConfigurationException("the decoder makes " + this.decoder.output()
          + ", but for examples of " + shapes.example() + " the likelihood needs "
          + shapes.decoded());
    }
  }

  private Architecture(NetworkShapes shapes, Network encoder, Network decoder) {
    this.shapes = shapes;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  private static Network encoder(NetworkShapes shapes, List<Layer> layers) {
    Network.Builder network = Network.named("encoder").input("x", shapes.input());
    join(network, layers, shapes.conditions());
    network.layers(layers);
    shapes.heads().forEach((head, size) -> network.head(head, new Layer.Dense(size)));
    return network.build();
  }

  private static Network decoder(NetworkShapes shapes, List<Layer> layers) {
    Network.Builder network = Network.named("decoder").input("z", Shape.of(shapes.latent()));
    join(network, layers, shapes.conditions());
    return network.layers(layers).lastNamed("output").build();
  }

  /** A network takes the conditions that its layers join, and no others. */
  private static void join(
      Network.Builder network, List<Layer> layers, Map<String, Shape> conditions) {
    Set<String> joined = Layer.joined(layers);
    conditions.forEach((name, shape) -> {
      if (joined.contains(name)) {
        network.input(name, shape);
      }
    });
  }

  /** Returns the same networks with other first weights and biases. */
  public Architecture with(Initialization initialization) {
    return new Architecture(shapes, encoder.with(initialization), decoder.with(initialization));
  }

  /**
   * Returns the same networks, of which what residual layers add starts smaller: the first weight
   * and bias of the last layer in each body are multiplied by a number.
   */
  public Architecture withResidualScale(double scale) {
    return new Architecture(
        shapes, encoder.withResidualScale(scale), decoder.withResidualScale(scale));
  }

  /**
   * Returns the same networks with another first bias of the decoder's last layer.
   *
   * @param bias makes it: for a dense layer a number for each of the decoder's outputs, in their
   *     order; for a convolution one for each channel
   * @throws VaeException if the decoder does not end in such a layer
   */
  public Architecture withOutputBias(Initializer bias) {
    return new Architecture(shapes, encoder, decoder.withBias(outputLayer(), bias));
  }

  /**
   * The decoder's last layer.
   *
   * @throws VaeException if that is none with a bias, as an activation is
   */
  public Network.Node outputLayer() {
    Network.Node last = decoder.last();
    if (last == null) {
      throw new ConfigurationException(
          "the output bias cannot be set, as the decoder does not end in a dense"
              + " or convolutional layer; take the last activation out, or leave the bias as it is");
    }
    return last;
  }

  /** Returns what the networks take and make. */
  public NetworkShapes shapes() {
    return shapes;
  }

  /** The encoder's network: of x, its heads are a diagonal Gaussian's. */
  public Network encoder() {
    return encoder;
  }

  /** The decoder's network, of the latent vector z. */
  public Network decoder() {
    return decoder;
  }

  /**
   * Fully connected: input → hidden… → heads, and the mirror image. Conditions are joined to the
   * input and to the latent vector.
   *
   * @param hidden units of the hidden layers, from the example inwards
   * @throws ConfigurationException if a size is impossible
   */
  public static Architecture mlp(NetworkShapes shapes, Nonlinearity nonlinearity, int... hidden) {
    Placement.requireDepth(hidden.length);
    List<Layer> encoder = new ArrayList<>();
    encoder.add(new Layer.Flatten());
    encoder.addAll(shapes.joins());
    for (int units : hidden) {
      encoder.addAll(nonlinearity.after(new Layer.Dense(units)));
    }
    List<Layer> decoder = new ArrayList<>(shapes.joins());
    for (int i = hidden.length - 1; i >= 0; i--) {
      decoder.addAll(nonlinearity.after(new Layer.Dense(hidden[i])));
    }
    Shape outputs = shapes.decoded();
    decoder.add(new Layer.Dense(outputs.size()));
    if (outputs.rank() == IMAGE_RANK) {
      decoder.add(
          new Layer.Unflatten(outputs.dimension(0), outputs.dimension(1), outputs.dimension(2)));
    } else if (outputs.rank() == SERIES_RANK) {
      decoder.add(new Layer.Unflatten1d(outputs.dimension(0), outputs.dimension(1)));
    }
    return new Architecture(shapes, encoder, decoder);
  }

  /**
   * Convolutions that share a kernel, stride and padding, then a dense layer and the heads; the
   * decoder is the mirror image with transposed convolutions, whose output padding gives back the
   * rows and columns that a stride left over: images of any height and width will do. Conditions
   * are joined before the dense layers. Series, [channels, length], are convolved along their
   * length.
   *
   * @param channels channels of the convolutions, from the image inwards
   * @param kernel height and width of every kernel, or its length
   * @param stride stride of every convolution
   * @param padding padding of every convolution
   * @param dense units of the dense layer
   * @throws ConfigurationException if a size is impossible, as where the kernel is larger than what
   *     the convolutions before it leave of the image
   */
  public static Architecture conv(
      NetworkShapes shapes,
      Nonlinearity nonlinearity,
      int[] channels,
      int kernel,
      int stride,
      int padding,
      int dense) {
    Shape input = shapes.input();
    if (input.rank() != IMAGE_RANK && input.rank() != SERIES_RANK) {
      throw new ConfigurationException("a conv architecture takes images [channels, height, width]"
          + " or series [channels, length], not " + input + "; for other examples take mlp");
    }
    Placement.requireDepth(channels.length);
    if (channels.length == 0) {
      throw new ConfigurationException(
          "a conv architecture needs at least one number of channels, such as"
              + " 32,64,128; without convolutions it is mlp");
    }
    if (input.rank() == SERIES_RANK) {
      return series(shapes, nonlinearity, channels, kernel, stride, padding, dense);
    }
    List<Layer.Conv2d> convolutions = Arrays.stream(channels)
        .mapToObj(out -> new Layer.Conv2d(out, kernel, stride, padding))
        .toList();
    List<Shape> sizes = sizes(input, convolutions);
    List<Layer> encoder = new ArrayList<>();
    convolutions.forEach(layer -> encoder.addAll(nonlinearity.after(layer)));
    encoder.add(new Layer.Flatten());
    encoder.addAll(shapes.joins());
    encoder.addAll(nonlinearity.after(new Layer.Dense(dense)));

    Shape deepest = sizes.get(channels.length);
    List<Layer> decoder = new ArrayList<>(shapes.joins());
    decoder.addAll(nonlinearity.after(new Layer.Dense(dense)));
    decoder.addAll(nonlinearity.after(new Layer.Dense(deepest.size())));
    decoder.add(
        new Layer.Unflatten(deepest.dimension(0), deepest.dimension(1), deepest.dimension(2)));
    for (int i = channels.length - 1; i > 0; i--) {
      decoder.addAll(
          nonlinearity.after(convolutions.get(i).transposed(channels[i - 1], sizes.get(i))));
    }
    decoder.add(convolutions.get(0).transposed(shapes.decoded().dimension(0), input));
    return new Architecture(shapes, encoder, decoder);
  }

  private static Architecture series(
      NetworkShapes shapes,
      Nonlinearity nonlinearity,
      int[] channels,
      int kernel,
      int stride,
      int padding,
      int dense) {
    List<Shape> sizes = new ArrayList<>(List.of(shapes.input()));
    List<Layer> encoder = new ArrayList<>();
    List<Layer> mirrored = new ArrayList<>();
    for (int i = 0; i < channels.length; i++) {
      Shape series = sizes.get(i);
      Layer.Conv1d layer = new Layer.Conv1d(channels[i], kernel, stride, padding);
      if (!layer.fits(series)) {
        throw new ConfigurationException("series of " + shapes.input().dimension(1)
            + " are too short for a conv architecture of " + channels.length
            + " convolution(s): at number " + (i + 1) + " the kernel of " + kernel
            + " is longer than its series of " + series.dimension(1) + " with padding " + padding
            + "; use fewer of them (channels), a smaller kernel or more padding");
      }
      sizes.add(layer.output(series));
      encoder.addAll(nonlinearity.after(layer));
      mirrored.addAll(
          0,
          i == 0
              ? List.of(layer.transposed(shapes.decoded().dimension(0), series))
              : nonlinearity.after(layer.transposed(channels[i - 1], series)));
    }
    encoder.add(new Layer.Flatten());
    encoder.addAll(shapes.joins());
    encoder.addAll(nonlinearity.after(new Layer.Dense(dense)));
    Shape deepest = sizes.get(channels.length);
    List<Layer> decoder = new ArrayList<>(shapes.joins());
    decoder.addAll(nonlinearity.after(new Layer.Dense(dense)));
    decoder.addAll(nonlinearity.after(new Layer.Dense(deepest.size())));
    decoder.add(new Layer.Unflatten1d(deepest.dimension(0), deepest.dimension(1)));
    decoder.addAll(mirrored);
    return new Architecture(shapes, encoder, decoder);
  }

  /** The image, and then what each convolution makes of the one before. */
  private static List<Shape> sizes(Shape input, List<Layer.Conv2d> convolutions) {
    List<Shape> sizes = new ArrayList<>(List.of(input));
    for (Layer.Conv2d layer : convolutions) {
      Shape image = sizes.get(sizes.size() - 1);
      if (!layer.fits(image)) {
        throw tooSmall(sizes, convolutions);
      }
      sizes.add(layer.output(image));
    }
    return sizes;
  }

  private static VaeException tooSmall(List<Shape> sizes, List<Layer.Conv2d> convolutions) {
    int fitting = sizes.size() - 1;
    Layer.Conv2d layer = convolutions.get(fitting);
    return new ConfigurationException("images of "
        + sides(sizes.get(0))
        + " are too small for a conv architecture of "
        + convolutions.size()
        + " convolution(s): at number "
        + (fitting + 1)
        + " the kernel of "
        + layer.kernel()
        + " is larger than its image of "
        + sides(sizes.get(fitting))
        + " with padding "
        + layer.padding()
        + "; use "
        + (fitting == 0 ? "" : "at most " + fitting + " of them (channels), ")
        + "a smaller kernel or more padding");
  }

  private static String sides(Shape image) {
    return image.dimension(1) + "x" + image.dimension(2);
  }
}
