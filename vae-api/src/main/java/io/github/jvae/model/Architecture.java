package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The networks of a variational autoencoder, as data.
 *
 * <p>The encoder's layers end in a vector, from which two dense heads, {@code encoder.mean} and
 * {@code encoder.log_variance}, make the posterior. The decoder's layers take the latent vector and
 * end in [channels · channelsPerPixel, height, width].
 */
public final class Architecture {
  private final Shape input;
  private final int latent;
  private final Network encoder;
  private final Network decoder;

  /**
   * @param input one image, [channels, height, width]
   * @param latent the extent of the latent vector
   * @param channelsPerPixel decoder outputs per channel, as the likelihood asks for them
   * @param encoder the layers before the two heads
   * @param decoder all layers of the decoder
   * @throws VaeException if the layers do not fit one another, the image or the likelihood
   */
  public Architecture(
      Shape input, int latent, int channelsPerPixel, List<Layer> encoder, List<Layer> decoder) {
    this(
        requireImage(input),
        requireLatent(latent),
        Network.named("encoder")
            .input("x", input)
            .layers(encoder)
            .head("mean", new Layer.Dense(latent))
            .head("log_variance", new Layer.Dense(latent))
            .build(),
        Network.named("decoder")
            .input("z", Shape.of(latent))
            .layers(decoder)
            .lastNamed("output")
            .build());
    Shape wanted = input.with(0, outputChannels(input, channelsPerPixel));
    if (!this.decoder.output().equals(wanted)) {
      throw new ConfigurationException("the decoder makes "
          + this.decoder.output()
          + ", but images of "
          + input
          + " with "
          + channelsPerPixel
          + " output(s) per pixel and channel need "
          + wanted);
    }
  }

  private Architecture(Shape input, int latent, Network encoder, Network decoder) {
    this.input = input;
    this.latent = latent;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  /** The same networks with other first weights and biases. */
  public Architecture with(Initialization initialization) {
    return new Architecture(
        input, latent, encoder.with(initialization), decoder.with(initialization));
  }

  /**
   * The same networks with another first bias of the decoder's last layer.
   *
   * @param bias makes it: for a dense layer a number for each of the decoder's outputs, in their
   *     order; for a convolution one for each channel
   * @throws VaeException if the decoder does not end in such a layer
   */
  public Architecture withOutputBias(Initializer bias) {
    return new Architecture(input, latent, encoder, decoder.withBias(outputLayer(), bias));
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

  private static Shape requireImage(Shape input) {
    if (input.rank() != 3) {
      throw new ConfigurationException("images are [channels, height, width], not " + input);
    }
    return input;
  }

  private static int outputChannels(Shape input, int channelsPerPixel) {
    long channels = (long) input.dimension(0) * channelsPerPixel;
    if (channels > Integer.MAX_VALUE) {
      throw new ConfigurationException("images of " + input + " with " + channelsPerPixel
          + " output(s) per pixel and channel need more than 2^31 - 1 channels");
    }
    return (int) channels;
  }

  private static int requireLatent(int latent) {
    if (latent < 1) {
      throw new ConfigurationException(
          "the latent vector needs at least 1 dimension, not " + latent);
    }
    return latent;
  }

  /** One image, [channels, height, width]. */
  public Shape input() {
    return input;
  }

  /** The extent of the latent vector. */
  public int latent() {
    return latent;
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
   * Fully connected: input → hidden… → heads, and the mirror image.
   *
   * @param hidden units of the hidden layers, from the image inwards
   * @throws VaeException if a size is impossible
   */
  public static Architecture mlp(
      Shape input, int latent, int channelsPerPixel, Activation activation, int... hidden) {
    requireImage(input);
    requireLatent(latent);
    Placement.requireDepth(hidden.length);
    List<Layer> encoder = new ArrayList<>();
    encoder.add(new Layer.Flatten());
    for (int units : hidden) {
      addActivated(encoder, new Layer.Dense(units), activation);
    }
    List<Layer> decoder = new ArrayList<>();
    for (int i = hidden.length - 1; i >= 0; i--) {
      addActivated(decoder, new Layer.Dense(hidden[i]), activation);
    }
    Shape outputs = input.with(0, outputChannels(input, channelsPerPixel));
    decoder.add(new Layer.Dense(outputs.size()));
    decoder.add(
        new Layer.Unflatten(outputs.dimension(0), outputs.dimension(1), outputs.dimension(2)));
    return new Architecture(input, latent, channelsPerPixel, encoder, decoder);
  }

  /**
   * Convolutions that share a kernel, stride and padding, then a dense layer and the heads; the
   * decoder is the mirror image with transposed convolutions, whose output padding gives back the
   * rows and columns that a stride left over: images of any height and width will do.
   *
   * @param channels channels of the convolutions, from the image inwards
   * @param kernel height and width of every kernel
   * @param stride stride of every convolution
   * @param padding padding of every convolution
   * @param dense units of the dense layer
   * @throws VaeException if a size is impossible, as where the kernel is larger than what the
   *     convolutions before it leave of the image
   */
  public static Architecture conv(
      Shape input,
      int latent,
      int channelsPerPixel,
      Activation activation,
      int[] channels,
      int kernel,
      int stride,
      int padding,
      int dense) {
    requireImage(input);
    requireLatent(latent);
    Placement.requireDepth(channels.length);
    if (channels.length == 0) {
      throw new ConfigurationException(
          "a conv architecture needs at least one number of channels, such as"
              + " 32,64,128; without convolutions it is mlp");
    }
    List<Layer.Conv2d> convolutions = Arrays.stream(channels)
        .mapToObj(out -> new Layer.Conv2d(out, kernel, stride, padding))
        .toList();
    List<Shape> sizes = sizes(input, convolutions);
    List<Layer> encoder = new ArrayList<>();
    convolutions.forEach(layer -> addActivated(encoder, layer, activation));
    encoder.add(new Layer.Flatten());
    addActivated(encoder, new Layer.Dense(dense), activation);

    Shape deepest = sizes.get(channels.length);
    List<Layer> decoder = new ArrayList<>();
    addActivated(decoder, new Layer.Dense(dense), activation);
    addActivated(decoder, new Layer.Dense(deepest.size()), activation);
    decoder.add(
        new Layer.Unflatten(deepest.dimension(0), deepest.dimension(1), deepest.dimension(2)));
    for (int i = channels.length - 1; i > 0; i--) {
      addActivated(decoder, mirror(convolutions.get(i), channels[i - 1], sizes.get(i)), activation);
    }
    decoder.add(mirror(convolutions.get(0), outputChannels(input, channelsPerPixel), input));
    return new Architecture(input, latent, channelsPerPixel, encoder, decoder);
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

  /** What makes an image of this size again of what a convolution made of it. */
  private static Layer mirror(Layer.Conv2d convolution, int channels, Shape image) {
    return new Layer.TransposedConv2d(
        channels,
        convolution.kernel(),
        convolution.stride(),
        convolution.padding(),
        new OutputPadding(
            convolution.leftOver(image.dimension(1)), convolution.leftOver(image.dimension(2))));
  }

  private static void addActivated(List<Layer> layers, Layer layer, Activation activation) {
    layers.add(layer);
    layers.add(new Layer.Activate(activation));
  }
}
