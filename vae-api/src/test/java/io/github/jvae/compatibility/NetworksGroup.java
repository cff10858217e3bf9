package io.github.jvae.compatibility;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Layer;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.model.OutputPadding;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** R4: native networks compute what the layers say, whatever layouts and kernels they use. */
abstract class NetworksGroup extends NetworkComparison {

  NetworksGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static Architecture decoderOf(Shape input, int latent, Layer... layers) {
    return new Architecture(
        NetworkShapes.of(input, latent), List.of(new Layer.Flatten()), List.of(layers));
  }

  /** Padding none, half the kernel, and the most there can be. */
  private static Set<Integer> paddings(int kernel) {
    return new TreeSet<>(List.of(0, kernel / 2, kernel - 1));
  }

  /** None, the most there can be, and that along one axis only. */
  private static Set<OutputPadding> outputPaddings(int stride) {
    int most = stride - 1;
    return new LinkedHashSet<>(List.of(
        OutputPadding.both(0),
        OutputPadding.both(most),
        new OutputPadding(most, 0),
        new OutputPadding(0, most)));
  }

  @TestFactory
  @DisplayName("A convolution of any kernel, stride and padding, on images that are not square")
  Stream<DynamicTest> convolutions() {
    Shape input = Shape.of(2, 7, 5);
    List<Layer> layers = new ArrayList<>();
    for (int kernel = 1; kernel <= 5; kernel++) {
      for (int stride = 1; stride <= 3; stride++) {
        for (int padding : paddings(kernel)) {
          layers.add(new Layer.Conv2d(3, kernel, stride, padding));
        }
      }
    }
    return bothPlaces(input, layers);
  }

  @TestFactory
  @DisplayName("A transposed convolution of any kernel, stride, padding and output padding")
  Stream<DynamicTest> transposedConvolutions() {
    Shape input = Shape.of(2, 4, 3);
    List<Layer> layers = new ArrayList<>();
    for (int kernel = 1; kernel <= 5; kernel++) {
      for (int stride = 1; stride <= 3; stride++) {
        for (int padding : paddings(kernel)) {
          for (OutputPadding more : outputPaddings(stride)) {
            layers.add(new Layer.TransposedConv2d(3, kernel, stride, padding, more));
          }
        }
      }
    }
    return bothPlaces(input, layers);
  }

  /**
   * First, where no gradient of the input is wanted, which engines may use; and behind another
   * layer, whose gradient proves that of this layer's input.
   */
  private Stream<DynamicTest> bothPlaces(Shape input, List<Layer> layers) {
    Layer pointwise = new Layer.Conv2d(2, 1, 1, 0);
    return layers.stream()
        .filter(layer -> fits(layer, input))
        .flatMap(layer -> Stream.of(
            test(layer + ", first", encoderOf(input, layer)),
            test(layer + ", behind another", encoderOf(input, pointwise, layer))));
  }

  @TestFactory
  @DisplayName("Kernels of one pixel that leave pixels out, on one thread and on two")
  Stream<DynamicTest> pointwise() {
    Layer skipping = new Layer.Conv2d(7, 1, 2, 0);
    Layer spreading = new Layer.TransposedConv2d(8, 1, 2, 0, new OutputPadding(1, 0));
    Architecture networks = encoderOf(
        Shape.of(8, 32, 28),
        skipping,
        spreading,
        skipping,
        new Layer.TransposedConv2d(3, 4, 1, 0, 0));
    return IntStream.rangeClosed(1, 4)
        .boxed()
        .flatMap(batch -> Stream.of(1, 2)
            .map(threads -> test(
                "batch " + batch + ", threads " + threads,
                networks,
                batch,
                BackendOptions.builder().threads(threads).build())));
  }

