package io.github.jvae.compatibility.plugin;

import io.github.jvae.error.Range;
import io.github.jvae.model.Prior;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.ComponentFactory;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.plugin.Plugin;

/** Offers the two components by name. */
public final class ExtraComponentsPlugin extends Plugin {
  private static final OptionDescription<Double> SCALE = OptionDescription.of(
      "scale", OptionType.number(Range.above(0)), 0.1, "The mean distance of a pixel.");
  private static final OptionDescription<Integer> COMPONENTS = OptionDescription.of(
      "components", OptionType.wholeNumber(1), 3, "How many Gaussians are mixed.");

  @Override
  protected void configure() {
    likelihood("laplace", (options, context) -> new LaplaceLikelihood(SCALE.in(options)), SCALE);
    contribute(Kind.PRIOR, "mixture", MixtureFactory.class, COMPONENTS);
  }

  /** Made by Guice, as it is given as a class. */
  static final class MixtureFactory implements ComponentFactory<Prior> {
    @Override
    public Prior create(Options options, ModelContext context) {
      return new MixturePrior(COMPONENTS.in(options), context.latent());
    }
  }
}
