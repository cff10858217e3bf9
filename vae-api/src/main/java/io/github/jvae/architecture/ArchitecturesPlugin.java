package io.github.jvae.architecture;

import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Initialization;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Nonlinearity;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.plugin.Plugin;
import java.util.List;

/** Contributes the architectures. */
public final class ArchitecturesPlugin extends Plugin {
  /** The fully connected architecture. */
  public static final String MLP = "mlp";

  /** The convolutional architecture. */
  public static final String CONV = "conv";

  /** The fully connected architecture with gates. */
  public static final String GATED_MLP = "gated-mlp";

  /** The convolutional architecture with gates. */
  public static final String GATED_CONV = "gated-conv";

  /** The residual architecture. */
  public static final String RESNET = "resnet";

  /** An architecture given layer by layer. */
  public static final String LAYERS = "layers";

  private static final OptionDescription<List<Integer>> HIDDEN = OptionDescription.of(
          "hidden",
          OptionType.wholeNumbers(1),
          List.of(400),
          "Hidden units, from the image inwards.")
      .withFlag("hidden");

  private static final OptionDescription<List<Integer>> GATED_HIDDEN = OptionDescription.of(
      HIDDEN.name(),
      OptionType.wholeNumbers(1),
      List.of(300, 300),
      "Hidden gated units, from the image inwards.");

  private static final OptionDescription<List<Integer>> CHANNELS = OptionDescription.of(
          "channels",
          OptionType.wholeNumbers(1),
          List.of(32, 64, 128),
          "Channels, from the image inwards.")
      .withFlag("channels");

  private static final OptionDescription<Integer> KERNEL = OptionDescription.of(
          "kernel", OptionType.wholeNumber(1), 4, "The side of a kernel.")
      .withFlag("kernel");

  private static final OptionDescription<Integer> STRIDE = OptionDescription.of(
          "stride", OptionType.wholeNumber(1), 2, "The stride.")
      .withFlag("stride");

  private static final OptionDescription<Integer> PADDING = OptionDescription.of(
          "padding", OptionType.wholeNumber(0), 1, "The padding.")
      .withFlag("padding");

  private static final OptionDescription<Integer> DENSE = OptionDescription.of(
          "dense",
          OptionType.wholeNumber(1),
          256,
          "Units of the dense layer next to the latent vector.")
      .withFlag("dense");

  private static final OptionDescription<Activation> ACTIVATION = OptionDescription.of(
          "activation",
          OptionType.choice(Activation.class),
          Activation.RELU,
          "The function between layers.")
      .withFlag("activation");

  private static final OptionDescription<Activation> BEFORE = OptionDescription.of(
      ACTIVATION.name(),
      OptionType.choice(Activation.class),
      Activation.SILU,
      "The function before each convolution.");

  private static final OptionDescription<Integer> BLOCKS = OptionDescription.of(
          "blocks",
          OptionType.wholeNumber(1, 100),
          2,
          "Residual blocks between two changes of the image's size.")
      .withFlag("blocks");

  private static final OptionDescription<Initialization> INIT = OptionDescription.of(
          "init",
          OptionType.choice(Initialization.class),
          Initialization.FAN_IN,
          "How the first weights are made: fan-in as PyTorch does, or glorot with biases of 0.")
      .withFlag("init");

  private static final OptionDescription<List<Layer>> ENCODER =
      OptionDescription.required("encoder", new LayerLists(), "The layers before the two heads.");

  private static final OptionDescription<List<Layer>> DECODER =
      OptionDescription.required("decoder", new LayerLists(), "All layers of the decoder.");

  @Override
  protected void configure() {
    architecture(MLP, ArchitecturesPlugin::mlp, HIDDEN, ACTIVATION, INIT);
    architecture(
        CONV,
        ArchitecturesPlugin::conv,
        CHANNELS,
        KERNEL,
        STRIDE,
        PADDING,
        DENSE,
        ACTIVATION,
        INIT);
    architecture(GATED_MLP, ArchitecturesPlugin::gatedMlp, GATED_HIDDEN, INIT.withoutFlag());
    architecture(
        GATED_CONV,
        ArchitecturesPlugin::gatedConv,
        CHANNELS.withoutFlag(),
        KERNEL.withoutFlag(),
        STRIDE.withoutFlag(),
        PADDING.withoutFlag(),
        DENSE.withoutFlag(),
        INIT.withoutFlag());
    architecture(
        RESNET,
        ArchitecturesPlugin::resNet,
        CHANNELS.withoutFlag(),
        BLOCKS,
        DENSE.withoutFlag(),
        BEFORE,
        INIT.withoutFlag());
    architecture(LAYERS, ArchitecturesPlugin::layers, ENCODER, DECODER, INIT);
  }

  private static Architecture mlp(Options options, ModelContext context) {
    return Architecture.mlp(
            context.networkShapes(), ACTIVATION.in(options), array(HIDDEN.in(options)))
        .with(INIT.in(options));
  }

  private static Architecture conv(Options options, ModelContext context) {
    return conv(options, context, ACTIVATION.in(options));
  }

  private static Architecture conv(
      Options options, ModelContext context, Nonlinearity nonlinearity) {
    return Architecture.conv(
            context.networkShapes(),
            nonlinearity,
            array(CHANNELS.in(options)),
            KERNEL.in(options),
            STRIDE.in(options),
            PADDING.in(options),
            DENSE.in(options))
        .with(INIT.in(options));
  }

  private static Architecture gatedMlp(Options options, ModelContext context) {
    return Architecture.mlp(
            context.networkShapes(), Nonlinearity.gate(), array(GATED_HIDDEN.in(options)))
        .with(INIT.in(options));
  }

  private static Architecture gatedConv(Options options, ModelContext context) {
    return conv(options, context, Nonlinearity.gate());
  }

  private static Architecture resNet(Options options, ModelContext context) {
    ResNet networks =
        new ResNet(CHANNELS.in(options), BLOCKS.in(options), DENSE.in(options), BEFORE.in(options));
    return networks.of(context.networkShapes(), INIT.in(options));
  }

  private static Architecture layers(Options options, ModelContext context) {
    return new Architecture(context.networkShapes(), ENCODER.in(options), DECODER.in(options))
        .with(INIT.in(options));
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