  @TestFactory
  @DisplayName("A single channel: an image's, and one between two convolutions")
  Stream<DynamicTest> singleChannels() {
    Layer relu = new Layer.Activate(Activation.RELU);
    return Stream.of(
        test(
            "gray images of odd size, kernel 5, stride 2",
            Architecture.conv(
                NetworkShapes.of(Shape.of(1, 9, 9), 2),
                Activation.RELU,
                new int[] {24, 24},
                5,
                2,
                2,
                8)),
        test(
            "gray images, few channels",
            Architecture.conv(
                NetworkShapes.of(Shape.of(1, 8, 8), 2),
                Activation.RELU,
                new int[] {3},
                4,
                2,
                1,
                8)),
        test(
            "between convolutions",
            encoderOf(
                Shape.of(3, 12, 12),
                new Layer.Conv2d(1, 4, 2, 0),
                relu,
                new Layer.Conv2d(24, 4, 2, 1),
                relu,
                new Layer.TransposedConv2d(1, 4, 2, 1, 0),
                relu,
                new Layer.TransposedConv2d(5, 4, 2, 1, 0))));
  }

  @TestFactory
  @DisplayName("Every activation, between dense layers and between convolutions")
  Stream<DynamicTest> activations() {
    return Arrays.stream(Activation.values()).flatMap(function -> {
      Layer activate = new Layer.Activate(function);
      Layer flatten = new Layer.Flatten();
      Layer dense = new Layer.Dense(9);
      Layer conv = new Layer.Conv2d(3, 3, 1, 1);
      return Stream.of(
          test(
              function + " after dense",
              encoderOf(Shape.of(1, 4, 5), flatten, dense, activate, dense, activate)),
          test(
              function + " after conv2d",
              encoderOf(Shape.of(2, 4, 5), conv, activate, conv, activate)));
    });
  }

  @TestFactory
  @DisplayName("Dense layers and images in any order")
  Stream<DynamicTest> orders() {
    Layer flatten = new Layer.Flatten();
    Layer tanh = new Layer.Activate(Activation.TANH);
    Layer conv = new Layer.Conv2d(3, 3, 1, 1);
    Layer transposed = new Layer.TransposedConv2d(3, 4, 2, 1, 0);
    Layer square = new Layer.Unflatten(3, 2, 2);
    Shape input = Shape.of(3, 4, 2);
    return Stream.of(
        test("only heads", encoderOf(input)),
        test("flatten twice", encoderOf(input, flatten, flatten)),
        test(
            "conv, dense, conv, dense",
            encoderOf(
                input,
                conv,
                tanh,
                flatten,
                new Layer.Dense(12),
                square,
                conv,
                flatten,
                new Layer.Dense(6),
                tanh)),
        test(
            "dense, transposed, conv",
            encoderOf(input, flatten, new Layer.Dense(12), tanh, square, transposed, tanh, conv)),
        test("unflatten of an image", encoderOf(input, new Layer.Unflatten(6, 2, 2), conv)),
        test(
            "conv, unflatten, conv",
            encoderOf(input, conv, new Layer.Unflatten(2, 3, 4), conv, tanh)),
        test("activation first", encoderOf(input, tanh, conv)),
        test("activation of flattened images", encoderOf(input, conv, flatten, tanh)),
        test(
            "unflatten, flatten, dense",
            encoderOf(input, flatten, new Layer.Unflatten(2, 2, 6), flatten, new Layer.Dense(4))),
        test(
            "shrinking and growing",
            encoderOf(
                Shape.of(1, 9, 7),
                new Layer.Conv2d(4, 3, 2, 1),
                tanh,
                new Layer.Conv2d(6, 3, 2, 1),
                tanh,
                new Layer.TransposedConv2d(4, 3, 2, 1, 1),
                tanh,
                new Layer.TransposedConv2d(2, 3, 2, 1, 0))));
  }

