package io.github.jvae;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.likelihood.LikelihoodsPlugin;
import io.github.jvae.likelihood.NegativeBinomial;
import io.github.jvae.likelihood.Poisson;
import io.github.jvae.likelihood.ZeroInflated;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.ClassifierModel;
import io.github.jvae.model.DensityModel;
import io.github.jvae.model.Initialization;
import io.github.jvae.model.Layer;
import io.github.jvae.model.LibraryDecoder;
import io.github.jvae.model.Model;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.objective.ObjectivesPlugin;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.plugin.Plugin;
import io.github.jvae.posterior.PosteriorsPlugin;
import io.github.jvae.prior.FlowPriorsPlugin;
import io.github.jvae.prior.PriorsPlugin;
import io.github.jvae.quantized.QuantizedPlugin;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The components that come with jvae, under their names in configurations. */
public final class CorePlugin extends Plugin {
  /** The fully connected architecture. */
  public static final String MLP = "mlp";

  /** The convolutional architecture. */
  public static final String CONV = "conv";

  /** An architecture given layer by layer. */
  public static final String LAYERS = "layers";

  /** The encoder and the decoder that are networks of the architecture. */
  public static final String NETWORK = "network";

  /** The model of one encoder, one decoder and one latent vector. */
  public static final String STANDARD = "standard";

  private static final OptionDescription<List<Integer>> HIDDEN = OptionDescription.of(
          "hidden",
          OptionType.wholeNumbers(1),
          List.of(400),
          "Hidden units, from the image inwards.")
      .withFlag("hidden");

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
    install(new LikelihoodsPlugin());
    install(new PosteriorsPlugin());
    install(new PriorsPlugin());
    install(new QuantizedPlugin());
    architecture(MLP, CorePlugin::mlp, HIDDEN, ACTIVATION, INIT);
    architecture(
        CONV, CorePlugin::conv, CHANNELS, KERNEL, STRIDE, PADDING, DENSE, ACTIVATION, INIT);
    architecture(LAYERS, CorePlugin::layers, ENCODER, DECODER, INIT);
    install(new FlowPriorsPlugin());
    install(new ObjectivesPlugin());
    contribute(
        Kind.ENCODER,
        NETWORK,
        (options, context) -> new NetworkEncoder(
            context.component(Kind.ARCHITECTURE).encoder(),
            context.component(Kind.POSTERIOR),
            context.features().orElse(null)));
    contribute(
        Kind.DECODER,
        NETWORK,
        (options, context) ->
            new NetworkDecoder(context.component(Kind.ARCHITECTURE).decoder()));
    contribute(Kind.DECODER, LibraryDecoder.NAME, (options, context) -> library(context));
    contribute(
        Kind.MODEL,
        STANDARD,
        (options, context) -> new Model(
            context.latent(),
            context.component(Kind.ENCODER),
            context.component(Kind.DECODER),
            context.component(Kind.PRIOR),
            context.component(Kind.LIKELIHOOD)));
    contribute(
        Kind.MODEL,
        ClassifierModel.NAME,
        (options, context) ->
            ClassifierModel.of(context.example(), context.latent(), context.conditions()));
    contribute(
        Kind.MODEL,
        DensityModel.NAME,
        (options, context) ->
            DensityModel.of(context.example(), context.latent(), context.component(Kind.PRIOR)));
  }

  private static Architecture mlp(Options options, ModelContext context) {
    return Architecture.mlp(
            context.networkShapes(), ACTIVATION.in(options), array(HIDDEN.in(options)))
        .with(INIT.in(options));
  }

  private static Architecture conv(Options options, ModelContext context) {
    return Architecture.conv(
            context.networkShapes(),
            ACTIVATION.in(options),
            array(CHANNELS.in(options)),
            KERNEL.in(options),
            STRIDE.in(options),
            PADDING.in(options),
            DENSE.in(options))
        .with(INIT.in(options));
  }

  private static Architecture layers(Options options, ModelContext context) {
    return new Architecture(context.networkShapes(), ENCODER.in(options), DECODER.in(options))
        .with(INIT.in(options));
  }

  /** The first number that the decoder makes of an element is a count's mean. */
  private static LibraryDecoder library(ModelContext context) {
    String likelihood = context.component(Kind.LIKELIHOOD).name();
    Set<String> ofCounts = Set.of(
        Poisson.NAME, NegativeBinomial.NAME, ZeroInflated.POISSON, ZeroInflated.NEGATIVE_BINOMIAL);
    if (!ofCounts.contains(likelihood)) {
      throw new ConfigurationException("decoder " + LibraryDecoder.NAME + " makes means of counts,"
          + " which the likelihood " + likelihood + " does not read; take one of "
          + String.join(", ", new TreeSet<>(ofCounts)));
    }
    return new LibraryDecoder(
        new NetworkDecoder(context.component(Kind.ARCHITECTURE).decoder()),
        context.example(),
        Optional.ofNullable(context.conditions().get(LibraryDecoder.NAME))
            .filter(Shape.of(1)::equals)
            .isPresent());
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
