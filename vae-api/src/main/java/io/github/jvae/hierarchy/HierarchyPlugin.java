package io.github.jvae.hierarchy;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Model;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.plugin.Plugin;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Contributes the models of several levels. */
public final class HierarchyPlugin extends Plugin {
  private static final OptionDescription<List<Integer>> HIDDEN = OptionDescription.of(
      "hidden",
      OptionType.wholeNumbers(1),
      List.of(300, 300),
      "Gated hidden units of the network from the upper level to the lower one, both of which are"
          + " vectors of --latent numbers.");

  private static final OptionDescription<List<Integer>> BLOCKS = OptionDescription.of(
      "blocks",
      OptionType.wholeNumbers(1),
      List.of(2, 2, 2, 1),
      "Latent groups at each size of image, from the example's own inwards, or that of its stride,"
          + " each half as high and wide as the one before, for which they are padded where need"
          + " be. Each is an image of --latent channels.");

  private static final OptionDescription<Integer> STRIDE = OptionDescription.of(
      "stride",
      OptionType.wholeNumber(1),
      1,
      "How many times as high and wide the example is as its finest latent groups; with 2, each"
          + " has a fourth of the pixels to compute.");

  private static final OptionDescription<Integer> WIDTH = OptionDescription.of(
      "width", OptionType.wholeNumber(1), 64, "Channels on the way up and down.");

  private static final OptionDescription<Activation> ACTIVATION = OptionDescription.of(
      "activation",
      OptionType.choice(Activation.class),
      Activation.SILU,
      "The function before each convolution.");

  @Override
  protected void configure() {
    contribute(Kind.MODEL, HierarchicalModel.NAME, HierarchyPlugin::twoLevels, HIDDEN);
    contribute(
        Kind.MODEL, LadderModel.NAME, HierarchyPlugin::ladder, BLOCKS, STRIDE, WIDTH, ACTIVATION);
  }

  private static LatentModel ladder(Options options, ModelContext context) {
    List<Integer> blocks = BLOCKS.in(options);
    int all = blocks.stream().mapToInt(Integer::intValue).sum();
    return new LadderModel(
        context.example(),
        STRIDE.in(options),
        blocks,
        new LadderBlock.Style(
            WIDTH.in(options),
            context.latent(),
            ACTIVATION.in(options),
            context.networkShapes().joins(),
            context.conditions(),
            1 / Math.sqrt(all)),
        context.component(Kind.LIKELIHOOD));
  }

  private static LatentModel twoLevels(Options options, ModelContext context) {
    if (!(context.component(Kind.DECODER) instanceof NetworkDecoder)) {
      throw new ConfigurationException("model " + HierarchicalModel.NAME
          + " makes its decoder of the architecture; leave out the decoder");
    }
    int latent = context.latent();
    Architecture lower = context.componentIn(seeingUpper(context), Kind.ARCHITECTURE);
    Model upper = new Model(
        latent,
        context.component(Kind.ENCODER),
        new NetworkDecoder(lower.decoder()),
        context.component(Kind.PRIOR),
        context.component(Kind.LIKELIHOOD));
    return new HierarchicalModel(
        upper,
        new NetworkEncoder(
            lower.encoder().renamed("encoder_" + HierarchicalModel.LOWER),
            new DiagonalGaussianFamily(),
            context.features().orElse(null)),
        new GaussianNetwork("between", latent, HIDDEN.in(options), latent));
  }

  /** Returns what the networks of the lower level are made for. */
  private static ModelContext seeingUpper(ModelContext context) {
    Map<String, Shape> conditions = new TreeMap<>(context.conditions());
    if (conditions.put(HierarchicalModel.UPPER, Shape.of(context.latent())) != null) {
      throw new ConfigurationException("model " + HierarchicalModel.NAME
          + " calls its upper level " + HierarchicalModel.UPPER
          + "; give that condition of the data another name");
    }
    return context.withConditions(conditions).with(Kind.POSTERIOR, new DiagonalGaussianFamily());
  }
}
