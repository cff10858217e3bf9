package io.github.jvae.prior;

import io.github.jvae.plugin.Plugin;

/** The priors that come with jvae, under their names in configurations. */
public final class PriorsPlugin extends Plugin {
  @Override
  protected void configure() {
    prior(StandardNormal.NAME, (options, context) -> new StandardNormal());
    prior(LearnedGaussian.NAME, (options, context) -> new LearnedGaussian(context.latent()));
    prior(MixturePrior.NAME, MixturePrior::of, MixturePrior.options());
    prior(VampPrior.NAME, VampPrior::of, VampPrior.options());
    prior(ConditionalPrior.NAME, ConditionalPrior::of, ConditionalPrior.options());
  }
}