  @TestFactory
  @DisplayName("Decoders that start from an image of one pixel, end in a convolution, or are deep")
  Stream<DynamicTest> decoders() {
    Layer relu = new Layer.Activate(Activation.RELU);
    Shape input = Shape.of(2, 8, 8);
    return Stream.of(
        test(
            "latent vector as one pixel",
            decoderOf(
                input,
                5,
                new Layer.Unflatten(5, 1, 1),
                new Layer.TransposedConv2d(6, 4, 1, 0, 0),
                relu,
                new Layer.TransposedConv2d(2, 4, 2, 1, 0))),
        test(
            "convolution last",
            decoderOf(
                input,
                3,
                new Layer.Dense(32),
                new Layer.Unflatten(2, 4, 4),
                new Layer.TransposedConv2d(4, 2, 2, 0, 0),
                new Layer.Activate(Activation.GELU),
                new Layer.Conv2d(2, 3, 1, 1))),
        test("unflatten only", decoderOf(input, 128, new Layer.Unflatten(2, 8, 8))),
        test(
            "activation last",
            decoderOf(
                input,
                3,
                new Layer.Dense(128),
                new Layer.Activate(Activation.SIGMOID),
                new Layer.Unflatten(2, 8, 8))));
  }

  @TestFactory
  @DisplayName("The catalogue's architectures, for one image and for several")
  Stream<DynamicTest> catalogue() {
    Shape gray = Shape.of(1, 28, 28);
    int[] channels = {4, 6, 8};
    return Stream.of(1, 2, 5)
        .flatMap(batch -> Stream.of(
            test(
                "mlp, batch " + batch,
                Architecture.mlp(
                    NetworkShapes.of(gray, 4).withDecoded(gray.with(0, 2 * gray.dimension(0))),
                    Activation.RELU,
                    20,
                    10),
                batch),
            test(
                "mlp without hidden layers, batch " + batch,
                Architecture.mlp(NetworkShapes.of(Shape.of(3, 2, 3), 4), Activation.RELU),
                batch),
            test(
                "conv with output padding, batch " + batch,
                Architecture.conv(
                    NetworkShapes.of(gray, 4), Activation.LEAKY_RELU, channels, 4, 2, 1, 16),
                batch),
            test(
                "conv of colour images, batch " + batch,
                Architecture.conv(
                    NetworkShapes.of(Shape.of(3, 16, 8), 4)
                        .withDecoded(
                            Shape.of(3, 16, 8).with(0, 2 * Shape.of(3, 16, 8).dimension(0))),
                    Activation.ELU,
                    channels,
                    3,
                    2,
                    1,
                    16),
                batch)));
  }

  @TestFactory
  @DisplayName("conv models of any image size, down to one pixel")
  Stream<DynamicTest> sizes() {
    int[] three = {3, 4, 5};
    return Stream.of(
        conv(Shape.of(3, 75, 100), three, 4, 2, 1),
        conv(Shape.of(1, 8, 300), three, 4, 2, 1),
        conv(Shape.of(3, 17, 33), three, 4, 2, 1),
        conv(Shape.of(2, 33, 18), three, 3, 2, 1),
        conv(Shape.of(1, 7, 5), new int[] {3, 4}, 4, 2, 1),
        conv(Shape.of(1, 11, 20), new int[] {3, 4}, 5, 3, 2),
        conv(Shape.of(2, 7, 9), new int[] {12, 10}, 2, 2, 0),
        // With a stride above its kernel, some pixels are seen by no window.
        conv(Shape.of(1, 10, 9), new int[] {3, 4}, 1, 3, 0),
        conv(Shape.of(1, 9, 8), three, 4, 2, 1),
        conv(Shape.of(1, 4, 5), new int[] {3, 4}, 4, 2, 1),
        conv(Shape.of(1, 1, 1), three, 3, 2, 1),
        conv(Shape.of(2, 1, 6), three, 3, 2, 1));
  }

  private DynamicTest conv(Shape image, int[] channels, int kernel, int stride, int padding) {
    Architecture networks = Architecture.conv(
        NetworkShapes.of(image, LATENT), Activation.SOFTPLUS, channels, kernel, stride, padding, 6);
    return test(
        image + ", " + channels.length + " convolutions, kernel " + kernel + ", stride " + stride
            + ", padding " + padding,
        networks,
        2);
  }
}
