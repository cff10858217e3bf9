package io.github.jvae.hierarchy;

import io.github.jvae.model.Activation;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One latent group of a {@link LadderModel}: what is known on the way down says where its latent
 * variables are expected, what is known of the example says where they are, and the way down goes
 * on with what was drawn.
 */
final class LadderBlock {
  private static final String STATE = "h";
  private static final String SEEN = "e";
  private static final String LATENT = "z";
  private static final String FEATURE = "feature";

  /** Below this, a kernel of 3 sees more of the padding than of the image. */
  private static final int SMALLEST_SIDE = 3;

  private static final int BOTTLENECK = 4;

  /**
   * What all blocks have in common.
   *
   * @param width channels on the way up and down
   * @param latent latent variables at each place
   * @param activation the function before each convolution
   * @param joins layers that join what the model is told
   * @param conditions the shapes of what the model is told
   * @param scale of the first weights that end what is added, see {@link LadderModel}
   */
  record Style(
      int width,
      int latent,
      Activation activation,
      List<Layer> joins,
      Map<String, Shape> conditions,
      double scale) {

    /** Returns layers with few channels in their middle that make an image of others. */
    List<Layer> bottleneck(Shape image, int made) {
      int middle = Math.max(1, width / BOTTLENECK);
      boolean small = Math.min(image.dimension(1), image.dimension(2)) < SMALLEST_SIDE;
      Layer.Conv2d wide =
          small ? new Layer.Conv2d(middle, 1, 1, 0) : new Layer.Conv2d(middle, 3, 1, 1);
      List<Layer> layers = new ArrayList<>();
      for (Layer convolution :
          List.of(new Layer.Conv2d(middle, 1, 1, 0), wide, wide, new Layer.Conv2d(made, 1, 1, 0))) {
        layers.add(new Layer.Activate(activation));
        layers.add(convolution);
      }
      return layers;
    }

    /** Returns a residual layer of such a bottleneck. */
    Layer residual(Shape image) {
      return new Layer.Residual(bottleneck(image, width));
    }
  }

  /**
   * What the way down knows before the latent variables are drawn.
   *
   * @param prior of the latent variables
   * @param state that goes on, [B, width, height, width]
   */
  record Expected(DiagonalGaussian prior, Tensor state) {}

  private final String name;
  private final Shape latentImage;
  private final Network prior;
  private final Network posterior;
  private final Network merge;

  /**
   * Describes a block.
   *
   * @param name of the latent group
   * @param image what is on the way, [channels, height, width]
   */
  LadderBlock(String name, Shape image, Style style) {
    this.name = name;
    this.latentImage = image.with(0, style.latent());
    List<Layer> trunk = new ArrayList<>(style.joins());
    trunk.addAll(style.bottleneck(image, style.width()));
    Layer head = new Layer.Conv2d(style.latent(), 1, 1, 0);
    this.prior = builder(name + ".prior", image, style)
        .layers(trunk)
        .layers(new Layer.Activate(style.activation()))
        .head(DiagonalGaussianFamily.MEAN, head)
        .head(DiagonalGaussianFamily.LOG_VARIANCE, head)
        .head(FEATURE, new Layer.Conv2d(style.width(), 1, 1, 0))
        .build()
        .withHeadScale(0);
    Network.Builder seeing = builder(name + ".posterior", image, style).input(SEEN, image);
    this.posterior = seeing
        .layers(new Layer.Join(SEEN))
        .layers(trunk)
        .layers(new Layer.Activate(style.activation()))
        .head(DiagonalGaussianFamily.MEAN, head)
        .head(DiagonalGaussianFamily.LOG_VARIANCE, head)
        .build();
    this.merge = Network.named(name + ".merge")
        .input(STATE, image)
        .input(LATENT, latentImage)
        .layers(
            new Layer.Residual(
                List.of(new Layer.Join(LATENT), new Layer.Conv2d(style.width(), 1, 1, 0))),
            style.residual(image))
        .build()
        .withResidualScale(style.scale());
  }

  private static Network.Builder builder(String name, Shape image, Style style) {
    Network.Builder builder = Network.named(name).input(STATE, image);
    style.conditions().forEach(builder::input);
    return builder;
  }

  String name() {
    return name;
  }

  /** Returns how many latent variables there are. */
  int size() {
    return latentImage.size();
  }

  List<Network> networks() {
    return List.of(prior, posterior, merge);
  }

  /**
   * Records what the way down expects.
   *
   * @param state [B, channels, height, width]
   */
  Expected expect(Tensor state, Conditions conditions) {
    Map<String, Tensor> heads = state.trace().apply(prior, conditions.joined(prior, state));
    return new Expected(gaussian(heads), state.add(Objects.requireNonNull(heads.get(FEATURE))));
  }

  /**
   * Records where the latent variables of examples are.
   *
   * @param state as {@link #expect} is given it
   * @param seen of the examples on the way up, of the same shape
   */
  DiagonalGaussian infer(Tensor state, Tensor seen, Conditions conditions) {
    Conditions known = conditions.with(SEEN, seen);
    return gaussian(state.trace().apply(posterior, known.joined(posterior, state)));
  }

  /** Returns the distribution of vectors that convolutions made as images. */
  private DiagonalGaussian gaussian(Map<String, Tensor> heads) {
    Tensor mean = vectors(Objects.requireNonNull(heads.get(DiagonalGaussianFamily.MEAN)));
    Tensor logVariance =
        vectors(Objects.requireNonNull(heads.get(DiagonalGaussianFamily.LOG_VARIANCE)));
    return new DiagonalGaussian(mean, logVariance);
  }

  private Tensor vectors(Tensor images) {
    return images.reshape(images.shape().dimension(0), size());
  }

  /**
   * Records the way down after the latent variables are drawn.
   *
   * @param expected what was known before
   * @param z [B, size]
   */
  Tensor proceed(Expected expected, Tensor z) {
    Tensor images = z.reshape(latentImage.prepend(z.shape().dimension(0)));
    Map<String, Tensor> inputs = Map.of(STATE, expected.state(), LATENT, images);
    return z.trace().apply(merge, inputs).values().iterator().next();
  }
}
