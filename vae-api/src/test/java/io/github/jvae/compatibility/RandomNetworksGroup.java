package io.github.jvae.compatibility;

import io.github.jvae.error.VaeException;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Layer;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.model.OutputPadding;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Convolutions of sizes that nobody thought of: engines choose their kernels by size, and not all
 * of them are right. The same networks in every run.
 */
abstract class RandomNetworksGroup extends NetworkComparison {
  private static final int WHOLE_MODELS = 50;
  private static final int STACKS = 50;
  private static final int SINGLE_CHANNELS = 25;

  /** One channel more often than others; and on both sides of what vector instructions hold. */
  private static final int[] CHANNELS = {1, 1, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17};

  private static final int LEAST_SIDE = 5;
  private static final int MOST_SIDE = 40;

  RandomNetworksGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  /** A sum over all pixels, as a single channel's bias has, may cancel to any small number. */
  @Override
  double gradientFloor() {
    return 0.1;
  }

  @TestFactory
  @DisplayName("conv models of random sizes")
  Stream<DynamicTest> models() {
    return tests(1, WHOLE_MODELS, RandomNetworksGroup::model);
  }

  @TestFactory
  @DisplayName("Convolutions of both kinds, one behind another, each of a random size")
  Stream<DynamicTest> stacks() {
    return tests(2, STACKS, RandomNetworksGroup::stack);
  }

  @TestFactory
  @DisplayName("A convolution of a single channel to a single channel behind another")
  Stream<DynamicTest> singleChannels() {
    return tests(3, SINGLE_CHANNELS, RandomNetworksGroup::ofSingleChannels);
  }

  private Stream<DynamicTest> tests(
      long seed, int count, Function<SplittableRandom, Architecture> networks) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, count).mapToObj(number -> {
      Architecture made = networks.apply(random);
      return test(describe(number, made), made, 1 + random.nextInt(4));
    });
  }

  private static String describe(int number, Architecture networks) {
    List<Layer> convolutions = Stream.concat(
            networks.encoder().nodes().stream(), networks.decoder().nodes().stream())
        .filter(node -> node.input().rank() == 3 && node.output().rank() == 3)
        .map(node -> node.layer())
        .filter(Layer.Weighted.class::isInstance)
        .toList();
    return number + ": " + networks.shapes().example() + " " + convolutions;
  }

  private static Architecture model(SplittableRandom random) {
    while (true) {
      int[] channels =
          IntStream.range(0, 1 + random.nextInt(3)).map(i -> channels(random)).toArray();
      int kernel = 1 + random.nextInt(5);
      int stride = 1 + random.nextInt(3);
      int padding = padding(random, kernel);
      Shape image = image(random);
      try {
        return Architecture.conv(
            NetworkShapes.of(image, LATENT), Activation.TANH, channels, kernel, stride, padding, 5);
      } catch (VaeException e) {
        // Too small for so many convolutions: another.
      }
    }
  }

  private static Architecture stack(SplittableRandom random) {
    Shape image = image(random);
    Shape shape = image;
    List<Layer> layers = new ArrayList<>();
    int depth = 1 + random.nextInt(3);
    while (layers.size() < 2 * depth) {
      Layer layer = layer(random, channels(random));
      if (fits(layer, shape)
          && layer.output(shape).dimension(1) <= MOST_SIDE
          && layer.output(shape).dimension(2) <= MOST_SIDE) {
        shape = layer.output(shape);
        layers.add(layer);
        layers.add(new Layer.Activate(Activation.TANH));
      }
    }
    return encoderOf(image, layers.toArray(Layer[]::new));
  }

  private static Architecture ofSingleChannels(SplittableRandom random) {
    Layer first = new Layer.Conv2d(1, 3, 1, 1);
    while (true) {
      Shape image = Shape.of(1, random.nextInt(1, 13), random.nextInt(1, 13));
      Layer layer = layer(random, 1);
      if (fits(layer, image)) {
        return encoderOf(image, first, new Layer.Activate(Activation.TANH), layer);
      }
    }
  }

  private static Layer layer(SplittableRandom random, int channels) {
    int kernel = 1 + random.nextInt(5);
    int stride = 1 + random.nextInt(3);
    int padding = padding(random, kernel);
    if (random.nextBoolean()) {
      return new Layer.Conv2d(channels, kernel, stride, padding);
    }
    OutputPadding more = new OutputPadding(random.nextInt(stride), random.nextInt(stride));
    return new Layer.TransposedConv2d(channels, kernel, stride, padding, more);
  }

  private static int padding(SplittableRandom random, int kernel) {
    return random.nextInt(Math.min(3, kernel));
  }

  private static Shape image(SplittableRandom random) {
    return Shape.of(channels(random), side(random), side(random));
  }

  private static int side(SplittableRandom random) {
    return random.nextInt(LEAST_SIDE, MOST_SIDE + 1);
  }

  private static int channels(SplittableRandom random) {
    return CHANNELS[random.nextInt(CHANNELS.length)];
  }
}
