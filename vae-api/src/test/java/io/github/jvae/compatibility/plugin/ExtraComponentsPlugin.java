package io.github.jvae.compatibility.plugin;

import io.github.jvae.error.Range;
import io.github.jvae.model.Model;
import io.github.jvae.model.Prior;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.ComponentFactory;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.plugin.Plugin;

/** Offers components of every kind by name. */
public final class ExtraComponentsPlugin extends Plugin {
  private static final OptionDescription<Double> SCALE = OptionDescription.of(
      "scale", OptionType.number(Range.above(0)), 0.1, "The width of a pixel.");
  private static final OptionDescription<Integer> BINARY = OptionDescription.of(
      "binary", OptionType.wholeNumber(0), 1, "How many columns, the first ones, are binary.");
  private static final OptionDescription<Integer> COMPONENTS = OptionDescription.of(
      "components", OptionType.wholeNumber(1), 3, "How many Gaussians are mixed.");
  private static final OptionDescription<Integer> MAPS =
      OptionDescription.of("maps", OptionType.wholeNumber(1), 2, "How many maps bend it.");
  private static final OptionDescription<Integer> WIDTH =
      OptionDescription.of("width", OptionType.wholeNumber(1), 16, "Units of each layer.");
  private static final OptionDescription<Integer> UPPER = OptionDescription.of(
      "upper", OptionType.wholeNumber(1), 2, "Latent dimensions of the upper level.");

  @Override
  protected void configure() {
    likelihood("logistic", (options, context) -> new LogisticLikelihood(SCALE.in(options)), SCALE);
    likelihood(
        "binary-columns",
        (options, context) -> new ColumnsLikelihood(BINARY.in(options), SCALE.in(options)),
        BINARY,
        SCALE);
    contribute(
        Kind.POSTERIOR,
        "shared-planar",
        (options, context) -> new PlanarFlow(MAPS.in(options), context.latent()),
        MAPS);
    contribute(
        Kind.ENCODER,
        "residual",
        (options, context) -> ResidualEncoder.of(WIDTH.in(options), context),
        WIDTH);
    contribute(Kind.PRIOR, "even-mixture", MixtureFactory.class, COMPONENTS);
    prior(
        "bounded-vamp",
        (options, context) -> new BoundedVampPrior(
            COMPONENTS.in(options), context.example(), context.component(Kind.ENCODER)),
        COMPONENTS);
    prior("label", (options, context) -> LabelPrior.of(context));
    contribute(
        Kind.MODEL,
        "two-levels",
        (options, context) -> new TwoLevelModel(lower(context), UPPER.in(options)),
        UPPER);
  }

  private static Model lower(ModelContext context) {
    return new Model(
        context.latent(),
        context.component(Kind.ENCODER),
        context.component(Kind.DECODER),
        context.component(Kind.PRIOR),
        context.component(Kind.LIKELIHOOD));
  }

  /** Made by Guice, as it is given as a class. */
  static final class MixtureFactory implements ComponentFactory<Prior> {
    @Override
    public Prior create(Options options, ModelContext context) {
      return new EvenMixture(COMPONENTS.in(options), context.latent());
    }
  }
}
